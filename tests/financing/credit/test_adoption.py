from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from financing.access import VISITOR, Role
from financing.acts import Act
from financing.case_refusals import CardAltered, CardDayTaken, CardInForce, CardNotCarried, CardTooEarly, CardUnsound
from financing.credit import adoption, card_views, laboratory, register, service
from financing.credit.model import Assessment, CardVersion
from financing.credit.rules import CardName, CardState, carried
from financing.journal import Entry, commitment
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.papers.rules import PaperKind
from financing.parties.model import Firm
from financing.parties.permit_rules import Item
from financing.parties.stated import RECORDED, record
from financing.refusals import NotAllowed, NotFound, WrongState
from scoring.card import cards
from scoring.replay import Effect
from tests.financing.credit.drafts import CREDIT, SHIPPED, a_document
from tests.makers import NOW, TODAY, a_firm, a_need, a_paper, a_permit, a_user, at, writing
from web.stage.road import CLEAR

TOMORROW, SOON = TODAY + timedelta(days=1), TODAY + timedelta(days=10)
GOOD = CLEAR | {
    "debt_ratio": 45, "current_ratio": 1.6, "quick_ratio": 1.1, "interest_cover": 5, "net_margin": 9, "receivable_turnover": 7,
    "operating_cash_ratio": 6, "revenue_growth": 3, "tax_grade": "B", "tax_paid": 30_000_000, "penalties": 0,
}  # fmt: skip
ALL_FOR = {"in_favour": 3, "opposed": 0, "abstained": 0}


@pytest.fixture
def people(database):
    """Somebody of each kind that has to do with cards."""
    with writing(database) as session:
        roles = {
            "officer": Role.OFFICER,
            "chair": Role.CHAIR,
            "member": Role.MEMBER,
            "auditor": Role.AUDITOR,
            "leader": Role.LEADER,
        }
        return {name: a_user(session, role).actor for name, role in roles.items()}


@pytest.fixture
def zone(database, people):
    """Does things to cards as people do, each at a desk of its own."""
    return Zone(database, people)


class Zone:
    def __init__(self, database, people):
        self.database, self.people = database, people

    def at(self, who, days=0):
        return at(self.database, self.people[who], NOW + timedelta(days=days))

    def draft(self, since=SOON, who="officer", days=0, name=CREDIT, **changes):
        with self.at(who, days) as desk:
            return adoption.draft(desk, name, a_document(since, name.value, **changes), "draft.toml").id

    def does(self, act, key, who, days=0, **more):
        with self.at(who, days) as desk:
            act(desk, desk.get(CardVersion, key), **more)

    def adopted(self, since=SOON, days=0, **changes):
        key = self.draft(since, days=days, **changes)
        self.does(adoption.propose, key, "officer", days)
        self.does(adoption.adopt, key, "member", days, **ALL_FOR)
        return key

    def row(self, key):
        with self.at("auditor") as desk:
            return desk.get(CardVersion, key)

    def need(self, submitted_on, **facts):
        """An accepted need of a new firm whose books are on file."""
        with writing(self.database) as session:
            firm = a_firm(session, founded_on=date(2015, 3, 1))
            a_paper(session, firm, kind=PaperKind.STATEMENTS)
            a_permit(session, firm, Item.CREDIT), a_permit(session, firm, Item.PERSON_CREDIT)
            need = a_need(
                session, firm, state=NeedState.ACCEPTED, submitted_on=submitted_on, officer_id=self.people["officer"].id
            )
        with self.at("officer") as desk:
            known = {name: value for name, value in {**GOOD, **facts}.items() if name in RECORDED}
            record(desk, desk.get(Firm, firm.id), known, as_of=TODAY)
        return need.id

    def scored(self, submitted_on=TODAY, days=0, **facts):
        need = self.need(submitted_on, **facts)
        with self.at("officer", days) as desk:
            return service.assess(desk, desk.get(Need, need))


