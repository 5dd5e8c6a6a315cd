"""Carrying a need along its road on stage, each step as the person whose step it is; nothing here bypasses a rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from financing import desk, wording
from financing.access import SYSTEM, Actor, Role
from financing.case_refusals import NoMatch, NoTable, NotEligible
from financing.clocks import promises
from financing.credit import service as credit
from financing.credit.model import Assessment
from financing.db import Database
from financing.desk import BEIJING, Desk
from financing.forums import service as forums
from financing.forums.model import ForumSession
from financing.guarantees import agenda, meetings
from financing.guarantees import service as guarantees
from financing.guarantees.interest_rules import Ground, Interest
from financing.guarantees.interests import declare as declare_interests
from financing.guarantees.interests import declared
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import Vote
from financing.letters import papers as letters
from financing.matching import service as matching
from financing.matching.model import Match
from financing.matching.rules import Part
from financing.matching.snapshot import Zone
from financing.money import Fen
from financing.needs import service as needs
from financing.needs.model import Need
from financing.papers import service as papers
from financing.papers import store
from financing.papers.model import Paper
from financing.papers.rules import PaperKind
from financing.parties import service as parties
from financing.parties import stated
from financing.parties.model import Firm
from financing.parties.rules import FirmState
from financing.people.model import User
from scoring.sizes import Size
from web.stage import agreeing
from web.stage.books import XLSX, invoice_book, statement_book
from web.stage.cast import HELPER, NOBODY, Cast

#: How far above the admission line the staged committee asks for no condition.
COMFORT = 10
#: Stands where a rehearsal's workbook says nothing of a firm's age.
FOUNDED = date(2016, 1, 1)
#: What registers and visits show of a firm without any mark against it.
CLEAR: dict[str, object] = {
    **dict.fromkeys(("dishonest_records", "spending_bans", "overdue_loans", "major_accidents", "enforcement_ratio"), 0),
    **dict.fromkeys(
        ("seriously_unlawful", "abnormal_operation", "tax_arrears", "tax_evasion", "controller_prosecuted", "restricted_industry",
         "wage_dispute", "loan_diverted", "not_operating", "false_material", "government_platform"), False),
    "tax_grade": "M",
    "environment_grade": "blue",
    "loan_class": "normal",
}  # fmt: skip
#: What one of the members on stage declares; it ties them to no firm there.
EMPLOYER = Interest(Ground.EMPLOYER, "示范会计师事务所", until=date(2025, 6, 28), note="项目经理")
PDF = "application/pdf"
MEETING_ROOM = "投资担保公司二楼评审室"


@dataclass(frozen=True, slots=True)
class Stage:
    """A database, the people, the zone as papers name it, and the moment at which papers are made."""

    database: Database
    cast: Cast
    zone: Zone
    now: datetime
    uploads: Path | None = None

    def desk(self, actor: Actor, now: datetime) -> AbstractContextManager[Desk]:
        return desk.opened(self.database, actor, now)

    def register(self, now: datetime, facts: dict[str, Any], login: str, password_hash: str = NOBODY) -> Actor:
        """A firm with its signatory; the actor who signs for it from now on."""
        with self.desk(SYSTEM, now) as here:
            firm = parties.register(here, **facts)
            user = User(
                login=login, name=facts["representative"], role=Role.SIGNATORY, password_hash=password_hash,
                joined_at=now, firm_id=firm.id,
            )  # fmt: skip
            here.add(user)
        return user.actor

    def enter(self, now: datetime, code: str, name: str, login: str, given: Mapping[str, Any] | None = None) -> Actor:
        """A firm as rehearsals have it: confirmed, known by its name and what the workbook gives; small unless it says."""
        facts: dict[str, Any] = {
            "industry": "",
            "park": "—",
            "founded_on": FOUNDED,
            "representative": "—",
            "size": Size.SMALL.value,
        } | dict(given or {})
        with self.desk(SYSTEM, now) as here:
            known = {"address": "—", "contact": "—", "phone": "—", "state": FirmState.CONFIRMED, **facts}
            firm = here.add(Firm(code=code, name=name, registered_at=now, **known))
            here.session.flush()
            user = here.add(
                User(login=login, name=name, role=Role.SIGNATORY, password_hash=NOBODY, joined_at=now, firm_id=firm.id)
            )
        return user.actor

    def keep_invoices(self, now: datetime, firm: Actor, book: str, frame: pl.DataFrame) -> None:
        """Hand a firm's invoices in."""
        with self.desk(firm, now) as here:
            owner = here.get(Firm, firm.firm_id or 0)
            content = (
                invoice_book(owner.code, owner.name, frame) if self.uploads else f"{owner.code}{frame.height}".encode()
            )
            papers.keep_invoices(here, self.paper(here, owner, PaperKind.INVOICES, book, content), frame)

    def keep_statements(self, now: datetime, firm: Actor, years: Mapping[int, Mapping[str, int]]) -> None:
        """Hand a firm's statements in."""
        with self.desk(firm, now) as here:
            owner = here.get(Firm, firm.firm_id or 0)
            content = statement_book(years) if self.uploads else f"{owner.code}{max(years)}".encode()
            paper = self.paper(here, owner, PaperKind.STATEMENTS, f"财务报表{max(years)}.xlsx", content)
            amounts = {year: {line: Fen(fen) for line, fen in lines.items()} for year, lines in years.items()}
            papers.keep_statements(here, paper, amounts)

    def paper(self, here: Desk, owner: Firm, kind: PaperKind, name: str, content: bytes, media: str = XLSX) -> Paper:
        """A paper with its file behind it; in a rehearsal nobody downloads, and there is none."""
        digest = hashlib.sha256(content).hexdigest()
        facts: dict[str, Any] = {"kind": kind, "name": name, "media": media, "size": len(content), "sha256": digest}
        if self.uploads is None:
            return papers.add(here, owner, **facts, stored=digest)
        with store.keeping(self.uploads, content) as kept:
            return papers.add(here, owner, **facts, stored=kept.stored)

    def record(self, now: datetime, firm: Actor, facts: Mapping[str, object]) -> None:
        """What the officer found in registers and on site, once the firm has agreed to what of it rests on credit reports."""
        agreeing.for_facts(self, now, firm, facts)
        with self.desk(self.cast.officer, now) as here:
            stated.record(here, here.get(Firm, firm.firm_id or 0), facts, as_of=here.today)

    def confirm(self, now: datetime, firms: Iterable[Actor]) -> None:
        with self.desk(self.cast.officer, now) as here:
            for firm in firms:
                parties.confirm(here, here.get(Firm, firm.firm_id or 0))

    def ask(self, now: datetime, firm: Actor, **terms: Any) -> int:
        """Draft a need and hand it in; its id."""
        with self.desk(firm, now) as here:
            need = needs.draft(here, here.get(Firm, firm.firm_id or 0), **terms)
            needs.submit(here, need, promises=True)
        return need.id

    def draft(self, now: datetime, firm: Actor, **terms: Any) -> int:
        """A need begun and not handed in."""
        with self.desk(firm, now) as here:
            return needs.draft(here, here.get(Firm, firm.firm_id or 0), **terms).id

    def state(self, now: datetime, firm: Actor, facts: Mapping[str, object]) -> None:
        """What the firm says of itself and what the officer found, each written down by who may write it."""
        with self.desk(firm, now) as here:
            own = {name: value for name, value in facts.items() if name in stated.DECLARED}
            stated.declare(here, here.get(Firm, firm.firm_id or 0), own)
        self.record(now, firm, CLEAR | {name: value for name, value in facts.items() if name in stated.RECORDED})

    def assess(self, now: datetime, need_id: int) -> Assessment:
        """Accept a need, take in what its firm promised, and score it."""
        with self.desk(self.cast.officer, now) as here:
            needs.accept(here, here.get(Need, need_id))
        self.supply(now, need_id)
        with self.desk(self.cast.officer, now) as here:
            return credit.assess(here, here.get(Need, need_id))

    def supply(self, now: datetime, need_id: int) -> None:
        """Hand in what was promised, as an officer takes it in at the counter."""
        with self.desk(self.cast.officer, now) as here:
            for one in promises.open_of(here, need_id):
                owner, name = here.get(Firm, one.firm_id), f"{wording.name(one.kind)}.pdf"
                self.paper(here, owner, one.kind, name, f"%PDF-1.4 {owner.code} {one.kind}".encode(), PDF)

    def open_case(self, now: datetime, need_id: int) -> int | NotEligible:
        """Open the guarantee case, or the refusal with the gates that failed."""
        try:
            with self.desk(self.cast.officer, now) as here:
                return guarantees.open_case(
                    here, here.get(Need, need_id), opinion="材料齐全，准入条件逐项核对，建议上会评审。"
                ).id
        except NotEligible as refusal:
            return refusal

    def refuse(self, now: datetime, need_id: int) -> None:
        """End a need that misses a gate."""
        with self.desk(self.cast.officer, now) as here:
            letters.refuse(here, here.get(Need, need_id), HELPER)

    def decide(self, now: datetime, day: date, cases: Sequence[int]) -> None:
        """One meeting that follows the rules: every member has declared, votes on every case, the chair seals by the count."""
        self.declare(now)
        with self.desk(self.cast.officer, now) as here:
            meeting = meetings.call_meeting(
                here, day=day, place=MEETING_ROOM, members=[m.id for m in self.cast.committee]
            )
            for case in cases:
                guarantees.table(here, here.get(GuaranteeCase, case), meeting)
        with self.desk(self.cast.chair, now) as here:
            meetings.open_meeting(here, here.get(Meeting, meeting.id), "材料尚未齐备")
        for member in self.cast.committee:
            with self.desk(member, now) as here:
                for case in cases:
                    self._vote(here, here.get(GuaranteeCase, case))
        with self.desk(self.cast.chair, now) as here:
            for one in agenda.tabled(here, meeting.id):
                guarantees.seal(here, here.get(GuaranteeCase, one.case_id))
            meetings.close_meeting(here, here.get(Meeting, meeting.id))

    def declare(self, now: datetime) -> None:
        """Every member declares their interests for the year, unless they have."""
        for number, member in enumerate(self.cast.committee):
            with self.desk(member, now) as here:
                if not declared(here, member.id):
                    lines = [EMPLOYER] if number == 1 else []
                    declare_interests(here, year=here.today.year, lines=lines, nothing=not lines)

    def _vote(self, here: Desk, case: GuaranteeCase) -> None:
        sheet = here.get(Assessment, case.assessment_id)
        comfortable = sheet.total >= int(sheet.sheet["line"]) + COMFORT
        if comfortable:
            guarantees.cast(here, case, Vote.FOR, opinion="经营持续，得分高于准入线较多，同意。")
        else:
            guarantees.cast(here, case, Vote.CONDITIONAL, opinion="放款前补充最近三个月的开票或流水。")

    def call(self, now: datetime, day: date, cases: Sequence[int]) -> int:
        """Call a meeting and put cases on its agenda; its id."""
        self.declare(now)
        with self.desk(self.cast.officer, now) as here:
            meeting = meetings.call_meeting(
                here, day=day, place=MEETING_ROOM, members=[m.id for m in self.cast.committee]
            )
            for case in cases:
                guarantees.table(here, here.get(GuaranteeCase, case), meeting)
        return meeting.id

    def match(self, now: datetime, need_id: int) -> list[int] | NoMatch:
        """Propose the need to every bank that fits; the matches' ids, or why none fits."""
        try:
            with self.desk(self.cast.officer, now) as here:
                return [match.id for match in matching.propose(here, here.get(Need, need_id))]
        except NoMatch as refusal:
            return refusal

    def consent(self, now: datetime, firm: Actor, matches: Iterable[int]) -> None:
        """Let every proposed bank read everything, the best fit first."""
        with self.desk(firm, now) as here:
            proposed = [here.get(Match, match) for match in matches]
            for match in sorted(proposed, key=lambda each: (-each.fit, self.cast.banks[each.bank_id])):
                matching.grant(here, match, scope=set(Part), zone=self.zone.name)

    def send(self, now: datetime, need_id: int) -> int:
        with self.desk(self.cast.officer, now) as here:
            return matching.send(here, here.get(Need, need_id), zone=self.zone).id

    def plan_session(
        self, now: datetime, day: date, title: str, rounds: int, place: str = "经开区会展中心一楼多功能厅"
    ) -> int:
        """Plan a session with every bank and seat whoever consented to one, if anybody did; its id."""
        with self.desk(self.cast.officer, now) as here:
            session = forums.plan(
                here,
                title=title,
                day=day,
                place=place,
                starts="09:00",
                rounds=rounds,
                minutes=20,
                banks=list(self.cast.banks),
            )
        with suppress(NoTable), self.desk(self.cast.officer, now) as here:
            forums.seat(here, here.get(ForumSession, session.id))
        return session.id


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Beijing."""
    return datetime.combine(day, time(hour, minute), tzinfo=BEIJING)


def before(day: date, days: int) -> date:
    return day - timedelta(days=days)
