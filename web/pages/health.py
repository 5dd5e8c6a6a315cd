"""Whether the service answers and on what (健康检查); numbers and modes only."""

from __future__ import annotations

from litestar import Controller
from litestar.response import Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from financing.health import measured
from web.page import Answer, Page, get


class HealthPages(Controller):
    @get("/health", name="health")
    def show(self, request: Page) -> Answer:
        state = request.app.state
        reader = state.database.reader
        sqlite = reader.dialect.name == "sqlite"
        with reader.connect() as connection:
            mode = connection.execute(text("PRAGMA journal_mode" if sqlite else "SHOW synchronous_commit")).scalar()
            with Session(connection) as session:
                found = measured(session, state.settings, request.now)
        said = {
            "ok": True,
            "database": reader.dialect.name,
            "mode": str(mode),
            "second_factor": "on" if state.strict else "off",
        }
        return Response(said | found, status_code=200)
