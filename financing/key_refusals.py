"""Why the answer is no to a bank's own system: its key, its scope, its body."""

from __future__ import annotations

from financing.refusals import Refusal


class KeyUnknown(Refusal):
    """No key, or one that is unknown, not yet taken, over or revoked: one answer for all of them."""

    code = "key_unknown"
    status = 401


class ScopeMissing(Refusal):
    """The key was not given for this; `scope` names what is missing."""

    code = "scope_missing"
    status = 403


class KeyTaken(Refusal):
    """A key is shown once; this one has been, or is over."""

    code = "key_taken"
    status = 409


class OnceMissing(Refusal):
    """A post without the header that makes its repetition harmless."""

    code = "once_missing"
    status = 400


class NotJson(Refusal):
    """A body that is no single JSON object, or says something twice."""

    code = "not_json"
    status = 400


class OnceReused(Refusal):
    """The same Idempotency-Key with another body."""

    code = "once_reused"


class BadCursor(Refusal):
    """A cursor that no answer of ours gave."""

    code = "bad_cursor"
    status = 400
