"""Every id of OWASP ASVS 5.0.0 that is in force is proved by a test or a section that exists, or stands on the list of those that are open."""

from __future__ import annotations

import ast

from setup import asvs
from tests.house.sources import HOUSE, nodes, tracked

TOLD = asvs.read(HOUSE)
#: What is in force, by chapter: a section, then the last parts of its ids; written by hand from what the platform set out to hold.
IN_FORCE = """
1.1 1-2; 1.2 1-5 9-10; 1.3 1-7 10-12; 1.4 2; 1.5 1-3
2.1 1-3; 2.2 1-3; 2.3 1-5; 2.4 1
3.2 1-3; 3.3 1-5; 3.4 1-8; 3.5 1-4 6-8; 3.6 1; 3.7 1-3
4.1 1-4; 4.2 1-2 5
5.1 1; 5.2 1-6; 5.3 1-3; 5.4 1-3
6.1 1-3; 6.2 1-12; 6.3 1-8; 6.4 1-4 6; 6.5 1-6 8; 6.6 1-3
7.1 1-2; 7.2 1-4; 7.3 1-2; 7.4 1-5; 7.5 1-3
8.1 1-3; 8.2 1-3; 8.3 1-3; 8.4 1-2
11.1 1-2; 11.2 1-5; 11.3 1-4; 11.4 1-4; 11.5 1-2; 11.6 1
12.1 1-2; 12.2 1-2; 12.3 1-4
13.1 1-4; 13.2 1-6; 13.3 1-2 4; 13.4 1-7
14.1 1-2; 14.2 1-8; 14.3 1-3
15.1 1-5; 15.2 1-5; 15.3 1-7; 15.4 1-4
16.1 1; 16.2 1-5; 16.3 1-4; 16.4 1-3; 16.5 1-4
"""
#: Those without a proof yet; one that is proved is taken out here and in setup/asvs.toml, none is ever added quietly.
OPEN = {"15.2.1"}


def required() -> set[str]:
    return ids(IN_FORCE)


def ids(ranges: str) -> set[str]:
    """The ranges written out."""
    found = set()
    for section in ranges.replace("\n", ";").split(";"):
        begins, *parts = section.split() or [""]
        for part in parts:
            first, _, last = part.partition("-")
            found |= {f"{begins}.{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def test_G24_every_id_in_force_is_proved_or_openly_open():
    assert TOLD["in_force"].keys() | TOLD["open"].keys() == required()
    assert TOLD["in_force"].keys() & TOLD["open"].keys() == set()
    assert TOLD["open"].keys() == OPEN
    assert [one for one, about in TOLD["in_force"].items() if not about["proof"]] == []
    rest = TOLD["absent"].keys() | TOLD["declined"].keys()
    assert {one for one in required() for other in rest if f"{one}.".startswith(f"{other}.")} == set()


#: What binds a client by OIDC, by hand from the standard.
BY_PROVIDER = "6.8 1-2 4; 7.1 3; 7.6 1-2; 9.1 1-3; 9.2 1-3; 10.1 1-2; 10.2 1-3; 10.5 1-4"


def test_G24_every_id_of_a_client_by_oidc_is_proved():
    assert TOLD["oidc"].keys() == ids(BY_PROVIDER)


def test_G24_every_test_and_every_section_that_is_named_exists():
    proofs = {proof for kind in ("in_force", "oidc") for about in TOLD[kind].values() for proof in about["proof"]}
    files = {proof.partition("::")[0] for proof in proofs if "#" not in proof}
    assert files <= {name for name in tracked() if name.startswith("tests/")}
    written = {
        f"{file}::{one.name}"
        for file in files
        for one in nodes(file, ast.FunctionDef)
        if isinstance(one, ast.FunctionDef)
    }
    assert {proof for proof in proofs if "::" in proof} <= written
    sections = [proof.split("#") for proof in proofs if "#" in proof]
    assert [place for place in sections if not asvs.heading(HOUSE, *place)] == []


def test_G24_everything_is_said_in_both_languages():
    said = [about["says"] for kind in ("in_force", "open", "oidc") for about in TOLD[kind].values()]
    assert [one for one in (*said, *TOLD["absent"].values(), *TOLD["declined"].values()) if " | " not in one] == []
