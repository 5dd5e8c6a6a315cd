"""Every writing route asked as a stranger's page would ask, with fields that are not its own, and words that mean something to a database.

F-27, F-28, F-32; F-30 and F-38 are measured in a campaign alone (`YUANRONG_ROUNDS`). On each change every fourth route is asked.
"""

from __future__ import annotations

import os
import re
import time
from random import Random
from statistics import median

import pytest

from financing.access import Role
from financing.db import Base
from financing.people import passwords
from tests.conftest import IN_EARNEST
from tests.faults.attackers import TEXTS
from tests.faults.yard import Press, Yard, yard_of
from tests.web.conftest import OURS
from tests.web.populated import ABSENT
from tests.web.test_access_matrix import table

CAMPAIGN = "YUANRONG_ROUNDS" in os.environ
EVERY = 1 if CAMPAIGN else 4
SEED = int(os.environ.get("YUANRONG_SEED", "7"))
MARK = "nobody-asked-for-this-7f3a9c"
#: What a page of somebody else's, or a program in its place, says of where a form comes from.
ELSEWHERE: dict[str, dict[str, str]] = {
    "says nothing": {}, "another origin": {"origin": "http://evil.example"}, "no origin at all": {"origin": "null"}, "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"}, "ours and cross-site": {**OURS, "sec-fetch-site": "cross-site"}, "ours by name": {"origin": f"{OURS['origin']}.evil.example"},
}  # fmt: skip
TIMES = 1_000  # pairs of which the median is compared


@pytest.fixture(scope="module")
def yard(filled, tmp_path_factory):
    with yard_of(filled, tmp_path_factory.mktemp("doors")) as found:
        yield found


def presses(yard: Yard) -> list[Press]:
    return list({press.route: press for press in yard.presses()}.values())[::EVERY]


#: What looking leaves and nothing else: its line, who read what of whom, that somebody is still there, figures as they were worked out.
LOOKING_LEAVES = {"journal", "journal_head", "login_session", "viewing", "emergency_look", "figure_stand"}
#: Routes that press papers: each takes seconds, and numbers its copy.
PRINTS = re.compile(r"pdf|print|paper|archive|xlsx")


def test_F32_a_page_that_is_only_looked_at_changes_nothing(yard):
    yard.restore()
    before = yard.dump()
    pages = {
        case.route: case for case in table()
        if case.expected == "yes" and "POST" not in yard.routes[case.route][1] and not PRINTS.search(case.route)
    }  # fmt: skip
    for case in list(pages.values())[::EVERY]:
        looked = Press(case.route, case.role, yard._named(case))
        assert yard.asks("GET", yard.place(looked), yard.visits[case.role][0]).status_code != 500, str(looked)
    after = yard.dump()
    assert {name for name in before if after[name] != before[name]} <= LOOKING_LEAVES


def test_F32_no_form_counts_that_another_site_sends_or_that_carries_another_browsers_key(yard):
    yard.restore()
    before, others = yard.dump(), yard.visits[Role.VISITOR][1]
    for press in presses(yard):
        sid, place = yard.visits[press.role][0], yard.place(press)
        for what, headers in ELSEWHERE.items():
            answer = yard.plain(place, sid, yard.form(press), headers)
            assert answer.status_code == 403, (str(press), what, answer.status_code)
        for form in (
            yard.form(press) | {"csrf": others if press.role != Role.VISITOR else "0" * 64},
            yard.form(press) | {"csrf": ""},
        ):
            assert yard.plain(place, sid, form, OURS).status_code == 403, str(press)
        said = yard.plain(place, sid, '{"csrf": "x"}', OURS | {"content-type": "text/plain"})
        assert said.status_code == 415, str(press)
    assert yard.dump(but=("journal", "journal_head")) == {
        name: rows for name, rows in before.items() if name not in {"journal", "journal_head"}
    }


def test_F27_a_field_that_is_not_of_the_form_changes_nothing(yard):
    yard.restore()
    columns = sorted({column.name for each in Base.metadata.sorted_tables for column in each.columns})
    random = Random(SEED)
    for press in presses(yard):
        form = yard.form(press)
        more = dict.fromkeys(random.sample([name for name in columns if name not in form], 40), MARK)
        answer = yard.sends(press, f"more{press}", **more)
        assert answer.status_code < 500, str(press)
        assert answer.status_code != 303 or MARK.encode() not in yard.file.read_bytes(), str(press)
    assert MARK.encode() not in yard.file.read_bytes()


def test_F28_words_of_a_database_are_words_in_every_question(yard, capfd):
    yard.restore()
    words = [text for text in TEXTS if "'" in text or "%" in text or "\\" in text or '"' in text]
    pages = {
        case.route: case
        for case in table()
        if case.expected == "yes" and not case.thing and "GET" in yard.routes[case.route][1]
    }
    for case in list(pages.values())[::EVERY]:
        for name in ("q", "status", "page", "sort", "of", "only", "firm"):
            answer = yard.ask_for(
                yard.routes[case.route][0],
                yard.visits[case.role][0],
                {name: words[len(name + case.route) % len(words)]},
            )
            assert answer.status_code < 500, (case.route, name)
    assert '"event": "database"' not in capfd.readouterr().err


@pytest.mark.skipif(not CAMPAIGN, reason="measured in a campaign, where the machine is quiet")
def test_F38_what_is_somebody_elses_takes_as_long_as_what_is_not_there(yard):
    yard.restore()
    theirs = next(
        case for case in table() if case.route == "need.show" and case.whose == "others" and case.expected == "404"
    )
    sid, key = yard.visits[theirs.role][0], yard.zone.thing(theirs.thing, theirs.whose)
    there, absent = timed(
        lambda: yard.ask_for(f"/needs/{key}", sid, {}), lambda: yard.ask_for(f"/needs/{ABSENT}", sid, {})
    )
    assert abs(there - absent) < max(0.001, 0.1 * absent), (there, absent)


@pytest.mark.skipif(not CAMPAIGN, reason="measured in a campaign, where the machine is quiet")
def test_F30_a_wrong_password_takes_as_long_whether_or_not_there_is_such_an_account(yard, monkeypatch):
    monkeypatch.setattr(passwords, "HASHER", IN_EARNEST)
    nobody = passwords.nobody()
    hashed, random = passwords.hashed("a quiet harbour in spring"), Random(SEED)
    known, unknown = timed(
        lambda: passwords.fits(hashed, f"{random.random()}"), lambda: passwords.fits(nobody, f"{random.random()}")
    )
    assert abs(known - unknown) < max(0.005, 0.1 * known), (known, unknown)


def timed(one, other) -> tuple[float, float]:
    """Medians of many pairs, in turn, so that whatever slows the machine slows both."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMES):
        for asks, kept in zip((one, other), took, strict=True):
            began = time.perf_counter()
            asks()
            kept.append(time.perf_counter() - began)
    return median(took[0]), median(took[1])
