"""The form of one act on a page that has several (一页多表)."""

from __future__ import annotations

from financing.acts import Act
from web.forms import Form, Sheet, standing
from web.page import Page


def sheet_of(request: Page, act: Act, kind: type[Form], **given: object) -> Sheet:
    """What was typed, and why the answer was no, stand in the form that was sent alone; the others stand as they are."""
    if request.refusal and str(request.route_handler.name) != act:
        return Sheet(kind, request.lang, standing(kind, None, given), None)
    return request.sheet(kind, **given)
