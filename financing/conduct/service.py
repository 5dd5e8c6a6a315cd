"""The seam for other rooms: what they come upon of a bank's conduct becomes a case on the handlers' desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from financing.conduct import cases
from financing.conduct.model import ConductCase
from financing.conduct.rules import Practice, Source
from financing.desk import Desk

__all__ = ["ConductCase", "Practice", "Source", "open_case"]


def open_case(
    desk: Desk, *, bank_id: int, practice: Practice, source: Source, firm_id: int | None = None,
    subject_id: int | None = None, facts: Mapping[str, Any],
) -> ConductCase:  # fmt: skip
    """Open a case from what the platform itself knows; within the act at this desk, as a consequence of it.

    `source` is DETECTION or BRIDGE: what firms confide comes through `reports`. `facts` are codes and figures for the handlers, no text.
    """
    # The same transaction and lines; the right is the platform's, the journal still tells whose act it followed from.
    with desk.all_seeing() as platform:
        return cases.begin(
            platform,
            against_id=bank_id,
            practice=practice,
            source=source,
            firm_id=firm_id,
            subject_id=subject_id,
            facts=facts,
        )
