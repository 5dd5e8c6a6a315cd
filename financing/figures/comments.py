"""A bank's right to comment (说明权, F76): its head writes beside its own row of a period, version by version, and nothing is taken back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func

from financing.access import BANK, Role, require
from financing.acts import Act
from financing.bank_refusals import NotTheHead
from financing.desk import Desk
from financing.figures.comment_model import ScoreComment
from financing.figures.views import READERS
from financing.journal import Private
from financing.parties import rights
from financing.parties.model import Bank
from financing.refusals import NotFound, OutOfRange


def may_write(desk: Desk, bank_id: int) -> bool:
    """The bank's administrator, and its branch head."""
    own = desk.actor.bank_id == bank_id
    return own and (desk.actor.role is Role.BANK_ADMIN or (desk.actor.role is Role.BANKER and rights.heads(desk)))


def write(desk: Desk, bank: Bank, since: date, until: date, *, says: str) -> ScoreComment:
    """Put the next version beside the bank's row of a period that has begun; NotTheHead for other officers."""
    require(desk.actor, Act.COMMENT_SCORE, bank)
    if not may_write(desk, bank.id):
        raise NotTheHead
    if not since <= until <= desk.today:
        raise OutOfRange(field="until", least=since, most=desk.today)
    desk.session.refresh(bank, with_for_update=True)  # one version at a time
    last = desk.select(ScoreComment).with_only_columns(func.max(ScoreComment.number))
    same = (ScoreComment.bank_id == bank.id, ScoreComment.since == since, ScoreComment.until == until)
    number = 1 + (desk.session.scalar(last.where(*same)) or 0)
    made = desk.add(
        ScoreComment(bank_id=bank.id, since=since, until=until, number=number, says=says, at=desk.now, by=desk.actor.id,
                     by_name=desk.actor.name)
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.COMMENT_SCORE, made, since=since, until=until, version=number, says=Private(says))
    return made


def beside(desk: Desk, bank_id: int, since: date, until: date) -> list[ScoreComment]:
    """Every version of a bank's comment on a period, the latest first; NotFound where its row is not shown either."""
    own = desk.actor.role in BANK and desk.actor.bank_id == bank_id
    if not own and desk.actor.role not in READERS:
        raise NotFound(kind="figures")
    return _of(desk, since, until, ScoreComment.bank_id == bank_id)


def latest(desk: Desk, since: date, until: date) -> dict[int, ScoreComment]:
    """The version that counts of each bank's comment on a period."""
    return {one.bank_id: one for one in reversed(_of(desk, since, until))}


def _of(desk: Desk, since: date, until: date, *where: object) -> list[ScoreComment]:
    period = (ScoreComment.since == since, ScoreComment.until == until)
    return desk.all(ScoreComment, *period, *where, by=ScoreComment.number.desc())
