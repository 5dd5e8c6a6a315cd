"""A zone with two handlers on their seats, a firm that reports, its officer, two banks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from financing import desk as desks
from financing.access import SYSTEM, Role
from financing.conduct import cases, posts, reports
from financing.conduct.model import ConductCase, HandlerPost
from financing.conduct.reports import Told
from financing.conduct.rules import Practice, Seat
from financing.db import Database
from financing.money import Fen
from financing.outbox import Outgoing
from financing.people.model import User
from financing.sealing import Ring
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_user, at, writing
from web.jobs import work_off

MARKER = "机密标记八一七"


@dataclass
class Zone:
    database: Database
    uploads: Path
    firm: Any
    clerk: User
    signatory: User
    banks: list[Any]
    bank_admin: User
    banker: User
    officer: User
    leader: User
    second: User
    admins: list[User]
    chair: User
    auditor: User
    once: int = 0

    def report(
        self, who: User | None = None, *, when: datetime = NOW, files: tuple = (), once: str = "", **told: Any
    ) -> str:
        """A report as the page sends it; its code."""
        self.once += 1
        said = {
            "bank_id": self.banks[0].id,
            "practice": Practice.BUNDLED,
            "text": MARKER,
            "amount": Fen.wan(3),
            "on": TODAY,
        } | told
        with at(self.database, SYSTEM, when) as desk:
            actor = (who or self.clerk).actor
            return reports.report(
                desk, actor, Told(**said), once=once or f"form{self.once}", uploads=self.uploads, files=files
            )

    def a_week_on(self, days: int = 7) -> datetime:
        """The registration of whatever waits, some days later."""
        when = NOW + timedelta(days=days)
        with at(self.database, SYSTEM, when) as desk:
            keys = reports.pending(desk)
        for key in keys:
            with at(self.database, SYSTEM, when) as desk:
                reports.register(desk, key)
        work_off(self.database, when)
        return when

    def cases(self) -> list[ConductCase]:
        with at(self.database, SYSTEM, write=False) as desk:
            return desk.all(ConductCase, by=ConductCase.number)

    def handled(self, key: int, do: Any, who: User | None = None, *, when: datetime = NOW + timedelta(days=8)) -> Any:
        """Something a handler does with a case."""
        with at(self.database, (who or self.leader).actor, when) as desk:
            return do(desk, cases.held(desk, key))

    def looking(self, **told: Any) -> ConductCase:
        """A registered case that a handler has taken up."""
        self.report(**told)
        self.a_week_on()
        case = self.cases()[-1]
        self.handled(case.id, lambda desk, held: cases.look_into(desk, held, "先看合同"))
        return case

    def notices(self) -> list[dict[str, Any]]:
        with at(self.database, SYSTEM, write=False) as desk:
            return [row.payload for row in desk.all(Outgoing, Outgoing.kind == "notice", by=Outgoing.once)]


@pytest.fixture
def zone(database, tmp_path) -> Zone:
    database.ring = Ring(tmp_path / "sealing.key")
    with writing(database) as session:
        firm, banks = a_firm(session, name="绝密铜业有限公司"), [a_bank(session), a_bank(session)]
        officer, leader, second = (a_user(session, role) for role in (Role.OFFICER, Role.LEADER, Role.OFFICER))
        a_need(session, firm, officer_id=officer.id, officer_name=officer.name)
        zone = Zone(
            database, tmp_path / "uploads", firm, a_user(session, Role.CLERK, firm_id=firm.id, name="钱举报"),
            a_user(session, Role.SIGNATORY, firm_id=firm.id), banks, a_user(session, Role.BANK_ADMIN, bank_id=banks[0].id),
            a_user(session, Role.BANKER, bank_id=banks[0].id), officer, leader, second,
            [a_user(session, Role.ADMIN), a_user(session, Role.ADMIN)], a_user(session, Role.CHAIR), a_user(session, Role.AUDITOR),
        )  # fmt: skip
    for seat, user in ((Seat.LEADING, zone.leader), (Seat.SECOND, zone.second)):
        seated(zone, seat, user)
    return zone


def seated(zone: Zone, seat: Seat, user: User | None, since: Any = TODAY, when: datetime = NOW) -> None:
    """Proposed by one administrator, confirmed by the other."""
    with at(zone.database, zone.admins[0].actor, when) as desk:
        key = posts.propose(desk, seat, user, since).id
    with at(zone.database, zone.admins[1].actor, when) as desk:
        posts.adopt(desk, desk.get(HandlerPost, key))


__all__ = ["MARKER", "Zone", "desks", "seated"]
