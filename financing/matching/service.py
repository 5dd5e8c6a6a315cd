"""What people do on a need's way to the banks: propose, consent, withdraw, send the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from financing import parameters
from financing.acts import Act
from financing.case_refusals import NoConsent, NoMatch, NotAPeriod
from financing.desk import Desk
from financing.matching import consent_text, freeze, shelf, teasers
from financing.matching.consent_text import Slots
from financing.matching.model import Consent, Dossier, Match
from financing.matching.rules import (
    ALWAYS,
    CONSENT_DAYS,
    LONGEST_CONSENT,
    Consented,
    MatchState,
    Part,
)
from financing.matching.snapshot import Zone
from financing.needs.model import Need
from financing.needs.rules import OPEN
from financing.numbers import Series, take_number
from financing.parties.model import Bank, Firm
from financing.refusals import WrongState
from financing.signed_text import Text


def propose(desk: Desk, need: Need) -> list[Match]:
    """Propose the need to the best product of every fitting bank; NoMatch names the limits that excluded them all.

    Proposing again brings in new banks and refreshes what no firm has answered yet.
    """
    lock(desk, need)
    desk.take(Act.PROPOSE_MATCH, need)
    if not (found := shelf.fits(desk, need)):
        raise NoMatch(reasons={limit for product in shelf.excluded(desk, need) for limit in product.limits})
    return propose_to(desk, need, found)


def propose_to(desk: Desk, need: Need, found: Iterable[shelf.Fit], zone: teasers.Zone | None = None) -> list[Match]:
    """Matches of the need with these banks, new or brought up to date; the act has been taken. `zone` where it is known."""
    known = {match.bank_id: match for match in desk.all(Match, Match.need_id == need.id)}
    return [_proposed(desk, need, fit, known.get(fit.bank_id), zone) for fit in found]


def draft(desk: Desk, match: Match, *, scope: Iterable[Part], days: int, zone: str) -> Text:
    """The words the firm is asked to agree to, every blank filled in."""
    firm, need, bank = desk.get(Firm, match.firm_id), desk.get(Need, match.need_id), desk.get(Bank, match.bank_id)
    return consent_text.text(
        Slots(
            firm=firm.name,
            code=firm.code,
            representative=firm.representative,
            zone=zone,
            bank=bank.name,
            need=need.number,
            amount=f"{Decimal(need.amount.fen) / 100:,.2f} 元",
            months=need.months,
            parts=consent_text.held(ALWAYS | set(scope)),
            days=days,
        )
    )


def grant(desk: Desk, match: Match, *, scope: Iterable[Part], days: int = CONSENT_DAYS, zone: str) -> Consent:
    """Let this one bank read these parts for so many days (授权); a newer consent replaces the former one."""
    if not 1 <= days <= LONGEST_CONSENT:
        raise NotAPeriod(most=LONGEST_CONSENT)
    lock(desk, match)
    _still_wanted(desk, match)
    parts = ALWAYS | set(scope)
    text = draft(desk, match, scope=parts, days=days, zone=zone)
    _end(desk, match)
    consent = desk.add(
        Consent(
            number=take_number(desk.session, Series.CONSENT, desk.today.year),
            firm_id=match.firm_id,
            need_id=match.need_id,
            bank_id=match.bank_id,
            scope=[part.value for part in Part if part in parts],
            purpose=Consented.FINANCING,
            text_version=text.version,
            text_hash=text.sha256,
            granted_by=desk.actor.id,
            valid_from=desk.now,
            valid_until=desk.now + timedelta(days=days),
        )
    )
    facts = {"consent": consent.number, "scope": consent.scope, "days": days, "text": text.sha256}
    desk.take(Act.GRANT_CONSENT, match, **facts)
    _tell(desk, match, f"consent:{consent.id}", Act.GRANT_CONSENT, role="officer")
    return consent


def withdraw(desk: Desk, match: Match) -> None:
    """Take the consent back; the bank's very next request finds nothing (I-10)."""
    lock(desk, match)
    if not _end(desk, match):
        raise WrongState(state=match.state, act=Act.WITHDRAW_CONSENT)
    desk.take(Act.WITHDRAW_CONSENT, match)
    _tell(desk, match, f"withdrawn:{match.id}:{desk.now.isoformat()}", Act.WITHDRAW_CONSENT, bank=match.bank_id)


