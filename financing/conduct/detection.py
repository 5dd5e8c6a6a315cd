"""What the platform notices by itself (F60): a bank that again and again puts an item into offers that no bank may ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from financing import desk as desks
from financing import parameters
from financing.access import SYSTEM, Actor
from financing.acts import Act
from financing.answer_refusals import ForbiddenItem
from financing.conduct import service
from financing.conduct.model import ConductCase, ForbiddenTry
from financing.conduct.rules import OPEN, Practice, Source, practice_of
from financing.db import Database
from financing.desk import Desk
from financing.refusals import Refusal


def heed(database: Database, actor: Actor, now: datetime, refusal: Refusal) -> None:
    """An offer was refused for a forbidden item: that it was tried is on record, the offer itself is not."""
    if isinstance(refusal, ForbiddenItem) and actor.bank_id is not None:
        with desks.opened(database, SYSTEM, now) as desk:
            note(desk, actor.bank_id, str(refusal.facts["rule"]))


def note(desk: Desk, bank_id: int, rule: str) -> ConductCase | None:
    """Count the try; at the set number within the set days a case is opened, one at a time for a bank and practice."""
    practice = practice_of(rule)
    row = desk.add(ForbiddenTry(bank_id=bank_id, practice=practice, rule=rule, day=desk.today))
    desk.session.flush()
    desk.note(Act.NOTE_TRY, row, rule=rule)
    most, days = (parameters.figure(key, desk.today).value for key in ("forbidden_tries", "forbidden_tries_days"))
    since = desk.today - timedelta(days=days)
    where = (ForbiddenTry.bank_id == bank_id, ForbiddenTry.practice == practice, ForbiddenTry.day > since)
    tries = desk.session.scalar(select(func.count()).select_from(ForbiddenTry).where(*where)) or 0
    if tries < most or _open(desk, bank_id, practice):
        return None
    facts = {"tries": tries, "days": days, "rule": rule}
    return service.open_case(desk, bank_id=bank_id, practice=practice, source=Source.DETECTION, facts=facts)


def _open(desk: Desk, bank_id: int, practice: Practice) -> bool:
    here = (ConductCase.against_id == bank_id, ConductCase.practice == practice, ConductCase.source == Source.DETECTION)
    return desk.session.scalar(select(ConductCase.id).where(*here, ConductCase.state.in_(OPEN))) is not None


desks.AFTERMATH.append(heed)
