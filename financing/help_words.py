"""Words of help for firms (帮扶), room by room, put together for the tables that everybody reads."""

from __future__ import annotations

from enum import StrEnum

from financing.cadence_words import (
    CADENCE_ACTS,
    CADENCE_CONSEQUENCES,
    CADENCE_FIELDS,
    CADENCE_FIGURES,
    CADENCE_SENTENCES,
    CADENCE_WORDS,
)
from financing.event_words import (
    EVENT_ACTS,
    EVENT_CONSEQUENCES,
    EVENT_FIELDS,
    EVENT_FIGURES,
    EVENT_SENTENCES,
    EVENT_WORDS,
)
from financing.helping_words import (
    HELPING_ACTS,
    HELPING_CONSEQUENCES,
    HELPING_FIELDS,
    HELPING_FIGURES,
    HELPING_SENTENCES,
    HELPING_WORDS,
)
from financing.incident_words import (
    INCIDENT_ACTS,
    INCIDENT_CONSEQUENCES,
    INCIDENT_FIELDS,
    INCIDENT_FIGURES,
    INCIDENT_SENTENCES,
    INCIDENT_WORDS,
)
from financing.permit_words import (
    PERMIT_ACTS,
    PERMIT_CONSEQUENCES,
    PERMIT_FIELDS,
    PERMIT_FIGURES,
    PERMIT_SENTENCES,
    PERMIT_WORDS,
)
from financing.personal_words import (
    PERSONAL_ACTS,
    PERSONAL_CONSEQUENCES,
    PERSONAL_FIELDS,
    PERSONAL_FIGURES,
    PERSONAL_SENTENCES,
    PERSONAL_WORDS,
)
from financing.policy_words import (
    POLICY_ACTS,
    POLICY_CONSEQUENCES,
    POLICY_FIELDS,
    POLICY_FIGURES,
    POLICY_SENTENCES,
    POLICY_WORDS,
)

HELP_ACTS: dict[StrEnum, str] = {
    **POLICY_ACTS,
    **HELPING_ACTS,
    **CADENCE_ACTS,
    **EVENT_ACTS,
    **PERSONAL_ACTS,
    **PERMIT_ACTS,
    **INCIDENT_ACTS,
}
HELP_WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    **POLICY_WORDS,
    **HELPING_WORDS,
    **CADENCE_WORDS,
    **EVENT_WORDS,
    **PERSONAL_WORDS,
    **PERMIT_WORDS,
    **INCIDENT_WORDS,
}
HELP_SENTENCES: dict[str, str] = {
    **POLICY_SENTENCES,
    **HELPING_SENTENCES,
    **CADENCE_SENTENCES,
    **EVENT_SENTENCES,
    **PERSONAL_SENTENCES,
    **PERMIT_SENTENCES,
    **INCIDENT_SENTENCES,
}
HELP_CONSEQUENCES: dict[StrEnum, str] = {
    **POLICY_CONSEQUENCES,
    **HELPING_CONSEQUENCES,
    **CADENCE_CONSEQUENCES,
    **EVENT_CONSEQUENCES,
    **PERSONAL_CONSEQUENCES,
    **PERMIT_CONSEQUENCES,
    **INCIDENT_CONSEQUENCES,
}
HELP_FIGURES: dict[str, str] = {
    **POLICY_FIGURES,
    **HELPING_FIGURES,
    **CADENCE_FIGURES,
    **EVENT_FIGURES,
    **PERSONAL_FIGURES,
    **PERMIT_FIGURES,
    **INCIDENT_FIGURES,
}
HELP_FIELDS: dict[str, str] = {
    **POLICY_FIELDS,
    **HELPING_FIELDS,
    **CADENCE_FIELDS,
    **EVENT_FIELDS,
    **PERSONAL_FIELDS,
    **PERMIT_FIELDS,
    **INCIDENT_FIELDS,
}
