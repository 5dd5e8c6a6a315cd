"""Assembly of the web application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.middleware import DefineMiddleware
from litestar.middleware.compression import CompressionMiddleware
from litestar.static_files import create_static_files_router

from financing import models
from financing.clocks import limits
from financing.db import Database
from financing.sealing import Ring
from financing.settings import Settings
from reports.pdf import Press
from web import log, pages, routes
from web.api.answering import AnswerCalls
from web.api.reading import ReadCalls
from web.federated import Provider
from web.live import Boards
from web.page import Page
from web.refused import HANDLERS
from web.render import environments
from web.shield import Shield
from web.signin import SignedIn, admit
from web.strictness import asks_more

MIB = 1024 * 1024
MOST_PARTS = 50
STATIC = Path(__file__).parent / "static"

assert models.metadata.tables  # noqa: S101  every table is known before the first request


def the_clock() -> datetime:
    return datetime.now(UTC)


def create_app(database: Database, settings: Settings, clock: Callable[[], datetime] = the_clock) -> Litestar:
    """The whole site on one database; RoutesDiffer when a route lacks its row of permissions, OverallExceeded for limits that do not add up."""
    app = assembled()
    furnish(app, database, settings, clock)
    return app


def assembled() -> Litestar:
    """Routes and templates, the same for every site; there is no database behind them yet."""
    packed = DefineMiddleware(CompressionMiddleware, config=CompressionConfig("gzip", gzip_compress_level=6))
    static = create_static_files_router("/static", [STATIC], middleware=[packed], opt={"exclude_from_auth": True})
    return Litestar(
        route_handlers=[*pages.controllers(), ReadCalls, AnswerCalls, static],
        request_class=Page,
        guards=[admit],
        middleware=[DefineMiddleware(SignedIn)],
        exception_handlers=HANDLERS,
        state=State({"environments": environments()}, deep_copy=False),
        on_shutdown=[close],
        openapi_config=None,
        logging_config=None,
        debug=False,
        request_max_body_size=MIB,
        multipart_form_part_limit=MOST_PARTS,
    )


def furnish(app: Litestar, database: Database, settings: Settings, clock: Callable[[], datetime]) -> None:
    """Open a site behind the routes; what an earlier one had there is gone, and was to be closed before."""
    log.configure(settings.log_level)
    database.leaked = settings.leaked_passwords
    database.ring = database.ring or Ring(settings.key_file, settings.suite)
    limits.check()
    routes.check(str(handler.name) for handler in handlers(app) if not _automatic(handler))
    own = {
        "database": database,
        "settings": settings,
        "clock": clock,
        "press": Press(),
        "boards": Boards(database, clock),
        "strict": asks_more(settings, database),
        "provider": Provider.of(settings),
    }
    app.state.update(own)
    admit_uploads(app, settings)
    for environment in app.state.environments.values():
        pages.equip(environment, app)
    inner = app.asgi_handler
    app.asgi_handler = Shield(inner.app if isinstance(inner, Shield) else inner, settings)


def close(app: Litestar) -> None:
    """End what the site runs beside its answers."""
    app.state.boards.close()
    app.state.press.close()


def handlers(app: Litestar) -> list[HTTPRouteHandler]:
    """Every handler of every route."""
    return [handler for route in app.routes for handler in getattr(route, "route_handlers", ())]


def admit_uploads(app: Litestar, settings: Settings) -> None:
    """Only routes made for uploads take more than a mebibyte."""
    for handler in handlers(app):
        if handler.opt.get("upload"):
            handler.request_max_body_size = (settings.upload_mib + 1) * MIB


def _automatic(handler: HTTPRouteHandler) -> bool:
    """Answers to OPTIONS that the framework adds; the shield never lets such a request in."""
    return handler.http_methods == {"OPTIONS"}
