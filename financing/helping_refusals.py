"""Why the answer is no in helping firms: people, assignments, requests, appointments, tasks, the yearly survey."""

from __future__ import annotations

from financing.refusals import Refusal


class NotInService(Refusal):
    """Somebody without a working account, or not of the role that is asked for; `field` names where they were chosen."""

    code = "not_in_service"
