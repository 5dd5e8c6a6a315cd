"""Every figure worked out a second time from raw rows, over zones made by chance: plain SQL for the rows, plain Python for the sums."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from financing.figures import first, tracks, views
from financing.figures.model import Track
from financing.figures.ratio_rules import DIVIDED, Ratio
from financing.figures.rules import Asked, LoanSource, Step, Volume
from financing.figures.volumes import volumes
from financing.money import Fen
from financing.offers.rules import OfferState
from tests.financing.figures.zone import LEADER, OFFICER, Zone
from tests.makers import NOW, TODAY, at, writing

PARKS, INDUSTRIES, SIZES = ("东区", "西区"), ("3340", "5110", "0111"), ("micro", "small", "medium")
#: The steps as the journal names their acts, written out here once more.
SAID = {
    "submitted": {"need.submit"}, "accepted": {"need.accept"}, "scored": {"need.assess"}, "supported": {"case.approve"},
    "sent": {"dossier.send"}, "offered": {"offer.make"}, "chosen": {"offer.accept"},
}  # fmt: skip
ORDER = ("registered", "submitted", "accepted", "scored", "supported", "sent", "answered", "offered", "chosen", "paid")
BANDS = {"": (0, 10**18), "little": (0, 10**8), "middle": (10**8, 5 * 10**8), "large": (5 * 10**8, 10**9), "beyond": (10**9, 10**18)}  # fmt: skip
SECTIONS = {"33": "C", "51": "F", "01": "A"}


def by_chance(zone, seed):
    """Firms with needs that come somewhere, banks that answer and pay, reports taken back, words about earlier loans."""
    dice = Random(seed)
    for _ in range(dice.randint(6, 14)):
        firm = zone.firm(park=dice.choice(PARKS), industry=dice.choice(INDUSTRIES), size=dice.choice(SIZES),
                         registered_at=NOW - timedelta(days=dice.randint(80, 700)))  # fmt: skip
        for _ in range(dice.randint(0, 3)):
            a_road(zone, dice, firm)
        for _ in range(dice.randint(0, 2)):
            words_about(zone, dice, firm)
    zone.play()


def a_road(zone, dice, firm):
    steps, wan = dice.randint(0, 7), dice.choice((30, 100, 101, 500, 700, 1_200))
    start = NOW - timedelta(days=dice.randint(70, 400), hours=dice.randint(0, 23))
    need = zone.need(firm, steps, [dice.randint(0, 9) for _ in range(7)], wan, start)
    if steps >= 5 and dice.random() < 0.4:
        zone.declined(need, NOW - timedelta(days=dice.randint(0, 5)))
    if steps < 7:
        return
    offer = zone.offer(need, wan, dice.choice((3, 4, 5)), OfferState.ACCEPTED, dice.choice(("", "厂房抵押")))
    for number in range(1, dice.randint(0, 2) + 1):
        zone.paid(offer, NOW - timedelta(days=4 - number), wan // 3, TODAY - timedelta(days=dice.randint(5, 60)))
        if dice.random() < 0.3:
            zone.taken_back(offer, number, NOW - timedelta(days=1))


def words_about(zone, dice, firm):
    earlier, own, moment = dice.random() < 0.4, dice.random() < 0.5, NOW - timedelta(days=dice.randint(0, 30), minutes=dice.randint(0, 500))  # fmt: skip

    def do(desk):
        source = LoanSource.FIRM if own else LoanSource.CREDIT_REPORT
        desk.session.add(first.LoanStatement(firm_id=firm.id, source=source, earlier=earlier, seen_on=desk.today, note="x", at=desk.now, by=1, by_name="甲"))  # fmt: skip

    zone.then(moment, do)


class Raw:
    """The rows as they lie in the tables, read with plain SQL, and what follows from them in plain Python."""

    def __init__(self, database):
        with writing(database) as session:
            self.read = lambda sql: session.execute(text(sql)).mappings().all()
            self.firms = {
                row["id"]: row for row in self.read("SELECT id, park, industry, size, registered_at FROM firm")
            }
            self.needs = {row["id"]: row for row in self.read("SELECT id, firm_id, amount FROM need")}
            lines = [json.loads(body) if isinstance(body := row["body"], str) else body for row in self.read("SELECT body FROM journal ORDER BY seq")]  # fmt: skip
            declines = self.read("SELECT need_id, at FROM decline")
            gone = {
                row["drawdown_id"] for row in self.read("SELECT drawdown_id FROM reversal WHERE state = 'confirmed'")
            }
            self.money = [row for row in self.read("SELECT * FROM drawdown") if row["id"] not in gone]
            self.offers = self.read("SELECT need_id, id, rate, amount, state, secured_by FROM offer")
            self.words = self.read("SELECT firm_id, source, earlier, at, id FROM loan_statement")
        self.days = self._days(lines, declines)

    def _days(self, lines, declines):
        """For each need the first day of each step."""
        days = defaultdict(dict)

        def saw(need, step, day):
            days[need][step] = min(day, days[need].get(step, date.max))

        for line in lines:
            for step, acts in SAID.items():
                if line["act"] in acts and line["subject"] in self.needs:
                    saw(line["subject"], step, beijing(line["at"]))
                    if step == "offered":
                        saw(line["subject"], "answered", beijing(line["at"]))
        for row in declines:
            saw(row["need_id"], "answered", beijing(row["at"]))
        for row in self.money:
            saw(row["need_id"], "paid", plain_day(row["paid_on"]))
        for need, row in self.needs.items():
            days[need]["registered"] = beijing(self.firms[row["firm_id"]]["registered_at"])
        return {need: found for need, found in days.items() if "submitted" in found}

    def cohort(self, asked):
        least, most = BANDS[asked.band]
        return [
            need
            for need, days in self.days.items()
            if asked.since <= days["submitted"] <= asked.until
            and self.of(self.firms[self.needs[need]["firm_id"]], asked)
            and least < self.needs[need]["amount"] <= most
        ]

    def of(self, firm, asked):
        return (
            asked.park in {"", firm["park"]}
            and asked.size in {"", firm["size"]}
            and asked.section in {"", SECTIONS[firm["industry"][:2]]}
        )

    def figure(self, asked, step):
        """Count, firms, fen, median days of one step."""
        here = [need for need in self.cohort(asked) if self.days[need].get(step, date.max) <= asked.seen]
        before = ORDER[ORDER.index(step) - 1]
        waits = [(self.days[n][step] - self.days[n][before]).days for n in here if before in self.days[n]]
        fen = sum(self.needs[need]["amount"] for need in here)
        if step == "paid":
            fen = sum(m["amount"] for m in self.money if m["need_id"] in here and plain_day(m["paid_on"]) <= asked.seen)
        return len(here), len({self.needs[n]["firm_id"] for n in here}), fen, median(waits) if waits else None

    def first_loans(self, since, until, asked=None):
        """Firms first paid between two days, and those of them that are on record as having had no loan."""
        paid = defaultdict(list)
        for row in self.money:
            paid[row["firm_id"]].append(plain_day(row["paid_on"]))
        new = [
            f
            for f, days in paid.items()
            if since <= min(days) <= until and (asked is None or self.of(self.firms[f], asked))
        ]
        return {firm for firm in new if self.had_none(firm)}, set(new)

    def had_none(self, firm):
        mine = sorted((w for w in self.words if w["firm_id"] == firm), key=lambda w: (moment(w["at"]), w["id"]))
        seen = [w for w in mine if w["source"] != "firm"]
        last = (seen or mine)[-1:]
        return bool(last) and not last[0]["earlier"]


def moment(value):
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def beijing(value):
    return moment(value).astimezone(ZoneInfo("Asia/Shanghai")).date()


def plain_day(value):
    return value if isinstance(value, date) else date.fromisoformat(value)


def questions(seed):
    """The whole of it, and some narrower questions."""
    dice = Random(seed)
    yield Asked(date(2024, 1, 1), TODAY, TODAY)
    for _ in range(6):
        since = TODAY - timedelta(days=dice.randint(50, 420))
        until = since + timedelta(days=dice.randint(0, 300))
        yield Asked(since, until, min(TODAY, until + timedelta(days=dice.choice((0, 20, 400)))),
                    park=dice.choice(("", *PARKS)), section=dice.choice(("", "C", "F")), size=dice.choice(("", *SIZES)),
                    band=dice.choice(("", *BANDS)))  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_every_number_follows_from_the_rows_and_is_as_long_as_its_list(database, seed):
    zone = Zone(database)
    by_chance(zone, seed)
    raw = Raw(database)
    for asked in questions(seed):
        with at(database, OFFICER, write=False) as desk:
            found = views.report(database, desk, asked)
            for figure in found.steps[1:]:
                assert (figure.count, figure.firms, figure.sum.fen, figure.days) == raw.figure(asked, figure.step.value), (asked, figure.step)  # fmt: skip
                listed = views.behind(desk, figure.step, asked)
                assert (listed.total, len({line.need_id for line in listed.rows})) == (figure.count, min(figure.count, 50))  # fmt: skip
            known = [f for f in raw.firms.values() if beijing(f["registered_at"]) <= asked.until and raw.of(f, asked)]
            assert found.steps[0].count == len(known)
            the_ratios(raw, asked, {key.ratio: key for key in found.keys}, {one.step: one for one in found.steps})
            for only, firms in zip((True, False), raw.first_loans(asked.since, asked.until, asked), strict=True):
                rows = first.borrowers(desk, asked, 1, only=only, named=True)
                assert {row.firm_id for row in rows.rows} == firms


def the_ratios(raw, asked, keys, steps):
    for ratio, (part, whole) in DIVIDED.items():
        above, below = steps[part].count, steps[whole].count
        assert keys[ratio].value == (round_half_up(above, below) if below else None), ratio
    none, new = raw.first_loans(asked.since, asked.until, asked)
    assert (keys[Ratio.FIRST_LOANS].part, keys[Ratio.FIRST_LOANS].whole) == (len(none), len(new))
    inside = set(raw.cohort(asked))
    chosen = [
        o for o in raw.offers if o["need_id"] in inside and raw.days[o["need_id"]].get("chosen", date.max) <= asked.seen
    ]
    rate = sum(o["rate"] * o["amount"] for o in chosen), sum(o["amount"] for o in chosen)
    assert keys[Ratio.RATE].value == (round_half_up(*rate, 1) if chosen else None)
    paid = [m for m in raw.money if m["need_id"] in inside and plain_day(m["paid_on"]) <= asked.seen]
    alone = {o["id"] for o in raw.offers if not o["secured_by"]}
    assert keys[Ratio.UNSECURED].part == sum(m["amount"] for m in paid if m["offer_id"] in alone)
    assert keys[Ratio.UNSECURED].whole == sum(m["amount"] for m in paid)


def round_half_up(part, whole, times=1_000_000):
    return (2 * part * times + whole) // (2 * whole)


@pytest.mark.parametrize("seed", range(3))
def test_what_happened_in_each_month_follows_from_the_rows(database, seed):
    zone = Zone(database)
    by_chance(zone, seed)
    raw, starts = Raw(database), views.month_starts(TODAY, 13)
    words = {"needs": "submitted", "supported": "supported", "sent": "sent", "offered": "offered", "chosen": "chosen"}
    with at(database, OFFICER, write=False) as desk:
        found = {volume: volumes(desk.session, volume, starts) for volume in Volume}
    for n, (start, end) in enumerate(pairwise(starts)):
        for volume, step in words.items():
            here = [need for need, days in raw.days.items() if start <= days.get(step, date.min) < end]
            expected = (
                len(here),
                len({raw.needs[k]["firm_id"] for k in here}),
                sum(raw.needs[k]["amount"] for k in here),
            )
            one = found[Volume(volume)][n]
            assert (one.count, one.firms, one.fen) == expected, (volume, start)
        money = [m for m in raw.money if start <= plain_day(m["paid_on"]) < end]
        one = found[Volume.PAID][n]
        assert (one.count, one.firms, one.fen) == (len(money), len({m["firm_id"] for m in money}), sum(m["amount"] for m in money))  # fmt: skip
        assert found[Volume.FIRST_LOANS][n].count == len(raw.first_loans(start, end - timedelta(days=1))[0])
        assert found[Volume.REGISTERED][n].count == sum(start <= beijing(f["registered_at"]) < end for f in raw.firms.values())  # fmt: skip


def everything(database):
    with writing(database) as session:
        rows = session.query(Track).order_by(Track.need_id).all()
        return [{c.name: getattr(row, c.name) for c in Track.__table__.columns} for row in rows]


@pytest.mark.parametrize("seed", range(3))
def test_rows_kept_act_by_act_are_those_of_the_whole_journal_at_once(database, seed):
    zone = Zone(database)
    by_chance(zone, seed)
    kept = everything(database)
    assert kept
    with writing(database) as session:
        assert tracks.rebuild(session) == len(kept)
    assert everything(database) == kept


def test_a_zone_that_worked_before_there_were_tracks_gets_them_with_the_upgrade(database):
    from importlib import import_module

    zone = Zone(database)
    by_chance(zone, 1)
    kept = everything(database)
    upgrade = import_module("financing.migrations.versions.0032_how_far_needs_have_come")
    with writing(database) as session:
        session.execute(text("DELETE FROM track"))
        session.execute(text(upgrade.fill(session.get_bind().dialect.name)))
    assert everything(database) == kept


def test_a_leader_is_given_the_number_of_a_list_and_no_name_in_it(database):
    zone = Zone(database)
    for _ in range(6):
        zone.need(zone.firm(), 3, [0, 1, 1])
    zone.play()
    asked = Asked(date(2024, 1, 1), TODAY, TODAY)
    with at(database, LEADER, write=False) as desk:
        for figure in views.report(database, desk, asked).steps[1:4]:
            rows = views.behind(desk, figure.step, asked)
            assert rows.total == figure.count == 6
            assert not any(line.firm or line.need_id for line in rows.rows)
            assert figure.sum == Fen.wan(600)
            assert figure.step is not Step.REGISTERED
