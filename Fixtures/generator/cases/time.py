#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
"""When a token is accepted; every limit on both sides."""

from files import CaseFile
from tokens import ABSENT, EXPIRES, ISSUED, NOW, claims, token, with_claims

DAY = 86_400


def file():
    file = CaseFile("Time: exp, iat and nbf with the clock skew (30 s unless given), and the longest lifetime.")
    expiry(file)
    issue(file)
    not_before(file)
    lifetime(file)
    extremes(file)
    return file


def at(now, skew=None, **members):
    return {"now": now, **({} if skew is None else {"clockSkew": skew}), **members}


def expiry(file):
    file.accept("in the middle [32,55]", token())
    for skew in (0, 1, 30, 300):
        last = EXPIRES + skew
        file.accept(f"a second before exp and skew {skew} [32]", token(), **at(last - 1, skew))
        file.accept(f"just before exp and skew {skew} [32]", token(), **at(last - 0.001, skew))
        file.reject(f"at exp and skew {skew} [32,55]", token(), "token_expired", **at(last, skew))
        file.reject(f"a second after exp and skew {skew} [32]", token(), "token_expired", **at(last + 1, skew))
    file.accept(
        "a fraction of a second before a fractional exp [35]", with_claims(exp=EXPIRES + 0.5), **at(EXPIRES + 0.25, 0)
    )
    file.reject("at a fractional exp [35]", with_claims(exp=EXPIRES + 0.5), "token_expired", **at(EXPIRES + 0.5, 0))
    file.reject("a year later", token(), "token_expired", now=NOW + 365 * DAY)
    file.reject("exp in milliseconds of 1970", with_claims(exp=1_700_003), "token_expired")
    file.reject("expired, whoever calls", token(), "token_expired", now=EXPIRES + 31, callers=["subject:1"])


def issue(file):
    for skew in (0, 1, 30, 300):
        first = ISSUED - skew
        file.accept(f"at iat less skew {skew} [34]", token(), **at(first, skew))
        file.reject(f"just before iat less skew {skew} [34,55]", token(), "issued_in_future", **at(first - 0.001, skew))
        file.reject(f"a second before iat less skew {skew} [34]", token(), "issued_in_future", **at(first - 1, skew))
    file.reject("a year earlier", token(), "issued_in_future", now=NOW - 365 * DAY)
    file.reject("iat in milliseconds", with_claims(iat=ISSUED * 1_000), "issued_in_future")


def not_before(file):
    file.accept("nbf absent [33]", token())
    for skew in (0, 30, 300):
        file.accept(f"at nbf less skew {skew} [33]", with_claims(nbf=NOW + skew), **at(NOW, skew))
        file.reject(
            f"a second before nbf less skew {skew} [33]",
            with_claims(nbf=NOW + skew + 1),
            "token_not_yet_valid",
            **at(NOW, skew),
        )
    file.reject(
        "just before a fractional nbf [33,35]", with_claims(nbf=NOW + 0.5), "token_not_yet_valid", **at(NOW + 0.25, 0)
    )
    file.accept("nbf long ago [33]", with_claims(nbf=0))
    file.accept("nbf before 1970 [33,35]", with_claims(nbf=-1e300))
    file.reject("nbf after exp [33]", with_claims(nbf=EXPIRES + 1), "token_not_yet_valid")


def lifetime(file):
    file.accept("an hour, as Google's [36]", token())
    file.accept("a day [36]", with_claims(exp=ISSUED + DAY))
    file.reject("a second over a day [36]", with_claims(exp=ISSUED + DAY + 1), "lifetime_too_long")
    file.reject("a moment over a day [36]", with_claims(exp=ISSUED + DAY + 0.001), "lifetime_too_long")
    file.accept("as long as this service allows [36]", token(), longestLifetime=3_600)
    file.reject("longer than this service allows [36]", token(), "lifetime_too_long", longestLifetime=3_599)
    # Lengths of time that no Duration made of a Double holds exactly.
    for seconds in (3_601, 7_201, 12_345, 86_399):
        longer = with_claims(iat=EXPIRES - seconds)
        file.accept(f"exactly {seconds} s are allowed [36]", longer, longestLifetime=seconds)
        file.reject(f"{seconds} s and a second less is allowed [36]", longer, "lifetime_too_long", longestLifetime=seconds - 1)
    file.reject("ten years [36]", with_claims(exp=NOW + 3_650 * DAY), "lifetime_too_long")
    file.reject("iat in 1970 [36]", with_claims(iat=0), "lifetime_too_long")
    file.accept("ten minutes, as of Identity-Aware Proxy [36]", with_claims(exp=ISSUED + 600))
    file.reject("exp before iat [36]", with_claims(exp=ISSUED - 100), "token_expired")
    file.accept("exp at iat, within the skew [36]", with_claims(exp=NOW, iat=NOW))
    file.accept("exp before iat, both within the skew [36]", with_claims(exp=NOW - 20, iat=NOW + 20))


def extremes(file):
    """Numbers at both ends of every type: no sum wraps, no comparison turns round."""
    for value in (
        "-1",
        "0",
        "-0",
        "-0.0",
        "1e-400",
        "-2147483648",
        "-9223372036854775808",
        "-9223372036854775809",
        "-1e308",
        "5e-324",
    ):
        file.reject(f"exp {value} [35]", dated("exp", value), "token_expired")
    for value in (
        "2147483647",
        "2147483648",
        "4294967295",
        "4294967296",
        "253402300800",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "1e300",
        "1.7976931348623157e308",
    ):
        file.reject(f"exp {value} [35,36]", dated("exp", value), "lifetime_too_long")
        file.reject(f"iat {value} [34,35]", dated("iat", value), "issued_in_future")
        file.reject(f"nbf {value} [33,35]", dated("nbf", value), "token_not_yet_valid")
    for value in ("-1", "-9223372036854775808", "-18446744073709551616", "-1e308", "1e-400"):
        file.reject(f"iat {value} [35,36]", dated("iat", value), "lifetime_too_long")
    for value in ("1" + "0" * 9_000, "-1" + "0" * 9_000, "1e999999999999999999999"):
        for name in ("exp", "iat", "nbf"):
            title = f"{name} beyond all numbers, written in {len(value)} characters [35]"
            file.reject(title, dated(name, value), "claims_malformed")
    for start, end in (("-1e308", "1e308"), ("-1.7976931348623157e308", "1.7976931348623157e308")):
        members = claims(iat=ABSENT, exp=ABSENT)[:-1]
        file.reject(
            f"iat {start} and exp {end} [35,36]",
            token(claims_text=f'{members},"iat":{start},"exp":{end}}}'),
            "lifetime_too_long",
        )
    for now in (-1_000_000_000_000, -1, 0, 1_000_000_000_000):
        code = "token_expired" if now > NOW else "issued_in_future"
        file.reject(f"the verifier's time is {now} [35]", token(), code, now=now)


def dated(name, value):
    return token(claims_text=claims(**{name: ABSENT})[:-1] + f',"{name}":{value}}}')
