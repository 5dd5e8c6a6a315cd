"""Asking the branch head to release (请求放行): one request a need at a time, answered by a release or returned with a reason.

The bank's clock goes on meanwhile: who may bind a bank is its own matter, and the firm does not wait for it.
"""

from __future__ import annotations

from sqlalchemy import select

from financing import desk as desks
from financing.access import Role
from financing.acts import Act
from financing.answer_refusals import NoHead, ReleaseAsked, WithinRight
from financing.bank_refusals import NotTheHead
from financing.desk import Desk
from financing.journal import Private
from financing.matching import release
from financing.matching.model import Dossier, Match
from financing.matching.service import effective
from financing.money import Fen
from financing.needs.model import Need
from financing.offers.ask_rules import ENDING
from financing.offers.release_model import ReleaseRequest
from financing.offers.release_rules import ReleaseState
from financing.parties import rights
from financing.people.model import User
from financing.refusals import NotFound, WrongState


def ask(desk: Desk, match: Match) -> ReleaseRequest:
    """Put the whole amount of the need before the head; ReleaseAsked while a request waits, NoHead where nobody could release it."""
    _locked(desk, match)
    if Act.MAKE_OFFER not in match.flow.acts_from(match.state) or effective(desk, match) is None:
        raise WrongState(state=match.state, act=Act.ASK_RELEASE)
    if waits := waiting_for(desk, match):
        raise ReleaseAsked(on=waits.asked_at.astimezone(desks.BEIJING).date(), who=waits.asked_by_name)
    amount = wanted(desk, match)
    if release.reaches(desk, match, amount):
        raise WithinRight
    heads = _at_work(desk, rights.heads_up_to(desk, amount))
    if not heads:
        raise NoHead(most=amount)
    own = rights.of(desk, desk.actor.id)
    asked = ReleaseRequest(
        match_id=match.id, need_id=match.need_id, bank_id=match.bank_id, amount=amount, own_most=own.most if own else None,
        asked_at=desk.now, asked_by=desk.actor.id, asked_by_name=desk.actor.name,
    )  # fmt: skip
    desk.add(asked)
    desk.session.flush()
    desk.note(Act.ASK_RELEASE, asked, match=match.id, amount=amount, own_most=asked.own_most)
    for head in heads:
        _tell(desk, asked, Act.ASK_RELEASE, head)
    return asked


def give_back(desk: Desk, match: Match, why: str) -> None:
    """Return the request that waits, with a reason (退回); NotTheHead for anybody else."""
    _locked(desk, match)
    if not rights.heads(desk):
        raise NotTheHead
    asked = waiting_for(desk, match)
    if asked is None:
        raise NotFound(kind=ReleaseRequest.__name__)
    asked.ended_at, asked.answered_by_name, asked.why = desk.now, desk.actor.name, why
    desk.take(Act.RETURN_RELEASE, asked, why=Private(why))
    _tell(desk, asked, Act.RETURN_RELEASE, asked.asked_by)


def wanted(desk: Desk, match: Match) -> Fen:
    """The most that any bank may offer on this need."""
    dossier = desk.all(Dossier, Dossier.need_id == match.need_id)[0]
    return min(dossier.amount, dossier.line)


def waiting_for(desk: Desk, match: Match) -> ReleaseRequest | None:
    """The request that waits for the head now, if one does."""
    return desk.find(ReleaseRequest, ReleaseRequest.match_id == match.id, ReleaseRequest.state == ReleaseState.OPEN)


def last(desk: Desk, match: Match) -> ReleaseRequest | None:
    """The newest request on this need, whatever became of it."""
    asked = desk.all(ReleaseRequest, ReleaseRequest.match_id == match.id, by=ReleaseRequest.asked_at.desc())
    return asked[0] if asked else None


def may_ask(desk: Desk, match: Match) -> bool:
    """Whether the need lies beyond what this officer may offer, and nobody has asked for it yet."""
    open_ = Act.MAKE_OFFER in match.flow.acts_from(match.state) and waiting_for(desk, match) is None
    return open_ and not release.reaches(desk, match, wanted(desk, match))


def waiting(desk: Desk) -> list[int]:
    """Every request that waits."""
    return [asked.id for asked in desk.all(ReleaseRequest, ReleaseRequest.state == ReleaseState.OPEN)]


def look_at(desk: Desk, key: int) -> int:
    """A request whose consent has run out is over. How many ended."""
    asked = desk.get(ReleaseRequest, key)
    match = desk.session.get_one(Match, asked.match_id)
    _locked(desk, match)
    desk.session.refresh(asked)
    if asked.state is not ReleaseState.OPEN or effective(desk, match) is not None:
        return 0
    asked.ended_at = desk.now
    desk.take(Act.LAPSE_RELEASE, asked)
    _tell(desk, asked, Act.LAPSE_RELEASE, asked.asked_by)
    return 1


def end_with(desk: Desk) -> None:
    """A release answers the request that waits; what ends the bank's way ends it: both in the same transaction."""
    for line in [line for line in desk.lines if line.act in (Act.RELEASE_OFFER, *ENDING) and line.kind == "Match"]:
        here = (ReleaseRequest.match_id == line.subject_id, ReleaseRequest.state == ReleaseState.OPEN)
        for asked in desk.session.scalars(select(ReleaseRequest).where(*here)).all():
            asked.ended_at = desk.now
            if line.act is Act.RELEASE_OFFER:
                asked.answered_by_name = desk.actor.name
            desk.follow(line.act, asked)
            if line.act is Act.RELEASE_OFFER:
                _tell(desk, asked, Act.RELEASE_OFFER, asked.asked_by)
        desk.session.flush()


def _at_work(desk: Desk, people: list[int]) -> list[int]:
    """Those whose account is open still: a request to nobody would wait for ever."""
    open_ = select(User.id).where(User.id.in_(people), User.active.is_(True), User.role == Role.BANKER)
    return list(desk.session.scalars(open_.order_by(User.id)))


def _locked(desk: Desk, match: Match) -> None:
    """The need first, as every answer does, then the match: asking, releasing and answering come one after the other."""
    desk.session.refresh(desk.session.get_one(Need, match.need_id), with_for_update=True)
    desk.session.refresh(match)


def _tell(desk: Desk, asked: ReleaseRequest, act: Act, user: int) -> None:
    number = desk.session.get_one(Need, asked.need_id).number
    desk.later(
        "notice",
        f"{act.value}:{asked.id}:{user}",
        to={"user": user},
        code=act.value,
        subject=asked.need_id,
        number=number,
    )


desks.CONSEQUENCES.append(end_with)
