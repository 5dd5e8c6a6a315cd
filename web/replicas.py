"""Which pages may be read from a replica (只读副本), and what happens when it fails: the page is made once more, from the primary.

The list is a positive one, of lists and figures: a page that holds a form, leads to a decision or shows what was typed a moment ago is not on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from financing.replica import TROUBLE, source_of
from web.log import log

FROM_REPLICA = frozenset({
    "outcomes", "figures", "figures.list", "statistics", "statistics.sheet", "scoreboard", "scoreboard.bank", "scoreboard.cases", "risk", "risk.list",
    "register", "register.sheet", "journal", "event.figures", "conduct.figures", "helping.scores",
})  # fmt: skip


def there_first(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler, its reading desks at the replica while that is current; once more at the primary when it breaks off."""

    @wraps(handler)
    def run(*owner: Any, request: Any, **given: Any) -> Any:
        database = request.app.state.database
        request.source = source_of(database)
        if request.source is None:
            return handler(*owner, request=request, **given)
        try:
            return handler(*owner, request=request, **given)
        except TROUBLE as error:
            database.replica.failed()
            log.warning("replica.failed", request=request.clue.request, why=type(error).__name__)
        finally:
            request.source = None
        return handler(*owner, request=request, **given)

    return run
