#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The metadata of gRPC calls, as a server written in Python prints it."""

import concurrent.futures
import datetime
import sys

import grpc


def serve(request, context):
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    print(now, context.peer().split(":")[0], context.invocation_metadata())
    return b""


server = grpc.server(concurrent.futures.ThreadPoolExecutor(1))
methods = {"Get": grpc.unary_unary_rpc_method_handler(serve)}
server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("profiles.Profiles", methods)])
port = server.add_insecure_port("127.0.0.1:0")
server.start()
with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
    for token in sys.argv[1:]:
        channel.unary_unary("/profiles.Profiles/Get")(b"", metadata=[("authorization", "Bearer " + token)])
server.stop(0)
