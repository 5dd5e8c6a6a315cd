"""Separate consents (单独同意), as plain rules: what a firm agrees to item by item beside each bank, none of it ticked for it."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum


class Item(StrEnum):
    """What is agreed to by itself; letting a bank read a dossier is a consent of its own (`matching`)."""

    SENSITIVE = "sensitive"  # 个人信息保护法 第二十九条
    CREDIT = "credit"  # the firm's credit report
    PERSON_CREDIT = "person_credit"  # a person's, agreed to in writing by that person: 征信业管理条例 第十三、十四条
    PUBLICITY = "publicity"  # the firm's name where anybody reads it


class Whose(StrEnum):
    """Whose personal credit report."""

    REPRESENTATIVE = "representative"
    CONTROLLER = "controller"
    GUARANTOR = "guarantor"


class Capacity(StrEnum):
    """In what capacity somebody signed for the firm."""

    REPRESENTATIVE = "representative"
    AUTHORISED = "authorised"


class End(StrEnum):
    """What ended it before its time."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class PermitState(StrEnum):
    """How an item stands today."""

    NOT_GIVEN = "not_given"
    GIVEN = "given"
    OVER = "over"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


#: Facts that rest on a credit report, and the item that each of them needs.
CREDIT_FACTS = {"overdue_loans": Item.CREDIT, "loan_class": Item.CREDIT, "owner_credit": Item.PERSON_CREDIT}
TEXT_VERSION = "2026-11"
_MARK = re.compile(r"\d{3}[\dX]")


def state(ended: End | None, until: datetime, now: datetime) -> PermitState:
    """How one consent stands: `until` itself is too late."""
    if ended is not None:
        return PermitState(ended.value)
    return PermitState.GIVEN if now < until else PermitState.OVER


def mark_of(typed: str) -> str:
    """The last four signs of an identity number, as they are kept; empty where they are none."""
    wanted = typed.strip().upper()
    return wanted if _MARK.fullmatch(wanted) else ""
