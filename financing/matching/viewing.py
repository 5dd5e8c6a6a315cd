"""Reading a dossier (查看档案): every opening leaves one journal line and one row in 谁看过我 before anything is returned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func

from financing.access import BANK
from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.matching.service import effective
from financing.matching.shown import Leave, last_day, shown
from financing.matching.snapshot import Snapshot
from financing.parties.model import Bank
from financing.refusals import NotFound
from financing.sights import AT_BANK


@dataclass(frozen=True, slots=True)
class Copy:
    """One numbered copy on its way out: what it shows, and whose name stands on every page."""

    snapshot: Snapshot
    bank: str
    officer: str
    at: datetime
    number: int


def open_dossier(desk: Desk, dossier: Dossier) -> Snapshot:
    """What this reader may see of the dossier now; the viewing is on record first (I-11)."""
    content, consent = _readable(desk, dossier)
    _record(desk, dossier, content, consent, Act.OPEN_DOSSIER, None, desk.actor.bank_id)
    return content


def copy(desk: Desk, dossier: Dossier) -> Copy:
    """The next numbered copy of the dossier for this reader's bank, or for the zone."""
    desk.session.refresh(dossier, with_for_update=True)
    content, consent = _readable(desk, dossier)
    bank_id = desk.actor.bank_id
    number = _next_number(desk, dossier, bank_id)
    _record(desk, dossier, content, consent, Act.PRINT_DOSSIER, number, bank_id)
    bank = desk.get(Bank, bank_id).name if bank_id else content.zone.name
    return Copy(content, bank, desk.actor.name, desk.now, number)


def copy_for(desk: Desk, dossier: Dossier, match: Match) -> Copy:
    """The next numbered copy for the bank of this match, printed by the office for its table: as much as the bank may read."""
    desk.session.refresh(dossier, with_for_update=True)
    shown_to_it, consent = _for_bank(desk, content(dossier), match)
    number = _next_number(desk, dossier, match.bank_id)
    _record(desk, dossier, shown_to_it, consent, Act.PRINT_DOSSIER, number, match.bank_id)
    return Copy(shown_to_it, desk.get(Bank, match.bank_id).name, desk.actor.name, desk.now, number)


def archive(desk: Desk, dossier: Dossier) -> Snapshot:
    """The whole content for the vault (存档件), for the firm itself and the zone; on record, under no copy's number."""
    if desk.actor.role in BANK:
        raise NotFound(kind="Dossier")
    whole = content(dossier)
    _record(desk, dossier, whole, None, Act.PRINT_DOSSIER, None, None)
    return whole


def open_needs(desk: Desk, bank_id: int, needs: Collection[int]) -> set[int]:
    """Those of these needs whose dossiers a bank may read at this very moment; one statement, asked between the pieces of a file."""
    given = and_(
        Consent.need_id == Match.need_id,
        Consent.bank_id == Match.bank_id,
        Consent.withdrawn_at.is_(None),
        Consent.valid_from <= desk.now,
        Consent.valid_until > desk.now,
    )
    query = desk.select(Match, Match.need_id).join(Consent, given)
    held = query.where(Match.bank_id == bank_id, Match.need_id.in_(needs), Match.state.in_(AT_BANK))
    return set(desk.session.scalars(held))


def content(dossier: Dossier) -> Snapshot:
    """The whole frozen content."""
    return Snapshot.model_validate_json(dossier.snapshot)


def _readable(desk: Desk, dossier: Dossier) -> tuple[Snapshot, Consent | None]:
    """The whole for the firm and the zone; for a bank what its consent covers."""
    whole = content(dossier)
    if desk.actor.role not in BANK:
        return whole, None
    match = desk.find(Match, Match.need_id == dossier.need_id)
    if match is None:
        raise NotFound(kind="Dossier")
    return _for_bank(desk, whole, match)


def _next_number(desk: Desk, dossier: Dossier, bank_id: int | None) -> int:
    last = desk.select(Viewing).with_only_columns(func.max(Viewing.copy_number))
    return 1 + (desk.session.scalar(last.where(Viewing.dossier_id == dossier.id, Viewing.bank_id == bank_id)) or 0)


def _for_bank(desk: Desk, whole: Snapshot, match: Match) -> tuple[Snapshot, Consent]:
    """What the consent that stands now lets this match's bank read; NotFound without one."""
    consent = effective(desk, match)
    if consent is None or match.due_on is None or match.sent_on is None:
        raise NotFound(kind="Dossier")
    leave = Leave(
        number=consent.number,
        scope=tuple(consent.scope),
        given=consent.valid_from.astimezone(BEIJING).date(),
        until=last_day(consent.valid_until, BEIJING),
        by=match.due_on,
        working_days=desk.calendar.left(match.sent_on, match.due_on),
    )
    return shown(whole, leave), consent


def _record(
    desk: Desk,
    dossier: Dossier,
    content: Snapshot,
    consent: Consent | None,
    act: Act,
    copy_number: int | None,
    bank_id: int | None,
) -> None:
    digest = content.digest()
    desk.note(act, dossier, digest=digest, consent=consent.number if consent else None, copy=copy_number)
    desk.add(
        Viewing(
            dossier_id=dossier.id,
            firm_id=dossier.firm_id,
            bank_id=bank_id,
            user_id=desk.actor.id,
            user_name=desk.actor.name,
            role=desk.actor.role,
            printed=act is Act.PRINT_DOSSIER,
            at=desk.now,
            copy_number=copy_number,
            consent_id=consent.id if consent else None,
            digest=digest,
        )
    )