def test_a_need_keeps_the_card_of_its_day_and_the_next_is_scored_by_the_new_one(zone):
    earlier = zone.scored(TODAY)
    key = zone.adopted(line="95")
    before, after = zone.scored(SOON - timedelta(days=1), 12), zone.scored(SOON, 12)
    again = zone.need(TODAY)
    with zone.at("officer", 12) as desk:
        late = service.assess(desk, desk.get(Need, again))
    shipped, adopted = cards("credit")[0].digest, zone.row(key).digest
    assert [a.digest for a in (earlier, before, after, late)] == [shipped, shipped, adopted, shipped]
    assert (after.since, after.sheet["line"]) == (SOON, 95)


def test_a_score_under_an_adopted_card_is_made_again_from_what_was_stored(zone):
    zone.adopted(line="55")
    scored = zone.scored(SOON, 11)
    with zone.at("officer", 30) as desk:
        stored = desk.get(Assessment, scored.id)
        assert service.recompute(desk, stored).as_json() == stored.sheet


def test_the_person_who_proposes_never_adopts(zone):
    key = zone.draft()
    zone.does(adoption.propose, key, "member")
    with pytest.raises(NotAllowed):
        zone.does(adoption.adopt, key, "member", **ALL_FOR)
    zone.does(adoption.adopt, key, "chair", **ALL_FOR)
    assert zone.row(key).state is CardState.ADOPTED


@pytest.mark.parametrize("who", ["officer", "auditor", "leader"])
def test_only_the_committee_adopts(zone, who):
    key = zone.draft()
    zone.does(adoption.propose, key, "chair")
    with pytest.raises((NotAllowed, NotFound)):
        zone.does(adoption.adopt, key, who, **ALL_FOR)


@pytest.mark.parametrize("since", [TODAY, TODAY - timedelta(days=1), date(2026, 1, 1)])
def test_a_draft_for_a_day_that_has_begun_is_refused(zone, since):
    with pytest.raises(CardTooEarly) as refused:
        zone.draft(since)
    assert refused.value.facts["least"] == TOMORROW


def test_a_card_whose_day_comes_before_the_vote_is_neither_proposed_nor_adopted(zone):
    drafted, proposed = zone.draft(TOMORROW), zone.draft(TOMORROW)
    zone.does(adoption.propose, proposed, "officer")
    with pytest.raises(CardTooEarly):
        zone.does(adoption.propose, drafted, "officer", days=1)
    with pytest.raises(CardTooEarly):
        zone.does(adoption.adopt, proposed, "member", days=1, **ALL_FOR)
    zone.does(adoption.drop, proposed, "member", days=1)


def test_of_two_cards_for_one_day_one_is_adopted(zone):
    first, second = zone.draft(line="55"), zone.draft(line="65")
    for key in (first, second):
        zone.does(adoption.propose, key, "officer")
    zone.does(adoption.adopt, first, "member", **ALL_FOR)
    with pytest.raises(CardDayTaken):
        zone.does(adoption.adopt, second, "member", **ALL_FOR)


@pytest.mark.parametrize(
    ("votes", "carries"),
    [
        ((3, 0, 0), True),
        ((2, 1, 0), True),
        ((2, 0, 1), True),
        ((2, 0, 0), False),
        ((3, 2, 0), False),
        ((0, 0, 0), False),
    ],
)
def test_two_thirds_of_at_least_three_votes_adopt(votes, carries):
    assert carried(votes[0], sum(votes), TODAY) is carries


def test_a_lost_vote_adopts_nothing(zone):
    key = zone.draft()
    zone.does(adoption.propose, key, "officer")
    with pytest.raises(CardNotCarried):
        zone.does(adoption.adopt, key, "member", in_favour=1, opposed=2, abstained=0)
    assert zone.row(key).state is CardState.PROPOSED


