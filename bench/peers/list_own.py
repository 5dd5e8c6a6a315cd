"""The list of needs by the product's own means (desk, sight, list, templates' environment, Litestar behind granian), with the peers' rows and template.

As the product does it: handlers in threads, the signed-in person read anew for each request, one transaction at a reading desk.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, get
from litestar.enums import MediaType
from litestar.response import Response

sys.path.insert(0, str(Path(__file__).parents[2]))

from financing import models
from financing.access import VISITOR
from financing.db import Database
from financing.desk import opened
from financing.listed import listed
from financing.money import Fen
from financing.needs.model import Need
from financing.parties import names
from financing.people.sessions import who
from web.render import environment

assert models.metadata.tables
database = Database(os.environ["BENCH_URL"])
page = environment("zh", Path(__file__).parent).get_template("list_page.html")


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: str
    firm: str
    state: str
    amount: Fen

    @property
    def wan(self) -> str:
        return f"{self.amount.fen / 1_000_000:.1f}"


@get("/needs", sync_to_thread=True)
def needs(request: Request[Any, Any, Any]) -> Response[str]:
    now = datetime.now(UTC)
    actor = who(database, request.cookies["sid"], now) or VISITOR
    with opened(database, actor, now, write=False) as desk:
        query = desk.select(Need, Need.id, Need.number, names.of_firm(Need.firm_id), Need.state, Need.amount)
        found = listed(desk, query.order_by(Need.drafted_on.desc(), Need.number.desc()), 1, Row, size=20)
    text = page.render(rows=found.rows, total=found.total, person=actor.name)
    return Response(text, media_type=MediaType.HTML)


app = Litestar(route_handlers=[needs], openapi_config=None, logging_config=None)
