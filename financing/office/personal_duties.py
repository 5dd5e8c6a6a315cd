"""The parts of the work list that come from personal data: objections to answer, requests to erase, assessments due again, incidents."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, literal
from sqlalchemy.orm import aliased

from financing.desk import Desk
from financing.incidents.model import Incident
from financing.incidents.rules import IncidentState
from financing.office.part import AHEAD, Part
from financing.office.rules import Duty
from financing.parameters import figure
from financing.parties import names
from financing.personal.model import Erasure, Impact, Objection
from financing.personal.rules import ErasureState, ObjectionState


def of_personal(desk: Desk) -> Iterator[Part]:
    """Nobody's in particular: whoever works for the zone answers."""
    said = desk.select(Objection, Objection.id).where(Objection.state == ObjectionState.OPEN).with_only_columns()
    whole = figure("personal_objection_days", desk.today).value
    yield Part(
        Duty.ANSWER_OBJECTION, said, Objection.id, number=Objection.number, firm=names.of_firm(Objection.firm_id),
        due=Objection.due_on, whole=whole, who=literal(""),
    )  # fmt: skip
    asked = desk.select(Erasure, Erasure.id).where(Erasure.state == ErasureState.ASKED).with_only_columns()
    whole = figure("personal_erasure_days", desk.today).value
    yield Part(
        Duty.CARRY_OUT_ERASURE, asked, Erasure.id, number=Erasure.number, firm=names.of_firm(Erasure.firm_id), due=Erasure.due_on,
        whole=whole, who=literal(""),
    )  # fmt: skip
    newer, soon = aliased(Impact), desk.calendar.after(desk.today, AHEAD).day
    owed = desk.select(Impact, Impact.id).where(
        Impact.review_on <= soon, ~exists().where(newer.replaces_id == Impact.id)
    )
    yield Part(
        Duty.REVIEW_IMPACT, owed.with_only_columns(), Impact.id, number=Impact.number, firm=literal(""), due=Impact.review_on,
        who=Impact.filer,
    )  # fmt: skip
    going = desk.select(Incident, Incident.id).where(Incident.state != IncidentState.CLOSED).with_only_columns()
    yield Part(
        Duty.HANDLE_INCIDENT, going, Incident.id, number=Incident.number, firm=literal(""), due=Incident.due_on, who=Incident.recorder
    )  # fmt: skip
