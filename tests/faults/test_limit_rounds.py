"""I-03 by rounds: several at once approve, issue letters and release, thousands of times, and no cap is ever passed by one fen.

`YUANRONG_ROUNDS` times fifty says how many rounds there are on each database; `make campaign` does ten thousand.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from financing import wording
from financing.access import SYSTEM
from financing.case_refusals import LimitReached
from financing.db import Database, new_id
from financing.guarantees import ledger, limits
from financing.guarantees.model import LimitTerm
from financing.guarantees.rules import Scope
from financing.money import Fen
from financing.parties.model import Guarantor
from financing.parties.rules import GuarantorKind, Support
from tests.makers import a_firm, a_guarantor, at, writing
from web.handling import TOO_SLOW

ROUNDS = 50 * int(os.environ["YUANRONG_ROUNDS"]) if "YUANRONG_ROUNDS" in os.environ else 60
WORLD = 250  # rounds on one database, then a new one: a ledger of ten thousand rounds is another test's matter
HANDS = 5
SEASON = 20  # rounds until everything is given back and every cap is drawn anew

#: In force before anybody begins: 96 firms with the most that one may have of net assets of 400, so that little room is left.
NET_ASSETS, OTHERS = 400, 96
MULTIPLE = 10  # of the facility and of the pool: most of what is in force is not of small firms
GROUP, BANKS = 77, (7, 8)
FREE = {"reserved": 0, "used": 0, "bank": None}


@dataclass
class World:
    """One guarantor near its limits, five firms that want more, and what a plain reckoning says they have."""

    database: Database
    random: Random
    guarantor: int = 0
    firms: dict[int, bool] = field(default_factory=dict)  # whether small
    related: tuple[int, ...] = ()
    caps: dict[Scope, int] = field(default_factory=dict)  # of everything but banks
    bank_caps: dict[int, int] = field(default_factory=dict)
    cases: dict[int, dict] = field(default_factory=dict)
    answers: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """96 firms in force in two other divisions under a letter, then the guarantor becomes one with a pool."""
        with writing(self.database) as session:
            self.guarantor = a_guarantor(session, net_assets=Fen(NET_ASSETS)).id
            others = [a_firm(session, size="medium", industry=("1310", "1751")[n % 2]).id for n in range(OTHERS)]
            ours = [a_firm(session, size="small" if n > 2 else "medium") for n in range(5)]
            self.firms = {firm.id: firm.size == "small" for firm in ours}
            self.related = tuple(firm.id for firm in ours[2:4])
            for firm in ours[2:4]:
                firm.group_id = GROUP
            session.add(LimitTerm(scope=Scope.BANK, owner_id=1, cap=Fen(10**6), basis="会议纪要"))
        with at(self.database, SYSTEM) as desk:
            for other in others:
                case = self.case(other, NET_ASSETS // 10)
                limits.reserve(desk, case)
                limits.use(desk, case, case.line, 1)

    def case(self, firm: int, fen: int):
        letter = Support.LETTER
        return SimpleNamespace(id=new_id(), guarantor_id=self.guarantor, firm_id=firm, line=Fen(fen), support=letter)

    # --- a season: all is given back, and new caps are drawn -----------------------------------------------------------
    def begin(self) -> None:
        for key in [key for key, held in self.cases.items() if held["reserved"] or held["used"]]:
            assert self.does(("end", key)) is None
            self.cases[key] |= FREE
        self.cases.clear()
        net, draw = self.random.randint(390, NET_ASSETS), self.random.randint
        pool, sector = draw(8, 14), draw(70, 130)
        self.bank_caps = {bank: draw(22, 45) for bank in BANKS}
        self.caps = {
            Scope.FACILITY: net * MULTIPLE - OTHERS * (NET_ASSETS // 10), Scope.POOL: pool * MULTIPLE, Scope.SECTOR: sector,
            Scope.GROUP: (net * 15 + 50) // 100, Scope.FIRM: (net + 5) // 10,
        }  # fmt: skip
        with writing(self.database) as session:
            one = session.get_one(Guarantor, self.guarantor)
            one.net_assets, one.pool, one.kind = Fen(net), Fen(pool), GuarantorKind.RISK_POOL
            session.merge(LimitTerm(id=1, scope=Scope.SECTOR, owner_id=33, cap=Fen(sector), basis="会议纪要"))
            for bank, cap in self.bank_caps.items():
                session.merge(LimitTerm(id=bank, scope=Scope.BANK, owner_id=bank, cap=Fen(cap), basis="会议纪要"))

    # --- a round: everybody wants something of a case of their own -----------------------------------------------------
    def wishes(self) -> list[tuple]:
        mine = self.random.sample(sorted(self.cases), min(HANDS, len(self.cases)))
        return [self.wish(mine.pop() if mine else None) for _ in range(HANDS)]

    def wish(self, key: int | None) -> tuple:
        held = self.cases.get(key, FREE)
        if held["reserved"] and self.random.random() < 0.6:
            return "issue", key, self.random.randint(1, held["reserved"]), self.random.choice(BANKS)
        if (held["reserved"] or held["used"]) and self.random.random() < 0.5:
            return "end", key
        return "decide", self.case(self.random.choice(list(self.firms)), self.random.randint(1, 30))

    def does(self, wish: tuple) -> LimitReached | None:
        """None, or the refusal; on a machine too busy to be waited for it is tried again, as a page says one should."""
        while True:
            try:
                return self.tries(wish)
            except OperationalError as slow:
                if getattr(slow.orig, "sqlstate", None) not in TOO_SLOW:
                    raise
                self.answers["waited in vain"] += 1

    def tries(self, wish: tuple) -> LimitReached | None:
        try:
            with at(self.database, SYSTEM) as desk:
                match wish:
                    case "decide", thing:
                        limits.reserve(desk, thing)
                    case "issue", key, fen, bank:
                        limits.use(desk, self.cases[key]["thing"], Fen(fen), bank)
                    case "end", key:
                        limits.release(desk, self.cases[key]["thing"])
        except LimitReached as refusal:
            return refusal
        return None

    def record(self, wish: tuple) -> None:
        """What was answered yes to, in the plain reckoning."""
        match wish:
            case "decide", thing:
                self.cases[thing.id] = {"thing": thing, **FREE, "reserved": thing.line.fen}
            case "issue", key, fen, bank:
                self.cases[key] |= {"reserved": 0, "used": fen, "bank": bank}
            case "end", key:
                self.cases[key] |= FREE

    def play(self, pool: ThreadPoolExecutor) -> None:
        wishes, before = self.wishes(), self.taken()
        answers = list(pool.map(self.does, wishes))
        for wish, answer in zip(wishes, answers, strict=True):
            self.answers[wish[0] if answer is None else str(answer.facts["scope"])] += 1
            if answer is None:
                self.record(wish)
        for wish, answer in zip(wishes, answers, strict=True):
            if answer is not None:
                self.refused(wish, answer, before, wishes)
        self.holds()

    # --- what must be so after every round ---------------------------------------------------------------------------
    def taken(self) -> dict[tuple[Scope, int], int]:
        """Every limit as a plain reckoning has it; a small firm's balance counts three quarters, rounded half up."""
        found: dict[tuple[Scope, int], int] = defaultdict(int)
        of_firm: dict[int, int] = defaultdict(int)
        for held in self.cases.values():
            amount, firm = held["reserved"] + held["used"], held["thing"].firm_id
            of_firm[firm] += amount
            for key in ((Scope.POOL, self.guarantor), (Scope.SECTOR, 33), (Scope.FIRM, firm)):
                found[key] += amount
            if firm in self.related:
                found[Scope.GROUP, GROUP] += amount
            if held["bank"]:
                found[Scope.BANK, held["bank"]] += held["used"]
        weighed = sum((3 * fen + 2) // 4 if self.firms[firm] else fen for firm, fen in of_firm.items())
        found[Scope.FACILITY, self.guarantor] = weighed
        return found

    def cap(self, key: tuple[Scope, int]) -> int:
        return self.bank_caps[key[1]] if key[0] is Scope.BANK else self.caps[key[0]]

    def least(self, scope: Scope) -> int:
        return min(self.bank_caps.values()) if scope is Scope.BANK else self.caps[scope]

    def refused(self, wish: tuple, answer: LimitReached, before: dict, wishes: list[tuple]) -> None:
        """In words that a person can act upon, and only where what all at once asked for had no room."""
        facts, said = answer.facts, wording.sentence(answer)
        assert facts["asked"] > facts["free"] >= Fen(0)
        assert said.startswith(f"超过“{wording.name(facts['scope'])}”：本次需要 "), said
        assert wording.spoken(facts["free"]) in said, said
        asked = sum(w[1].line.fen if w[0] == "decide" else w[2] for w in wishes if w[0] in {"decide", "issue"})
        tight = [fen for key, fen in before.items() if key[0] is facts["scope"]]
        assert max([0, *tight]) + asked > self.least(facts["scope"])
        assert wish[0] != "end"
        assert (facts["scope"] is Scope.BANK) == (wish[0] == "issue")

    def holds(self) -> None:
        expected = {key: fen for key, fen in self.taken().items() if fen}
        assert [key for key, fen in expected.items() if fen > self.cap(key)] == []
        with writing(self.database) as session:
            passed = "SELECT count(*) FROM exposure_limit WHERE used + reserved > cap OR used < 0 OR reserved < 0"
            assert session.execute(text(passed)).scalar() == 0
            assert ledger.differences(session) == {}
            rows = session.execute(text("SELECT scope, owner_id, used + reserved FROM exposure_limit")).all()
        found = {(Scope(scope), owner): fen for scope, owner, fen in rows}
        found[Scope.FACILITY, self.guarantor] -= OTHERS * (NET_ASSETS // 10)
        ours = {(Scope.FIRM, firm) for firm in self.firms} | {(Scope.BANK, bank) for bank in BANKS}
        ours |= {
            (Scope.FACILITY, self.guarantor),
            (Scope.POOL, self.guarantor),
            (Scope.SECTOR, 33),
            (Scope.GROUP, GROUP),
        }
        assert {key: fen for key, fen in found.items() if key in ours and fen} == expected


@pytest.mark.parametrize("world", range(-(-ROUNDS // WORLD)))
def test_I03_thousands_of_rounds_at_once_pass_no_cap_and_the_books_agree(database, world):
    found = World(database, Random(world))
    with ThreadPoolExecutor(HANDS) as pool:
        for number in range(min(WORLD, ROUNDS - world * WORLD)):
            if number % SEASON == 0:
                found.begin()
            found.play(pool)
    assert all(found.answers[act] for act in ("decide", "issue", "end"))
    met = {
        scope for scope in (Scope.FIRM, Scope.BANK) if found.answers[scope]
    }  # which caps a few rounds come to is left to the race
    assert len(met) >= (2 if ROUNDS >= WORLD else 1)
    print(json.dumps(found.answers))  # noqa: T201  shown with -rP: what there was of each
