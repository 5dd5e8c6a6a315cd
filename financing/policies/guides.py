"""By when a new policy has to be out as a guide (办事指南): whom it is for, conditions, time limits, place and telephone, clause by clause."""

from __future__ import annotations

from datetime import date

from financing.desk import Desk
from financing.parameters import figure
from financing.policies.model import Policy
from financing.policies.rules import UNPUBLISHED


def due(desk: Desk, issued_on: date | None, entered_on: date) -> date:
    """So many working days after it was issued; of one entered after that day, or issued on a day unknown, as many after it was entered."""
    days = figure("policy_guide_days", entered_on).value
    by = desk.calendar.after(issued_on or entered_on, days).day
    return by if by >= entered_on else desk.calendar.after(entered_on, days).day


def late(desk: Desk) -> list[Policy]:
    """New policies whose day is over and which firms cannot read yet."""
    return desk.all(Policy, Policy.state.in_(UNPUBLISHED), Policy.guide_by < desk.today, by=Policy.number)
