"""What nobody has touched (未动则同): a view is kept in this process while the journal has not moved.

Every act leaves its line in the transaction that changes anything, so while the last line is the same one a view read again
would be the same. Whoever asks names all that the view depends on beside the data: who is asking, the day or the minute, the filters.
What one side finds is never given to another (`side_walls`). Only desks that read are answered so; one that writes reads for itself. Views must be values: nobody changes what others are given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from financing import journal
from financing.desk import Desk
from financing.side_walls import side_of

T = TypeVar("T")
#: Views kept; beyond that all are read again.
MOST = 1_000
#: One turn for all questions of one remainder, so that fifty people who ask the same at once have it read once. Never ask within `make`.
TURNS = tuple(Lock() for _ in range(64))

#: By database and question: the last line of the journal then, and the view.
_kept: dict[tuple[str, Hashable], tuple[str, object]] = {}


def kept(desk: Desk, question: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, or gave while the last line of the journal was the same."""
    if not desk.session.info.get("reads"):
        return make()
    asked, mark = (str(desk.session.get_bind().engine.url), (side_of(desk.actor), question)), last_line(desk)
    found = _kept.get(asked)
    if found is None or found[0] != mark:
        with TURNS[hash(asked) % len(TURNS)]:
            found = _kept.get(asked)
            if found is None or found[0] != mark:
                if len(_kept) >= MOST:
                    _kept.clear()
                found = _kept[asked] = (mark, make())
    return cast("T", found[1])


def last_line(desk: Desk) -> str:
    """The last line of the journal as this desk first saw it."""
    info = desk.session.info
    mark: str = info["mark"] if "mark" in info else info.setdefault("mark", journal.last(desk.session))
    return mark
