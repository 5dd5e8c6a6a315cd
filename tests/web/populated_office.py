"""What lies on the office's own day in the populated zone: a view, a hand-over, a deputy, a finding, a call, a run of many rows."""

from __future__ import annotations

from typing import Any

from financing.access import Role
from financing.office.model import BulkRun, Deputy, HandOver, KeptView
from financing.office.rules import Cause, Deed
from financing.quality.model import Finding
from financing.quality.rules import Fault, Severity
from financing.ratings.model import CallBack
from financing.ratings.rules import CallReason, CallState
from tests.makers import NOW, TODAY, a_user, writing


def office_day(zone: Any) -> dict[tuple[str, str], int]:
    """The zone's officer keeps a view, is offered cases by a colleague, and has handled many rows; the ids by kind."""
    me, firm = zone.officer, zone.firm
    with writing(zone.database) as session:
        colleague = a_user(session, Role.OFFICER)
        made = {
            "view": KeptView(user_id=me.id, by_name=me.name, page="needs", name="本周", query="status=submitted", shared=True,
                             made_at=NOW),
            "handover": HandOver(from_id=colleague.id, from_name=colleague.name, to_id=me.id, to_name=me.name, whole=True,
                                 needs=[], cause=Cause.LEAVE, note="休假", asked_at=NOW, asked_by=colleague.id,
                                 asker=colleague.name),
            "deputy": Deputy(user_id=colleague.id, name=colleague.name, deputy_id=me.id, deputy=me.name, since=TODAY,
                             until=TODAY, note="休假", set_at=NOW, set_by=me.id),
            "finding": Finding(subject_id=firm.id, need_id=None, firm_id=firm.id, fault=Fault.PHONE, severity=Severity.WARNING,
                               figures={"given": "1"}, found_at=NOW),
            "call": CallBack(number="XQ2026-0001", need_id=zone.things["need", "ours"], request_id=None, inspection_id=None, firm_id=firm.id, officer_id=None, reason=CallReason.DRAWN,
                             month=TODAY.replace(day=1), rating_id=None, opened_on=TODAY, due_on=TODAY, state=CallState.CALL),
            "many": BulkRun(user_id=me.id, deed=Deed.ACCEPT, at=NOW, rows=[]),
        }  # fmt: skip
        session.add_all(made.values())
        session.flush()
        return {(kind, "ours"): thing.id for kind, thing in made.items()}
