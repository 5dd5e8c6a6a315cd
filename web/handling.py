"""How a handler is run: in a thread, again when the database asks for it, and with its form shown again on a refusal."""

from __future__ import annotations

import inspect
import random
import time
from collections.abc import Callable
from errno import EDQUOT, ENOSPC
from functools import wraps
from typing import Any

import litestar
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as OutOfReach
from sqlalchemy.orm.exc import StaleDataError

from financing.engines import LOCKED
from financing.refusals import Busy, Changed, DiskFull, Refusal, StoreAway
from financing.sign_refusals import ProofNeeded
from web import changed, denials, given_again, proving, replicas, scanning
from web.log import log

TRIES = 5
#: Serialisation failure and deadlock: the whole unit of work may be done again (SECURITY §5-4).
AGAIN = {"40001", "40P01"}
#: Lock not available and statement cancelled: somebody else is too slow.
TOO_SLOW = {"55P03", "57014"}
#: The disk is full, as PostgreSQL says it; the other says "database or disk is full".
NO_ROOM = "53100"
#: Seconds within which a locked file is tried again: whoever waited longer waited for another process.
SOON = 3.0


class Answered(Exception):
    """The same form again: go where its first answer led."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


Handler = Callable[..., Any]
Decorator = Callable[[Handler], HTTPRouteHandler]


def get(path: str, *, name: str, unmoved: bool = False) -> Decorator:
    """A page: reads, never writes; one that changes by acts alone may be given again while nobody acts (`given_again`)."""

    def decorate(handler: Handler) -> HTTPRouteHandler:
        made = replicas.there_first(handler) if name in replicas.FROM_REPLICA else handler
        made = _given_again(made) if unmoved else made
        return litestar.get(path, name=name, sync_to_thread=True)(_guarded(made, None))

    return decorate


def post(path: str, *, name: str, page: HTTPRouteHandler | None = None, upload: bool = False) -> Decorator:
    """An act; `page` is the GET handler above it that holds the form, `upload` admits files up to the set size."""

    def decorate(handler: Handler) -> HTTPRouteHandler:
        opt = {"upload": upload}
        return litestar.post(path, name=name, sync_to_thread=True, opt=opt)(_guarded(again(handler), page))

    return decorate


def _guarded(handler: Handler, page: HTTPRouteHandler | None) -> Handler:
    """The same handler, its refusals turned into the page that holds the form."""

    @wraps(handler)
    def run(*owner: Any, request: Any, **given: Any) -> Any:
        try:
            if asked := proving.with_the_form(request, again(proving.given)):
                return asked
            scanning.look(request)
            return proving.carried(request, handler(*owner, request=request, **given))
        except ProofNeeded as needed:
            return proving.carried(request, proving.page(request, needed))
        except Answered as earlier:
            return proving.carried(request, Redirect(earlier.location, status_code=303))
        except Changed as refusal:
            return changed.page(request, refusal)
        except Refusal as refusal:
            denials.told(request, refusal)
            denials.note(request, refusal, given.get("key"))
            if page is None or refusal.status in {401, 403, 404}:
                raise
            request.refusal = refusal
            taken = inspect.signature(page.fn).parameters
            shown: Any = page.fn(*owner, request=request, **{key: given[key] for key in given if key in taken})
            if isinstance(refusal, Busy):
                shown.headers["retry-after"] = "3"
            return proving.carried(request, shown)

    return run


def _given_again(handler: Handler) -> Handler:
    @wraps(handler)
    def run(*owner: Any, request: Any, **given: Any) -> Any:
        return given_again.page(request, lambda: handler(*owner, request=request, **given))

    return run


def again(handler: Handler) -> Handler:
    """The whole handler once more, with a random pause, when the database found two acts in each other's way."""

    @wraps(handler)
    def run(*owner: Any, **given: Any) -> Any:
        for attempt in range(TRIES):
            began = time.monotonic()
            try:
                return handler(*owner, **given)
            except StaleDataError:  # saved by somebody else since it was read: read again, and see that it changed
                continue
            except OperationalError as error:
                _say_why_or_wait(error, attempt, time.monotonic() - began)
            except (InterfaceError, OutOfReach, OSError) as error:
                raise why(error) from error
        raise Busy

    return run


def why(error: SQLAlchemyError | OSError) -> Busy:
    """What a person is told when the database or the disk did not do what it was asked; the cause goes into the log.

    An OSError that is not about room is a fault of ours and goes on.
    """
    if isinstance(error, OSError) and error.errno not in {ENOSPC, EDQUOT}:
        raise error
    cause = getattr(error, "orig", error)
    state = getattr(cause, "sqlstate", None)
    if state in TOO_SLOW or isinstance(error, OutOfReach) or LOCKED in str(cause):
        return Busy()
    log.error("database", cause=str(cause)[:200], state=state)
    return DiskFull() if state == NO_ROOM or isinstance(error, OSError) or "is full" in str(cause) else StoreAway()


def _say_why_or_wait(error: OperationalError, attempt: int, took: float) -> None:
    locked = LOCKED in str(error.orig) and took < SOON
    if getattr(error.orig, "sqlstate", None) not in AGAIN and not locked:
        raise why(error) from error
    time.sleep(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311  jitter, no secret
