"""Passing on (转送): after a refusal the firm hands the same dossier to another bank in one action, under a consent of its own (F57)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from financing import parameters
from financing.acts import Act
from financing.answer_refusals import NothingToPassOn
from financing.desk import Desk
from financing.matching import service
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import ALWAYS, REFUSED, MatchState, Part
from financing.needs.model import Need

#: From where a way to another bank may begin.
OPEN = (MatchState.PROPOSED, MatchState.CONSENTED, MatchState.WITHDRAWN, MatchState.SILENT)


def may_pass_on(desk: Desk, match: Match) -> bool:
    """Whether another bank that had the dossier has refused, was silent or was left, and this one may have it."""
    refused = desk.all(
        Match,
        Match.need_id == match.need_id,
        Match.id != match.id,
        Match.state.in_(REFUSED),
        Match.sent_on.is_not(None),
    )
    return match.state in OPEN and bool(refused) and desk.find(Dossier, Dossier.need_id == match.need_id) is not None


def usual(desk: Desk, need_id: int) -> tuple[Part, ...]:
    """What the firm let the last bank see, to begin with."""
    given = desk.all(Consent, Consent.need_id == need_id, by=Consent.valid_from.desc())
    return tuple(part for part in Part if given and (part.value in given[0].scope or part in ALWAYS))


def pass_on(desk: Desk, match: Match, *, scope: Iterable[Part], days: int, zone: str) -> Consent:
    """Let this bank read and send it the dossier as it was frozen, both or neither; NothingToPassOn before a refusal."""
    service.lock(desk, match)
    if not may_pass_on(desk, match):
        raise NothingToPassOn
    consent = service.grant(desk, match, scope=scope, days=days, zone=zone)
    due = desk.today + timedelta(days=parameters.figure("bank_answer_days", desk.today).value)
    match.sent_on, match.due_on = desk.today, due
    dossier = desk.all(Dossier, Dossier.need_id == match.need_id)[0]
    desk.take(Act.PASS_ON, match, dossier=dossier.id, consent=consent.number, due=due)
    number = desk.get(Need, match.need_id).number
    for who, to in {"bank": match.bank_id, "role": "officer"}.items():
        once = f"passed_on:{match.id}:{consent.id}:{who}"
        desk.later("notice", once, to={who: to}, code=Act.PASS_ON.value, subject=match.need_id, number=number)
    return consent
