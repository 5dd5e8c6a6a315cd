"""Inspections and visits to firms (入企检查与走访, 宁静日, F123): what may be booked on which day, and why not. No database here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.calendar import DAY
from financing.flow import Flow


class Authority(StrEnum):
    """Who goes to firms; figures are told by it, so it is a word and not free text."""

    ZONE = "zone"
    EMERGENCY = "emergency"
    MARKET = "market"
    ECOLOGY = "ecology"
    FIRE = "fire"
    LABOUR = "labour"
    TAX = "tax"
    BUILDING = "building"
    LAND = "land"
    HEALTH = "health"
    POLICE = "police"
    STATISTICS = "statistics"
    GUARANTOR = "guarantor"
    OTHER = "other"


class Topic(StrEnum):
    """What is inspected (检查事项): the same one is due once a year, whoever comes."""

    WORK_SAFETY = "work_safety"
    FIRE_SAFETY = "fire_safety"
    EQUIPMENT = "equipment"
    ENVIRONMENT = "environment"
    QUALITY = "quality"
    FOOD = "food"
    LABOUR = "labour"
    TAX = "tax"
    BUILDING = "building"
    LAND = "land"
    PRICES = "prices"
    HYGIENE = "hygiene"
    STATISTICS = "statistics"
    SECURITY = "security"
    CARE = "care"  # visits: how the firm is doing
    TOUR = "tour"  # visits: guests who want to see it


#: What an inspection is about, and what a visit is about.
INSPECTED = tuple(topic for topic in Topic if topic not in {Topic.CARE, Topic.TOUR})
VISITED = (Topic.CARE, Topic.TOUR)


class Kind(StrEnum):
    INSPECTION = "inspection"
    VISIT = "visit"


class Urgent(StrEnum):
    """Why an inspection cannot wait for its turn; a leader has to agree."""

    DANGER = "danger"
    COMPLAINT = "complaint"
    COURT = "court"
    FOLLOW_UP = "follow_up"  # whether what was found has been put right


class InspectionState(StrEnum):
    ASKED = "asked"
    BOOKED = "booked"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Found(StrEnum):
    FINE = "fine"
    ADVICE = "advice"  # small things, put right on the spot
    FAULT = "fault"  # to be put right by a day
    OFFENCE = "offence"  # a case was opened


S = InspectionState
FLOW = Flow(
    start=S.BOOKED,
    steps={
        (S.ASKED, Act.APPROVE_INSPECTION): S.BOOKED,
        (S.ASKED, Act.REFUSE_INSPECTION): S.REFUSED,
        **{(state, Act.JOIN_INSPECTION): state for state in (S.ASKED, S.BOOKED)},
        **{(state, Act.CANCEL_INSPECTION): S.CANCELLED for state in (S.ASKED, S.BOOKED)},
        (S.BOOKED, Act.RECORD_INSPECTION): S.DONE,
    },
)
#: Takes up its firm's day, and its topic for the year.
STANDING = (S.ASKED, S.BOOKED, S.DONE)


class Grievance(StrEnum):
    """What a firm says of those who came."""

    UNANNOUNCED = "unannounced"
    REPEATED = "repeated"
    UNLISTED = "unlisted"  # a charge that is not on the list


class WordState(StrEnum):
    """A firm's word about an inspection or a charge."""

    SAID = "said"
    ANSWERED = "answered"


WORD_FLOW = Flow(start=WordState.SAID, steps={(WordState.SAID, Act.ANSWER_UNANNOUNCED): WordState.ANSWERED})


@dataclass(frozen=True, slots=True)
class Quiet:
    """The quiet days (宁静日) of every month, both included; from nought there are none."""

    first: int
    last: int

    def __contains__(self, day: date) -> bool:
        return 0 < self.first <= day.day <= self.last


def next_free(
    day: date, taken: Iterable[date], quiet: Quiet, works: Callable[[date], bool], within: int = 62
) -> date | None:
    """The first working day from `day` on that is neither quiet nor taken; None within two months."""
    busy = set(taken)
    for _ in range(within):
        if works(day) and day not in quiet and day not in busy:
            return day
        day += DAY
    return None


def approved_first(kind: Kind, urgent: Urgent | None) -> bool:
    """Whether a leader has to agree before anybody goes there: every visit (扎口把关), and every urgent inspection."""
    return kind is Kind.VISIT or urgent is not None