def test_a_card_is_withdrawn_by_two_people_before_its_day_and_then_the_old_one_stays(zone):
    key = zone.adopted()
    zone.does(adoption.recall, key, "chair", reason="指标有误")
    with pytest.raises(NotAllowed):
        zone.does(adoption.withdraw, key, "chair")
    zone.does(adoption.withdraw, key, "member")
    assert zone.scored(SOON, 12).digest == cards("credit")[0].digest
    with pytest.raises(WrongState):
        zone.does(adoption.adopt, key, "chair", **ALL_FOR)


def test_a_card_asked_back_by_one_person_takes_effect_all_the_same_and_then_stays(zone):
    key = zone.adopted()
    zone.does(adoption.recall, key, "chair", reason="指标有误")
    assert zone.scored(SOON, 12).digest == zone.row(key).digest
    with pytest.raises(CardInForce):
        zone.does(adoption.withdraw, key, "member", days=10)


def test_a_card_in_force_is_not_asked_back(zone):
    with pytest.raises(CardInForce):
        zone.does(adoption.recall, zone.adopted(), "chair", days=10, reason="迟了")


def test_a_dropped_draft_stays_on_record_and_goes_no_further(zone):
    key = zone.draft()
    zone.does(adoption.drop, key, "officer")
    with pytest.raises(WrongState):
        zone.does(adoption.propose, key, "officer")


def test_both_steps_are_journalled_with_digest_basis_and_what_the_replay_came_to(zone):
    zone.scored()
    key = zone.adopted(line="99")
    row = zone.row(key)
    with zone.at("auditor") as desk:
        lines = [entry.body for entry in desk.all(Entry, Entry.subject_id == key, by=Entry.seq)]
    assert [line["act"] for line in lines] == ["card.draft", "card.propose", "card.adopt"]
    for line, who in zip(lines[1:], ("officer", "member"), strict=True):
        assert line["actor"] == zone.people[who].id
        assert line["facts"]["digest"] == row.digest
        with zone.at("auditor") as desk:
            assert line["facts"]["basis"] == {"committed": commitment(desk.session, 0, "经开区担保委〔2026〕5号")}
        assert line["facts"]["replay"] == row.figures
    assert lines[2]["facts"]["votes"] == [3, 0, 0]


def test_what_is_sealed_can_be_worked_out_again_to_the_last_figure_after_the_zone_has_moved_on(zone):
    zone.scored()
    key = zone.adopted(line="99")
    zone.scored(tax_grade="D")
    with zone.at("auditor", 30) as desk:
        row = desk.get(CardVersion, key)
        assert laboratory.sealed(desk, row).figures == row.figures
        assert row.figures["firms"] == 1
        assert laboratory.now(desk, row).figures["firms"] == 2


def test_the_replay_runs_over_the_latest_score_of_every_firm(zone):
    first = zone.scored()
    with zone.at("officer") as desk:
        need = desk.get(Need, first.need_id)
        record(desk, desk.get(Firm, first.firm_id), {"tax_grade": "A"}, as_of=TODAY)
    with zone.at("officer", 1) as desk:
        second = service.assess(desk, desk.get(Need, need.id))
    other = zone.scored(tax_grade="M")
    key = zone.draft()
    with zone.at("officer", 1) as desk:
        seen = laboratory.now(desk, desk.get(CardVersion, key))
    assert set(seen.portfolio) == {second.id, other.id}
    totals = dict(seen.replay.firms.select("firm", "total_old").iter_rows())
    assert totals == {second.firm_id: second.total, other.firm_id: other.total}


def test_names_are_shown_to_those_who_may_see_the_firm_and_figures_to_both(zone):
    scored = zone.scored()
    key = zone.draft(line="99")
    seen = {}
    for who in ("officer", "member"):
        with zone.at(who) as desk:
            view = card_views.trial(desk, desk.get(CardVersion, key))
            seen[who] = [(line.firm is None, line.effect, line.totals) for line in view.lines]
    assert seen["officer"] == [(False, *line[1:]) for line in seen["member"]]
    assert seen["member"] == [(True, Effect.OUT if scored.qualified else Effect.SAME, (scored.total, scored.total))]


