"""Adopting a scorecard (评分表采纳): drafted, replayed and proposed by one person, adopted by a vote that another one records."""

from __future__ import annotations

from datetime import date, timedelta

from financing.access import Role
from financing.acts import Act
from financing.case_refusals import CardDayTaken, CardInForce, CardNotCarried, CardTooEarly
from financing.credit import laboratory, register
from financing.credit.model import CardVersion
from financing.credit.rules import COUNTING, CardName, carried
from financing.desk import Desk
from financing.journal import Private
from financing.parameters import figure
from financing.parties.identity import passage


def draft(desk: Desk, name: CardName, raw: bytes, file: str) -> CardVersion:
    """Keep a card's file as a draft, byte for byte; it counts for nothing until it is adopted."""
    card = register.checked(raw, name, file)
    _ahead(desk, card.since)
    version = desk.add(
        CardVersion(
            name=name, since=card.since, title=card.title, basis=card.basis, document=raw.decode(), digest=card.digest,
            drafted_by=desk.actor.id, drafter=desk.actor.name, drafted_at=desk.now,
        )
    )  # fmt: skip
    desk.note(Act.DRAFT_CARD, version, card=name, since=card.since, digest=card.digest, basis=Private(card.basis))
    return version


def propose(desk: Desk, version: CardVersion) -> None:
    """Put a draft before the committee with what the replay comes to today; the committee is told."""
    _ahead(desk, version.since)
    _free(desk, version)
    seen = laboratory.now(desk, version)
    desk.take(Act.PROPOSE_CARD, version, **_said(version, seen.figures))
    version.proposed_by, version.proposer, version.proposed_at = desk.actor.id, desk.actor.name, desk.now
    _keep(version, seen)
    for role in (Role.CHAIR, Role.MEMBER):
        told = {"to": {"role": role.value}, "code": Act.PROPOSE_CARD.value, "subject": version.id, "number": ""}
        desk.later("notice", f"card:{version.id}:{role.value}", **told)


def adopt(desk: Desk, version: CardVersion, *, in_favour: int, opposed: int, abstained: int) -> None:
    """Record the committee's vote that adopts a card from its day on; never for a day that has begun (F09).

    The replay is made again on this day's scores and sealed with the card.
    """
    _ahead(desk, version.since)
    _free(desk, version)
    cast = in_favour + opposed + abstained
    if not carried(in_favour, cast, desk.today):
        raise CardNotCarried(least=figure("card_votes", desk.today).value)
    votes, seen = [in_favour, opposed, abstained], laboratory.now(desk, version)
    desk.take(Act.ADOPT_CARD, version, votes=votes, **_said(version, seen.figures))
    version.adopted_by, version.adopter, version.votes = desk.actor.id, desk.actor.name, votes
    version.adopted_at, version.adopted_on = desk.now, desk.today
    _keep(version, seen)


def drop(desk: Desk, version: CardVersion) -> None:
    """End a draft or a proposal that is not adopted; it stays on record."""
    desk.take(Act.DROP_CARD, version, digest=version.digest)


def recall(desk: Desk, version: CardVersion, reason: str) -> None:
    """Ask for an adopted card back before its day; without a second person it takes effect all the same."""
    _not_begun(desk, version)
    reason = passage(reason, "reason")
    desk.take(Act.RECALL_CARD, version, digest=version.digest, reason=Private(reason))
    version.recalled_by, version.recaller, version.recalled_for = desk.actor.id, desk.actor.name, reason


def withdraw(desk: Desk, version: CardVersion) -> None:
    """Confirm that a card asked back does not take effect."""
    _not_begun(desk, version)
    desk.take(Act.WITHDRAW_CARD, version, digest=version.digest, reason=Private(version.recalled_for))
    version.withdrawn_by, version.withdrawer, version.withdrawn_on = desk.actor.id, desk.actor.name, desk.today


def _ahead(desk: Desk, since: date) -> None:
    """A day that has begun already has needs of its own card; the first free one is tomorrow."""
    if since <= desk.today:
        raise CardTooEarly(since=since, least=desk.today + timedelta(days=1), field="file")


def _not_begun(desk: Desk, version: CardVersion) -> None:
    if version.since <= desk.today:
        raise CardInForce(since=version.since)


def _free(desk: Desk, version: CardVersion) -> None:
    same_day = (CardVersion.name == version.name, CardVersion.since == version.since)
    if desk.find(CardVersion, *same_day, CardVersion.state.in_(COUNTING), CardVersion.id != version.id):
        raise CardDayTaken(since=version.since)


def _said(version: CardVersion, figures: laboratory.Figures) -> dict[str, object]:
    """What the journal says of the card: which document, resting on what, and what the replay came to."""
    return {"digest": version.digest, "basis": Private(version.basis), "since": version.since, "replay": figures}


def _keep(version: CardVersion, seen: laboratory.Trial) -> None:
    version.against, version.portfolio, version.figures = seen.replay.old.digest, list(seen.portfolio), seen.figures
