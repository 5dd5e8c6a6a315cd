"""A card that declares facts of its own is read, replayed, printed and scored by on every page that names facts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from financing.access import Role
from financing.credit.rules import CardName
from financing.needs.rules import NeedState
from financing.parties.stated import Known
from scoring.card import read
from scoring.facts import Source
from scoring.sheet import sheet
from tests.financing.credit.drafts import a_document
from tests.makers import TODAY, a_firm, a_need, an_assessment, writing
from tests.scoring.test_advise import GOOD
from tests.web.conftest import OURS

OWN = """
[[fact]]
name = "own_spread"
says = "本卡自带的利差"
english = "A spread of its own"
unit = "%"
kind = "number"
better = "lower"

[[veto]]
key = "own_line"
says = "利差过大"
english = "Spread too wide"
fact = "own_spread"
basis = "章程"
is = "at_least"
value = 99
"""
DRAFT = (
    a_document(TODAY + timedelta(days=40))
    .decode()
    .replace('fact    = "debt_ratio"', 'fact    = "own_spread"', 1)
    .replace("\n[[block]]", OWN + "\n[[block]]", 1)
    .encode()
)


@pytest.fixture
def draft(quick_site):
    """The draft as an officer has handed it in, with one scored firm to replay it on; its page in the laboratory."""
    with writing(quick_site.database) as session:
        need = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY)
        score(session, need, read(a_document(TODAY), "credit"), GOOD)
    officer = quick_site.person(Role.OFFICER)
    fields = {**officer.token("/cards/new", "/cards"), "card": CardName.CREDIT.value}
    file = {"file": ("draft.toml", DRAFT, "application/toml")}
    answer = officer.client.post("/cards", data=fields, files=file, headers=OURS, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return officer, answer.headers["location"].partition("?")[0]


def score(session, need, rules, facts):
    found = sheet(rules, facts, on=TODAY)
    known = {name: Known(value, Source.REGISTRY, TODAY).as_json() for name, value in facts.items()}
    made = an_assessment(
        session, need, sheet=found.as_json(), facts=known, card="credit", since=rules.since, digest=rules.digest,
        total=found.total, grade=found.grade,
    )  # fmt: skip
    session.flush()
    return made.id


@pytest.mark.parametrize(("lang", "name"), [("zh", "本卡自带的利差"), ("en", "A spread of its own")])
def test_the_laboratory_replays_it_and_names_its_facts_on_page_and_paper(draft, lang, name):
    officer, laboratory = draft
    page = officer.get(f"{laboratory}?lang={lang}")
    assert page.status_code == 200 and name in page.text
    assert officer.get(f"{laboratory}/paper").content.startswith(b"%PDF")


@pytest.mark.parametrize(("lang", "name"), [("zh", "本卡自带的利差"), ("en", "A spread of its own")])
def test_its_own_page_tells_the_steps_and_the_red_line_in_words(draft, lang, name):
    officer, _ = draft
    page = officer.get(f"/cards/{read(DRAFT, 'credit').digest}?lang={lang}").text
    assert name in page and "≤ 50 %" in page
    assert f"{name} ≥ 99 %" in page


@pytest.mark.parametrize(("lang", "name"), [("zh", "资产负债率"), ("en", "Debt ratio")])
def test_a_score_by_it_has_a_page_with_the_way_to_a_better_grade(draft, quick_site, lang, name):
    officer, _ = draft
    with writing(quick_site.database) as session:
        need = a_need(session, a_firm(session), state=NeedState.SCORED, submitted_on=TODAY)
        key = score(session, need, read(DRAFT, "credit"), GOOD)
    page = officer.get(f"/scores/{key}?lang={lang}")
    assert page.status_code == 200
    assert name in page.text
