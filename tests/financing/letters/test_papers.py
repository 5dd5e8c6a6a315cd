"""What issued papers say, how they replace each other, and what the check tells whoever holds one (F10, F15, F84)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.access import SYSTEM, Role
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.record import digest
from financing.letters import checking, papers
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.letters.texts import FOLDER, newest, written
from financing.money import Fen
from tests.financing.guarantees.conftest import zone
from tests.financing.letters.conftest import chosen
from tests.makers import NOW, a_user, at, writing

__all__ = ["zone"]
#: Minutes, resolutions, statistics and promises of renewal say what was sealed; the others have a text with blanks.
SEALED = (
    LetterKind.MINUTES,
    LetterKind.RESOLUTION,
    LetterKind.STATISTICS,
    LetterKind.RENEWAL_PROMISE,
    LetterKind.DISPATCH,
)
KINDS = [kind for kind in LetterKind if kind not in SEALED]
OFFICE = "企业服务中心，电话 0000-0000000"


class Every(dict):
    """Any blank, filled in with its own name."""

    def __missing__(self, name):
        return f"<{name}>"


@pytest.fixture
def issued(database):
    ready = chosen(database)
    made = ready.issued(Fen.wan(100) + Fen(5))
    with ready.stage.at(ready.stage.officer) as desk:
        (paper,) = papers.about(desk, made.id)
    return ready, made, paper


def standing(database, *given):
    with at(database, SYSTEM, write=False) as desk:
        return checking.standing(desk, *given)


def test_a_letter_says_the_amount_in_figures_and_words_the_type_the_share_and_the_period(issued):
    ready, made, paper = issued
    said = paper.record
    rows = dict(said["rows"])
    assert (paper.number, paper.kind) == (made.number, LetterKind.LETTER)
    assert rows["担保金额"] == "1,000,000.05 元（大写：人民币壹佰万元零伍分）"
    assert (rows["主债务期限"], rows["保证期间"], rows["本公司责任比例"]) == (
        "2026-11-23 至 2027-11-23",
        "至 2028-05-23",
        "80 %",
    )
    assert said["before"][0] == f"致：{ready.stage.banks[0].name}"
    assert [line[:10] for line in said["after"] if line.startswith("二、")] == ["二、保证方式：连带责"]
    assert digest(said) == paper.digest


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_has_a_title_rows_and_numbered_clauses_and_no_blank_left_open(kind):
    said = written(kind, {name: name for name in _blanks(kind)}, set())
    assert said["title"]
    assert said["rows"]
    assert not [line for line in said["after"] + said["before"] if "{" in line or "[" in line]
    assert said["before"][0].startswith("致：")


def _blanks(kind):
    import re

    return set(re.findall(r"{(\w+)}", (FOLDER / f"{kind}-{newest(kind)}.txt").read_text(encoding="utf-8")))


def test_a_recommendation_says_that_nobody_is_bound_and_a_promise_of_the_pool_that_it_is_no_guarantee():
    said = {kind: "".join(written(kind, {n: n for n in _blanks(kind)})["after"]) for kind in KINDS}
    assert "不提供保证，不加入债务，不承诺差额补足、流动性支持" in said[LetterKind.RECOMMENDATION]
    assert "本函不是保证" in said[LetterKind.RISK_SHARING]
    assert not any("管理委员会" in text or "管委会" in text for text in said.values())


@given(st.text(max_size=40))
def test_what_is_filled_in_opens_no_row_no_blank_and_no_line(name):
    said = written(LetterKind.RECOMMENDATION, dict.fromkeys(_blanks(LetterKind.RECOMMENDATION), "x") | {"bank": name})
    plain = written(LetterKind.RECOMMENDATION, dict.fromkeys(_blanks(LetterKind.RECOMMENDATION), "x"))
    assert (said["rows"], said["after"], len(said["before"])) == (plain["rows"], plain["after"], len(plain["before"]))
    assert said["before"][0] == "致：" + " ".join(name.split())


def test_a_code_alone_says_that_a_paper_was_issued_and_holds_and_nothing_of_what_it_says(issued):
    ready, made, paper = issued
    found = standing(ready.database, paper.code)
    assert (found.kind, found.number, found.superseded_at, found.same) == (LetterKind.LETTER, made.number, None, None)
    assert not {"firm", "bank", "amount", "record"} & set(checking.Standing.__slots__)


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code.replace('-', ' ')}  "]
)
def test_a_code_may_be_typed_as_people_type(issued, typed):
    ready, _, paper = issued
    assert standing(ready.database, typed(paper.code)) is not None


@pytest.mark.parametrize("wrong", ["", "AAAA-BBBB-CCCC", "BH2026-0001", "%", "2" * 200])
def test_a_code_that_is_unknown_guessed_or_mistyped_gets_one_answer(issued, wrong):
    ready, _, paper = issued
    assert standing(ready.database, wrong) is None
    assert standing(ready.database, paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")) is None


def test_the_digest_or_the_file_shows_whether_anything_was_altered(issued):
    ready, _, paper = issued
    with ready.stage.at(ready.stage.signatory) as desk:
        papers.printed(desk, desk.get(IssuedPaper, paper.id), "c" * 64)
    assert standing(ready.database, paper.code, paper.digest[:12]).same is True
    assert standing(ready.database, paper.code, paper.digest[:11]).same is False  # too few prove nothing
    other = "0" if paper.digest[11] != "0" else "1"
    assert standing(ready.database, paper.code, paper.digest[:11] + other).same is False
    assert standing(ready.database, paper.code, "", "c" * 64).same is True
    assert standing(ready.database, paper.code, "", "d" * 64).same is False


def test_a_letter_is_over_from_the_release_on(issued):
    ready, made, paper = issued
    ready.releases(made)
    found = standing(ready.database, paper.code)
    assert (found.superseded_at, found.replaced) == (NOW, False)


def test_a_letter_of_intent_follows_the_decision_and_is_replaced_when_it_says_something_else(ready):
    def writes(now=NOW):
        with ready.stage.at(ready.stage.officer, now) as desk:
            return papers.write(desk, desk.get(GuaranteeCase, ready.case.id), OFFICE)

    first, again, later = writes(), writes(), writes(NOW + timedelta(days=1))
    assert (first.number, first.kind, again.id) == ("YX2026-0001", LetterKind.INTENT, first.id)
    assert later.number == "YX2026-0002"
    former = standing(ready.database, first.code)
    assert (former.superseded_at, former.replaced) == (NOW + timedelta(days=1), True)
    assert standing(ready.database, later.code).superseded_at is None


def test_the_firm_and_the_bank_of_a_letter_read_it_and_no_other(issued):
    ready, _, paper = issued
    with writing(ready.database) as session:
        stranger = a_user(session, Role.SIGNATORY, firm_id=None).actor

    def sees(actor):
        with ready.stage.at(actor) as desk:
            return [one.id for one in desk.all(IssuedPaper)]

    assert [sees(a) for a in (ready.stage.signatory, ready.stage.bankers[0], ready.chair)] == [[paper.id]] * 3
    assert [sees(a) for a in (ready.stage.bankers[1], stranger)] == [[], []]
