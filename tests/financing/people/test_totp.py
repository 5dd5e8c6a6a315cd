"""Time codes against the tables of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from financing.people import totp

SECRET = b"12345678901234567890"
HOTP = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
TOTP = {59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037",
        20000000000: "65353130"}  # fmt: skip


@pytest.mark.parametrize(("counter", "code"), list(enumerate(HOTP)))
def test_codes_are_those_of_rfc_4226(counter, code):
    assert totp.code(SECRET, counter) == code


@pytest.mark.parametrize(("second", "code"), list(TOTP.items()))
def test_codes_are_those_of_rfc_6238(second, code):
    moment = datetime.fromtimestamp(second, UTC)
    assert totp.code(SECRET, totp.step(moment), 8) == code
    assert totp.found(SECRET, code[2:], moment, 0) == second // 30


def test_half_a_minute_off_is_let_in_and_more_is_not():
    now = datetime(2026, 11, 23, 1, 0, 15, tzinfo=UTC)
    here = totp.step(now)
    let_in = [around for around in range(-3, 4) if totp.found(SECRET, totp.code(SECRET, here + around), now, 0)]
    assert let_in == [-1, 0, 1]


def test_a_step_counts_once_and_none_before_it():
    now = datetime(2026, 11, 23, 1, 0, 15, tzinfo=UTC)
    here = totp.step(now)
    assert totp.found(SECRET, totp.code(SECRET, here), now, here) is None
    assert totp.found(SECRET, totp.code(SECRET, here - 1), now, here) is None
    assert totp.found(SECRET, totp.code(SECRET, here + 1), now, here) == here + 1


@pytest.mark.parametrize("said", ["", "abc", "1234567", "动态码动态码", "-12345"])
def test_what_is_no_code_is_none(said):
    assert totp.found(SECRET, said, datetime(2026, 11, 23, tzinfo=UTC), 0) is None


def test_the_address_for_the_app_holds_the_secret_and_names_zone_and_account():
    link = urlsplit(totp.address(SECRET, "wang.jing", "示范经开区"))
    told = parse_qs(link.query)
    assert (link.scheme, link.netloc) == ("otpauth", "totp")
    assert told["secret"] == ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]
    assert (told["issuer"], link.path) == (["示范经开区"], "/wang.jing")
