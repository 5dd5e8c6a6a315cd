"""The check page at the door: one answer for every code that is not there, and only so many questions from one address (F84)."""

from __future__ import annotations

import re

from financing.people.rules import ADDRESS_TRIES


def told(answer):
    return re.search(r'class="alert.*?</div></div>', answer.text, re.DOTALL)[0]


def test_unknown_guessed_and_mistyped_codes_get_one_answer_to_the_byte(quick_site):
    visitor = quick_site.visitor()
    codes = ("AAAA-BBBB-CCCC", "BH2026-0001", "DA2026-0001-01-0A1B2C", "x")
    assert len({told(visitor.get(f"/check?code={code}")) for code in codes}) == 1


def test_one_address_asks_only_so_often(quick_site):
    visitor = quick_site.visitor()
    answers = [visitor.get("/check?code=AAAA-BBBB-CCCC").status_code for _ in range(ADDRESS_TRIES + 1)]
    assert answers == [200] * ADDRESS_TRIES + [429]
    assert visitor.get("/check").status_code == 200  # the page itself stays open