def send(desk: Desk, need: Need, *, zone: Zone) -> Dossier:
    """Send the dossier to every bank with an effective consent; the first sending freezes it. NoConsent when there is none."""
    lock(desk, need)
    waiting = desk.all(Match, Match.need_id == need.id, Match.state == MatchState.CONSENTED)
    given = [(match, consent) for match in waiting if (consent := effective(desk, match))]
    ready = sorted(given, key=lambda each: each[1].number)
    if not ready:
        raise NoConsent
    due = desk.today + timedelta(days=parameters.figure("bank_answer_days", desk.today).value)
    dossier = desk.find(Dossier, Dossier.need_id == need.id) or freeze.frozen(desk, need, ready[0][1], due, zone)
    for match, consent in ready:
        match.sent_on, match.due_on = desk.today, due
        desk.take(Act.SEND_DOSSIER, match, dossier=dossier.id, consent=consent.number, due=due)
        _tell(desk, match, f"sent:{match.id}:{consent.id}", Act.SEND_DOSSIER, bank=match.bank_id)
    desk.follow(Act.SEND_DOSSIER, need, dossier=dossier.id, digest=dossier.digest)
    return dossier


def effective(desk: Desk, match: Match) -> Consent | None:
    """The consent under which the bank may read now, if there is one."""
    return desk.find(
        Consent,
        Consent.need_id == match.need_id,
        Consent.bank_id == match.bank_id,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= desk.now,
        Consent.valid_until > desk.now,
    )


def drop(desk: Desk, need: Need, act: Act = Act.WITHDRAW_NEED) -> None:
    """The need has ended at this desk by this act: every consent ends with it, and no bank reads on."""
    for match in desk.all(Match, Match.need_id == need.id):
        _end(desk, match)
        if (match.state, act) in match.flow.follows:
            desk.follow(act, match)


def _proposed(desk: Desk, need: Need, fit: shelf.Fit, match: Match | None, zone: teasers.Zone | None = None) -> Match:
    """A new match, or the former one brought up to date while the firm has not answered."""
    if match is None:
        match = desk.add(
            Match(
                need_id=need.id,
                firm_id=need.firm_id,
                bank_id=fit.bank_id,
                product_id=fit.product_id,
                fit=fit.points,
                reasons=list(fit.reasons),
                proposed_on=desk.today,
                teaser=teasers.kept(desk, need, zone),
            )
        )
        desk.note(Act.PROPOSE_MATCH, match, product=fit.product_id, fit=fit.points)
        _tell(desk, match, f"proposed:{match.id}", Act.PROPOSE_MATCH, firm=match.firm_id)
    elif match.state is MatchState.PROPOSED:
        match.product_id, match.fit, match.reasons = fit.product_id, fit.points, list(fit.reasons)
    return match


def _end(desk: Desk, match: Match) -> bool:
    """Close every consent of the firm to this bank for this need that is not closed yet; whether one was still effective."""
    before = effective(desk, match)
    open_ones = (Consent.need_id == match.need_id, Consent.bank_id == match.bank_id, Consent.withdrawn_at.is_(None))
    for consent in desk.all(Consent, *open_ones):
        consent.withdrawn_at = desk.now
    return before is not None


def _still_wanted(desk: Desk, match: Match) -> None:
    """A bank is let in only while the need looks for a loan, or when it is the bank that was chosen."""
    need = desk.get(Need, match.need_id)
    if need.state not in OPEN and match.state is not MatchState.CHOSEN:
        raise WrongState(state=need.state, act=Act.GRANT_CONSENT)


def lock(desk: Desk, thing: Need | Match) -> None:
    """Hold the row until the commit, and see it as it is now."""
    desk.session.flush()
    desk.session.refresh(thing, with_for_update=True)


def _tell(desk: Desk, match: Match, once: str, act: Act, **to: object) -> None:
    desk.later("notice", once, to=to, code=act.value, subject=match.need_id)
