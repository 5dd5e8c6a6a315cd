"""The list of needs with nothing but the driver, a template and the product's own server: what a page can cost at least."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
from jinja2 import Environment, FileSystemLoader
from psycopg.rows import namedtuple_row

page = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("list_page.html")
FILE, URL = os.environ.get("BENCH_FILE", ""), os.environ.get("BENCH_DSN", "")
COLUMNS = ("id", "number", "firm", "state", "amount")
PERSON = "SELECT a.name FROM login_session s JOIN account a ON a.id = s.user_id WHERE s.token_hash = ?"
COUNT = "SELECT count(*) FROM (SELECT 1 FROM need WHERE state <> 'draft' LIMIT 10001) n"
ROWS = (
    "SELECT n.id, n.number, (SELECT name FROM firm f WHERE f.id = n.firm_id) AS firm, n.state, n.amount"
    " FROM need n WHERE n.state <> 'draft' ORDER BY n.drafted_on DESC, n.number DESC LIMIT 20"
)
connection: Any = (
    psycopg.connect(URL, row_factory=namedtuple_row, autocommit=True)
    if URL
    else sqlite3.connect(FILE, check_same_thread=False)
)


def fetched(statement: str, *given: str) -> list[Any]:
    return list(connection.execute(statement.replace("?", "%s") if URL else statement, given))


async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    """One page, at whatever address."""
    if scope["type"] != "http":
        return
    cookie = dict(scope["headers"]).get(b"cookie", b"").decode()
    sid = re.search(r"sid=([^;]+)", cookie)
    token = hashlib.sha256(sid[1].encode()).hexdigest() if sid else ""
    person, total = fetched(PERSON, token)[0][0], fetched(COUNT)[0][0]
    rows = [SimpleNamespace(**dict(zip(COLUMNS, row, strict=True))) for row in fetched(ROWS)]
    for row in rows:
        row.wan = f"{row.amount / 1_000_000:.1f}"
    text = page.render(rows=rows, total=total, person=person).encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})
