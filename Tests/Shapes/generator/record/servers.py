#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""Logs of servers and proxies."""

import time

from record.loopback import bearer, free_port, query, request_all, running, upstream
from tokens import TOKENS


def nginx(folder):
    port = free_port()
    configuration = f"""
    daemon off; master_process off; pid {folder}/pid; worker_processes 1;
    error_log {folder}/error.log debug;
    events {{ }}
    http {{
        log_format authorization '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
            '"$http_referer" "$http_user_agent" "$http_authorization"';
        log_format json escape=json '{{"time":"$time_iso8601","remote":"$remote_addr","request":"$request",'
            '"status":$status,"authorization":"$http_authorization","cookie":"$http_cookie"}}';
        log_format bare escape=none '{{"msec":$msec,"remote":"$remote_addr","uri":"$request_uri",'
            '"headers":{{"authorization":"$http_authorization"}}}}';
        log_format escaped '$time_iso8601 $remote_addr cookie="$http_cookie" ua="$http_user_agent"';
        log_format fields '$msec\\t$remote_addr\\t$request_method\\t$uri\\t$status\\t$http_x_serverless_authorization';
        access_log {folder}/combined combined;
        access_log {folder}/authorization authorization;
        access_log {folder}/json json;
        access_log {folder}/bare bare;
        access_log {folder}/escaped escaped;
        access_log {folder}/fields fields;
        server {{ listen 127.0.0.1:{port}; location / {{ return 200 "ok"; }} }}
    }}
    """
    (folder / "nginx.conf").write_text(configuration)
    with running("nginx", "-c", folder / "nginx.conf", "-p", folder, port=port):
        request_all(port, headers=lambda letter: {}, target=query)
        combined = (folder / "combined").read_bytes()
        for name in ("authorization", "json", "bare", "escaped", "fields", "error.log"):
            (folder / name).write_bytes(b"")
        request_all(port)
        kept = {name: (folder / name).read_bytes() for name in ("authorization", "json", "bare")}
        errors = (folder / "error.log").read_bytes()
        (folder / "escaped").write_bytes(b"")
        request_all(port, headers=lambda letter: {"Cookie": f'session="{TOKENS[letter]}"; theme="dark"'})
        escaped = (folder / "escaped").read_bytes()
        (folder / "fields").write_bytes(b"")
        request_all(port, headers=lambda letter: {"X-Serverless-Authorization": f"bearer {TOKENS[letter]}"})
        fields = (folder / "fields").read_bytes()
    return {
        "nginx-combined.log": combined,
        "nginx-authorization.log": kept["authorization"],
        "nginx-escape-json.log": kept["json"],
        "nginx-escape-none.log": kept["bare"],
        "nginx-cookie.log": escaped,
        "nginx-fields.tsv": fields,
        "nginx-error-debug.log": errors,
    }


def caddy(folder):
    port = free_port()
    files = {}
    for name, form in (("json", "json"), ("console", "console"), ("iso", "json {\n time_format iso8601\n }")):
        (folder / "Caddyfile").write_text(
            f"{{\n admin off\n auto_https off\n servers {{\n log_credentials\n }}\n}}\n"
            f"http://127.0.0.1:{port} {{\n log {{\n output file {folder}/{name}\n format {form}\n }}\n respond ok\n}}\n"
        )
        environment = {"HOME": str(folder)}
        words = ("caddy", "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile")
        with running(*words, port=port, environment=environment):
            request_all(port, host=f"127.0.0.1:{port}")
        files[f"caddy-{name}.log"] = (folder / name).read_bytes()
    return files


def apache(folder):
    port = free_port()
    modules = "\n".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"
        for name in ("mpm_event", "authz_core", "dumpio", "log_forensic", "alias")
    )
    (folder / "www").mkdir()
    (folder / "apache.conf").write_text(f"""
        {modules}
        ServerName service.example
        Listen 127.0.0.1:{port}
        PidFile {folder}/pid
        DocumentRoot {folder}/www
        DumpIOInput On
        LogLevel warn dumpio:trace7
        ErrorLog {folder}/error
        ForensicLog {folder}/forensic
        Redirect 204 /
        LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\" \\"%{{Authorization}}i\\"" headers
        CustomLog {folder}/access headers
        """)
    with running("apache2", "-f", folder / "apache.conf", "-X", port=port):
        request_all(port)
    return {
        "apache-authorization.log": (folder / "access").read_bytes(),
        "apache-dumpio.log": (folder / "error").read_bytes(),
        "apache-forensic.log": (folder / "forensic").read_bytes(),
    }


