#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""The suite's own keys: RSASSA-PKCS1-v1_5 as RFC 8017 writes it, and each way of getting it wrong."""

import base64
import functools
import hashlib
import json
import pathlib
import subprocess
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "signing"
RSA_KEYS = {
    "google-a": (2048, 65537),
    "google-b": (2048, 65537),
    "firebase": (2048, 65537),
    "firebase-session": (2048, 65537),
    "agents": (2048, 65537),
    "stranger": (2048, 65537),
    "weak": (1024, 65537),
    "short": (2047, 65537),
    "large": (4096, 65537),
    "largest": (8192, 65537),
    "exponent-3": (2048, 3),
}
# AlgorithmIdentifier and OCTET STRING of a DigestInfo (RFC 8017 §9.2, note 1).
DIGEST_INFO = {
    "sha1": "3021300906052b0e03021a05000414",
    "sha256": "3031300d060960864801650304020105000420",
    "sha384": "3041300d060960864801650304020205000430",
    "sha512": "3051300d060960864801650304020305000440",
}


class Key:
    """An RSA key pair, read from its JWK."""

    def __init__(self, name):
        self.name = name
        self.jwk = json.loads((FOLDER / f"{name}.json").read_text())
        self.n, self.e, self.d, self.p, self.q = (
            int.from_bytes(unbase64url(self.jwk[part]), "big") for part in "nedpq"
        )
        self.q_inverse = pow(self.q, -1, self.p)
        self.id = self.jwk["kid"]
        self.size = (self.n.bit_length() + 7) // 8

    def public_jwk(self, **changes):
        """The JWK as Google publishes one."""
        members = {"alg": "RS256", "e": self.jwk["e"], "kid": self.id, "kty": "RSA", "n": self.jwk["n"], "use": "sig"}
        members.update(changes)
        return {name: value for name, value in members.items() if value is not None}

    def public_der(self):
        """The SubjectPublicKeyInfo of RFC 5280."""
        key = der(0x30, der(0x02, b"\0" + octets(self.n)), der(0x02, octets(self.e)))
        return der(0x30, bytes.fromhex("300d06092a864886f70d0101010500"), der(0x03, b"\0" + key))

    def public_pem(self):
        """The same in PEM form."""
        text = base64.b64encode(self.public_der()).decode()
        lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
        return f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n"

    def certificate(self):
        return certificate(self.name)

    @functools.cache
    def sign(self, message, digest="sha256"):
        return self.apply(self.encode(bytes.fromhex(DIGEST_INFO[digest]) + hash_of(message, digest)))

    def encode(self, digest_info, start=b"\x00\x01", filler=b"\xff"):
        """EMSA-PKCS1-v1_5 (RFC 8017 §9.2)."""
        return start + filler * (self.size - 3 - len(digest_info)) + b"\x00" + digest_info

    def apply(self, encoded):
        """RSASP1 (RFC 8017 §5.2.1), by the Chinese remainder theorem."""
        number = int.from_bytes(encoded, "big")
        mod_p = pow(number % self.p, self.d % (self.p - 1), self.p)
        mod_q = pow(number % self.q, self.d % (self.q - 1), self.q)
        signature = mod_q + self.q * ((mod_p - mod_q) * self.q_inverse % self.p)
        return signature.to_bytes(self.size, "big")

    def sign_pss(self, message):
        """RSASSA-PSS with SHA-256 and a salt of zeros (RFC 8017 §9.1.1)."""
        salt = bytes(32)
        digest = hash_of(bytes(8) + hash_of(message, "sha256") + salt, "sha256")
        block = bytes(self.size - 66) + b"\x01" + salt
        masked = bytearray(a ^ b for a, b in zip(block, mask(digest, len(block))))
        masked[0] &= 0x7F
        return self.apply(bytes(masked) + digest + b"\xbc")

    def forge_by_cube_root(self, message):
        """A signature without the private key, for verifiers that read the padding from the left and stop."""
        start = b"\x00\x01" + b"\xff" * 8 + b"\x00" + bytes.fromhex(DIGEST_INFO["sha256"]) + hash_of(message, "sha256")
        target = int.from_bytes(start + b"\xff" * (self.size - len(start)), "big")
        root = 1 << (target.bit_length() // 3 + 1)
        while root**3 > target:
            root = (2 * root + target // root**2) // 3
        assert (root**3).to_bytes(self.size, "big").startswith(start)
        return root.to_bytes(self.size, "big")


def certificate(name):
    """The self-signed certificate of a key, in PEM form."""
    return (FOLDER / f"{name}.pem").read_text()


def hash_of(message, digest):
    return hashlib.new(digest, message).digest()


def mask(seed, length):
    """MGF1 with SHA-256 (RFC 8017 §B.2.1)."""
    blocks = (hash_of(seed + i.to_bytes(4, "big"), "sha256") for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def make_keys():
    """Makes all keys anew with the openssl command; every token changes with them."""
    FOLDER.mkdir(exist_ok=True)
    for name in RSA_KEYS:
        make_rsa_key(name)
    make_elliptic_key()


def make_rsa_key(name):
    bits, exponent = RSA_KEYS[name]
    with tempfile.TemporaryDirectory() as folder:
        pem = f"{folder}/key.pem"
        openssl(
            "genpkey",
            "-algorithm",
            "RSA",
            "-out",
            pem,
            "-pkeyopt",
            f"rsa_keygen_bits:{bits}",
            "-pkeyopt",
            f"rsa_keygen_pubexp:{exponent}",
        )
        der = openssl("rsa", "-in", pem, "-traditional", "-outform", "DER")
        numbers = [octets(number) for number in der_integers(der)[1:6]]
        jwk = {"kty": "RSA", "kid": hashlib.sha1(numbers[0]).hexdigest()}
        jwk.update(zip(("n", "e", "d", "p", "q"), map(base64url, numbers)))
        write_key(name, jwk, pem)


def make_elliptic_key():
    with tempfile.TemporaryDirectory() as folder:
        pem = f"{folder}/key.pem"
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", pem)
        point = openssl("pkey", "-in", pem, "-pubout", "-outform", "DER")[-64:]
        jwk = {"kty": "EC", "crv": "P-256", "kid": hashlib.sha1(point).hexdigest()}
        jwk.update(x=base64url(point[:32]), y=base64url(point[32:]))
        write_key("elliptic", jwk, pem)


def write_key(name, jwk, pem):
    (FOLDER / f"{name}.json").write_text(json.dumps(jwk, indent=2) + "\n")
    subject = "/CN=federated-signon.system.gserviceaccount.com"
    certificate = openssl("req", "-x509", "-key", pem, "-sha1", "-days", "17", "-subj", subject)
    (FOLDER / f"{name}.pem").write_bytes(certificate)


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


def der_integers(der):
    """The integers of a DER sequence of integers."""
    _, start, end = der_element(der, 0)
    integers = []
    while start < end:
        _, content, start = der_element(der, start)
        integers.append(int.from_bytes(der[content:start], "big"))
    return integers


def der_element(der, start):
    """The tag, the start and the end of the element at an offset."""
    length = der[start + 1]
    content = start + 2
    if length & 0x80:
        content += length & 0x7F
        length = int.from_bytes(der[start + 2 : content], "big")
    return der[start], content, content + length


def der(tag, *contents):
    """A DER element."""
    content = b"".join(contents)
    length = octets(len(content))
    return bytes([tag]) + (length if len(content) < 0x80 else bytes([0x80 | len(length)]) + length) + content


def octets(number):
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
