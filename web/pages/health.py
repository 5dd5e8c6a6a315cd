"""Whether the service answers and on what (健康检查); numbers and modes only."""

from __future__ import annotations

from litestar import Controller
from litestar.response import Response
from sqlalchemy import text

from web.page import Answer, Page, get


class HealthPages(Controller):
    @get("/health", name="health")
    def show(self, request: Page) -> Answer:
        reader = request.app.state.database.reader
        sqlite = reader.dialect.name == "sqlite"
        with reader.connect() as connection:
            mode = connection.execute(text("PRAGMA journal_mode" if sqlite else "SHOW synchronous_commit")).scalar()
        strict = "on" if request.app.state.strict else "off"
        return Response(
            {"ok": True, "database": reader.dialect.name, "mode": str(mode), "second_factor": strict}, status_code=200
        )