def test_drafts_are_hidden_from_everybody_else_and_adopted_cards_are_for_all(zone):
    draft, adopted = zone.draft(), zone.adopted(TOMORROW)
    for who, sees in (("officer", 2), ("member", 2), ("chair", 2), ("auditor", 2), ("leader", 1)):
        with zone.at(who) as desk:
            assert len(desk.all(CardVersion)) == sees, who
    known, hidden = zone.row(adopted).digest, zone.row(draft).digest
    with at(zone.database, VISITOR) as desk:
        assert [row.id for row in desk.all(CardVersion)] == [adopted]
        assert card_views.card(desk, known).since == TOMORROW
        with pytest.raises(NotFound):
            card_views.card(desk, hidden)


def test_a_shelf_shows_the_card_in_force_the_coming_ones_and_the_past(zone):
    first, second = zone.adopted(TOMORROW), zone.adopted(SOON)
    with zone.at("officer", 5) as desk:
        shelf = next(one for one in card_views.shelves(desk) if one.name is CREDIT)
    assert shelf.current.adopted.id == first
    assert [version.adopted.id for version in shelf.upcoming if version.adopted] == [second]
    assert [version.card for version in shelf.upcoming if not version.adopted] == [cards("credit")[1]]
    assert [version.card for version in shelf.past] == [cards("credit")[0]]


def test_on_one_day_an_adopted_card_beats_a_shipped_one(zone, monkeypatch):
    key = zone.adopted()
    shipped = cards("credit")[0].model_copy(update={"since": SOON})
    monkeypatch.setattr(register, "cards", lambda name: (*cards(name), shipped))
    digest = zone.row(key).digest
    with zone.at("officer") as desk:
        assert register.in_force(desk, "credit", SOON).digest == digest


