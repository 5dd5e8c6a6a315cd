"""What may be set from a day on (设置), without a database: figures by two people, days of the calendar from their notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.acts import Act
from financing.calendar import Kind, parsed
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.parameters import Figure
from financing.setting_refusals import NotHolidays

#: No figure of ours is larger: ten billion yuan in fen.
MOST = 10**12
PPM = 1_000_000


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    TURNED_DOWN = "turned_down"


PROPOSAL_FLOW = Flow(
    start=ProposalState.PROPOSED,
    steps={
        (ProposalState.PROPOSED, Act.ADOPT_SETTING): ProposalState.ADOPTED,
        (ProposalState.PROPOSED, Act.TURN_DOWN_SETTING): ProposalState.TURNED_DOWN,
    },
)


class Certainty(StrEnum):
    """How sure one is of a figure."""

    TEXT = "A"  # the text of the law was read
    ACCOUNT = "B"  # somebody else's account of it
    OWN = "C"  # the zone's own decision


class Subject(StrEnum):
    """Where a figure belongs, so that a person finds it."""

    GUARANTEE = "guarantee"
    COMMITTEE = "committee"
    NEEDS = "needs"
    BANKS = "banks"
    SESSIONS = "sessions"
    BRIDGE = "bridge"
    HELPING = "helping"
    PLATFORM = "platform"


_BEGINS: Mapping[Subject, tuple[str, ...]] = {
    Subject.COMMITTEE: ("quorum", "deferral", "delegated", "call_in", "majority", "card_", "resolution", "interests", "employer", "experts"),
    Subject.NEEDS: ("need_", "case_opening", "two_officers", "survey", "contest", "extension", "escalation", "promise", "expiry", "life_", "idle_"),
    Subject.BANKS: ("round_", "bank_answer", "ask_", "offer_", "claim_", "teaser", "api_", "release"),
    Subject.SESSIONS: ("session", "commitment"),
    Subject.BRIDGE: ("bridge_",),
    Subject.HELPING: ("help_", "office_", "appointment_", "yearly_"),
    Subject.PLATFORM: (
        *("figures_", "statistics_", "call_back", "bad_rating", "rating_", "dispatch_", "bulletin_", "checkpoint_", "backups_"),
        *("quiet_", "unannounced_", "second_factor_", "proof_", "sign_ins_most", "dormant_", "password_"),
    ),
}  # fmt: skip


def subject(key: str) -> Subject:
    """Where a figure stands on the page; what no other subject claims is about guarantees and their limits."""
    return next((one for one, begins in _BEGINS.items() if key.startswith(begins)), Subject.GUARANTEE)


def bounds(known: Figure) -> tuple[int, int]:
    """The least and the most a figure may be: a yes or no, a part of a whole, or any whole number that is not nothing."""
    if known.unit.startswith(("1 为", "是否")):
        return 0, 1
    least = 0 if "0 为" in known.unit or known.value == 0 else 1
    return least, PPM if known.key.endswith("_ppm") and known.value <= PPM else MOST


def measured(key: str, value: int) -> Fen | Rate | int:
    """A figure's value as what it measures: money, a part of a whole, or plainly a number."""
    return Rate(value) if key.endswith("_ppm") else Fen(value) if key.endswith("_fen") else value


@dataclass(frozen=True, slots=True)
class DayChange:
    """One day of a notice beside what is known of it now; `begun` days are not touched."""

    day: date
    open: bool
    before: bool
    begun: bool

    @property
    def changes(self) -> bool:
        return not self.begun


def compared(given: Mapping[date, Kind], works: Mapping[date, bool], today: date) -> list[DayChange]:
    """The days of a notice in order, each with what the calendar says now."""
    return [DayChange(day, kind is Kind.WORK, works[day], day <= today) for day, kind in sorted(given.items())]


def read_days(text: str) -> dict[date, Kind]:
    """The days of an arrangement; NotHolidays with the first line that cannot be read."""
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip() and not line.startswith("#")]
    if not lines or not lines[0].replace(" ", "").startswith("date,kind"):
        raise NotHolidays(line=1)
    for number, line in enumerate(lines[1:], 2):
        try:
            parsed(f"{lines[0]}\n{line}")
        except (KeyError, ValueError, AttributeError):
            raise NotHolidays(line=number) from None
    return parsed("\n".join(lines))