def haproxy(folder):
    files = {}
    with upstream() as behind:
        for name, length in (("haproxy", 2048), ("haproxy-cut", 256)):
            port = free_port()
            (folder / "haproxy.cfg").write_text(f"""
global
    log stdout len 8192 format raw local0
defaults
    mode http
    log global
    option httplog
    timeout connect 5s
    timeout client 5s
    timeout server 5s
frontend public
    bind 127.0.0.1:{port}
    capture request header User-Agent len 64
    capture request header Authorization len {length}
    default_backend profiles
backend profiles
    server one 127.0.0.1:{behind}
""")
            with running("haproxy", "-db", "-f", folder / "haproxy.cfg", output=folder / name, port=port):
                request_all(port)
                time.sleep(1)
            lines = (folder / name).read_bytes().splitlines(keepends=True)
            files[f"{name}.log"] = b"".join(line for line in lines if b"profiles/" in line)
    return files


def squid(folder):
    # It gives up the rights of root and writes as another user.
    folder.chmod(0o777)
    port = free_port()
    (folder / "squid.conf").write_text(f"""
http_port 127.0.0.1:{port}
acl all src all
http_access allow all
strip_query_terms off
logformat headers %ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru [%>h] [%<h]
access_log stdio:{folder}/native squid
access_log stdio:{folder}/headers headers
cache deny all
pid_filename {folder}/pid
cache_log {folder}/cache.log
coredump_dir {folder}
shutdown_lifetime 1 seconds
""")
    with upstream() as behind, running("squid", "-N", "-f", folder / "squid.conf", port=port):
        request_all(port, headers=lambda letter: {}, target=lambda letter: f"http://127.0.0.1:{behind}{query(letter)}")
        native = (folder / "native").read_bytes()
        (folder / "headers").write_bytes(b"")
        request_all(port, target=lambda letter: f"http://127.0.0.1:{behind}/profiles/{letter}")
        time.sleep(1)
        headers = (folder / "headers").read_bytes()
    return {"squid-native.log": native, "squid-headers.log": headers}


def varnish(folder):
    # Unless it is told another length, varnish cuts each line after 255 bytes.
    cut = varnish_with(folder, "255b")
    (folder / "log").unlink()
    whole = varnish_with(folder, "4k")
    return {"varnishlog-cut.txt": cut[0], "varnishlog.txt": whole[0], "varnishncsa.log": whole[1]}


def varnish_with(folder, length):
    port = free_port()
    with upstream() as behind:
        words = ("varnishd", "-F", "-a", f"127.0.0.1:{port}", "-b", f"127.0.0.1:{behind}", "-n", folder / "varnish")
        with running(*words, "-p", f"vsl_reclen={length}", port=port):
            custom = '%h %l %u %t "%r" %s %b "%{Authorization}i"'
            with (
                running("varnishlog", "-g", "request", "-n", folder / "varnish", output=folder / "log"),
                running("varnishncsa", "-n", folder / "varnish", "-F", custom, output=folder / "ncsa"),
            ):
                time.sleep(2)
                request_all(port)
                time.sleep(2)
    return (folder / "log").read_bytes(), (folder / "ncsa").read_bytes()


def gunicorn(folder):
    port = free_port()
    (folder / "profiles.py").write_text(
        "def application(environ, start_response):\n"
        "    start_response('200 OK', [('Content-Length', '3')])\n    return [b'ok\\n']\n"
    )
    form = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" "%({authorization}i)s"'
    words = ("gunicorn", "-b", f"127.0.0.1:{port}", "--access-logfile", folder / "log", "--access-logformat", form)
    with running(*words, "profiles:application", folder=folder, port=port):
        request_all(port)
    return {"gunicorn.log": (folder / "log").read_bytes()}


def uvicorn(folder):
    port = free_port()
    (folder / "profiles.py").write_text(
        "async def application(scope, receive, send):\n"
        "    print(scope['headers'], flush=True)\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'content-length', b'3')]})\n"
        "    await send({'type': 'http.response.body', 'body': b'ok\\n'})\n"
    )
    words = ("uvicorn", "--port", port, "--lifespan", "off", "--no-use-colors", "profiles:application")
    with running(*words, folder=folder, output=folder / "log", port=port):
        request_all(port, headers=bearer, target=query)
    return {"uvicorn-scope.log": (folder / "log").read_bytes()}


PRODUCERS = [nginx, caddy, apache, haproxy, squid, varnish, gunicorn, uvicorn]