def test_before_the_first_card_there_is_none(zone):
    with zone.at("officer") as desk, pytest.raises(ValueError, match="尚无适用版本"):
        register.in_force(desk, "credit", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("raw", "key", "wrong"),
    [
        (b"\xff\xfe", "全文", "不是 UTF-8 文字"),
        (b"title = ", "全文", "不是有效的 TOML"),
        (b"x = " + b"[" * 20_000, "全文", "过深的嵌套"),
        (b"x = " + b"9" * 5_000, "全文", "过长的数字"),
        (b"#" * (256 * 1024 + 1), "全文", "字节"),
        (SHIPPED.read_bytes(), "basis", "产品自带"),
        (a_document(SOON, line="101"), "line", "超过满分"),
        (a_document(SOON).replace(b'fact    = "debt_ratio"', b'fact    = "debt_ratoi"'), "item.debt_ratio.fact", "没有事实"),
        (a_document(SOON).replace(b"AAA = 500", b"AAA = 50000000000"), "ceilings", "过大"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_the_key_and_what_is_wrong(zone, raw, key, wrong):
    with zone.at("officer") as desk, pytest.raises(CardUnsound) as refused:
        adoption.draft(desk, CREDIT, raw, "draft.toml")
    facts = refused.value.facts
    assert (facts["file"], facts["key"], wrong in facts["wrong"], bool(facts["right"])) == (
        "draft.toml",
        key,
        True,
        True,
    )


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_gets_past_the_reader_or_breaks_it(raw):
    with pytest.raises(CardUnsound):
        register.checked(raw, CREDIT, "x.toml")


def forbidden(zone, statement, match="wall|card_version", **values):
    with pytest.raises(IntegrityError, match=match), writing(zone.database) as session:
        session.execute(text(statement), values)


@pytest.mark.parametrize(
    "change",
    [
        "document = document || ' '", "digest = ''", "since = '2026-01-01'", "name = 'invoices'", "basis = ''", "title = ''",
        "figures = '{}'", "votes = '[0, 9, 0]'", "adopted_by = proposed_by", "adopted_on = '2026-01-01'", "portfolio = '[1]'",
        "proposed_by = 1", "state = 'draft'", "state = 'dropped'", "adopter = ''", "against = ''",
        "state = 'withdrawn', recalled_by = 7, withdrawn_by = 7, withdrawn_on = '2026-11-23'",
        "state = 'withdrawn', recalled_by = 7, withdrawn_by = 8, withdrawn_on = '2027-11-23'",
    ],
)  # fmt: skip
def test_no_sql_changes_what_was_adopted(zone, change):
    zone.adopted()
    forbidden(zone, f"UPDATE card_version SET {change}")
    forbidden(zone, "DELETE FROM card_version")


def test_no_sql_adopts_by_one_person_or_for_a_day_that_has_begun_or_without_a_proposal(zone):
    key = zone.draft()
    by = "state = 'adopted', adopted_by = :who, adopted_on = :on"
    forbidden(zone, f"UPDATE card_version SET {by}, proposed_by = 2", who=1, on="2026-11-23")
    zone.does(adoption.propose, key, "officer")
    officer = zone.people["officer"].id
    forbidden(zone, f"UPDATE card_version SET {by}", who=officer, on="2026-11-23")
    forbidden(zone, f"UPDATE card_version SET {by}", who=1, on=SOON.isoformat())
    forbidden(zone, "UPDATE card_version SET state = 'adopted', adopted_by = 1")


@pytest.mark.parametrize("since", ["'2026-11-23'", "since"])
def test_no_sql_brings_in_an_adopted_card_for_a_day_that_had_begun_or_that_is_taken(zone, since):
    key = zone.adopted()
    copied = ", ".join(c.name for c in CardVersion.__table__.columns if c.name not in {"id", "since"})
    into = f"INSERT INTO card_version (id, since, {copied})"
    forbidden(zone, f"{into} SELECT 1, {since}, {copied} FROM card_version WHERE id = {key}", "card_version")


def test_what_is_over_never_moves_again(zone):
    key = zone.draft()
    zone.does(adoption.drop, key, "officer")
    forbidden(zone, "UPDATE card_version SET state = 'draft'")


def test_a_document_edited_behind_the_walls_is_not_used(zone):
    zone.adopted()
    drop = "DROP TRIGGER wall_card_fixed" + ("" if zone.database.url.startswith("sqlite") else " ON card_version")
    with writing(zone.database) as session:
        session.execute(text(drop))
        session.execute(text("UPDATE card_version SET document = replace(document, '= 60 ', '= 10 ')"))
        session.execute(text("UPDATE card_version SET document = document || '# x'"))
    with zone.at("officer") as desk, pytest.raises(CardAltered):
        register.in_force(desk, "credit", SOON)


def test_acts_shown_are_those_that_can_still_be_done(zone):
    key = zone.draft(TOMORROW)
    zone.does(adoption.propose, key, "member")
    for who, days, acts in (
        ("member", 0, {Act.DROP_CARD}),
        ("chair", 0, {Act.DROP_CARD, Act.ADOPT_CARD}),
        ("chair", 1, {Act.DROP_CARD}),
        ("auditor", 0, set()),
    ):
        with zone.at(who, days) as desk:
            assert set(card_views.trial(desk, desk.get(CardVersion, key)).acts) == acts, (who, days)


def test_an_invoice_card_is_adopted_for_invoices_alone(zone):
    digest = zone.row(zone.adopted(name=CardName.INVOICES)).digest
    with zone.at("officer") as desk:
        assert register.in_force(desk, "invoices", SOON).digest == digest
        assert register.in_force(desk, "credit", SOON).digest == cards("credit")[0].digest
