"""A session of 8 banks and 60 firms, live, with 200 telephones watching, on the product's own server: claims at the tables and the board.

Every bank records its intents one after the other, each sent twice at the same moment, as an impatient thumb does. Afterwards the database is
asked: none lost, none twice. A claim's time is that of the whole form from the button to the next page's address; the lag of the board runs
from there to the moment at which a telephone has been told. The server is one process on SQLite; nothing installed does the same, there is no peer.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from financing.access import Actor
    from financing.forums.model import ForumSession
    from financing.needs.model import Need
    from financing.parties.model import Bank, Firm
    from financing.people.model import User

HERE = Path(__file__).parents[1]
sys.path.insert(0, str(HERE))
BANKS, FIRMS, WATCHERS, ROUNDS = 8, 60, 200, 12
MOST_SECONDS = 25.0  # of claims; what is not reached by then is not asked
PAUSE = 0.9  # seconds between two talks of one bank: eight tables then say some eight intents a second


def tell(figure: str, value: float, unit: str, **more: object) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 3), "unit": unit, **more}), flush=True)


@dataclass
class Day:
    """Who sits at the tables, who watches, and what came of it."""

    session: int = 0
    talks: dict[int, list[int]] = field(default_factory=dict)  # bank: its talks in the order of the rounds
    sids: dict[int, str] = field(default_factory=dict)  # bank: the sign-in of its officer
    watchers: list[str] = field(default_factory=list)
    said: dict[int, float] = field(default_factory=dict)  # how many claims were answered: when
    seconds: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)


def laid_out(url: str, now: datetime) -> Day:
    """The zone, the session under way, and everybody signed in."""
    from financing.db import Database
    from financing.forums import inviting, service
    from financing.forums.model import ForumSession
    from tests.makers import at, writing

    with closing(Database(url)) as database:
        day = Day()
        with writing(database) as session:
            officer = _people(session, day, now)
        with at(database, officer, now) as desk:
            inviting.invite(desk, desk.get(ForumSession, day.session))
        with at(database, officer, now) as desk:
            service.open_session(desk, desk.get(ForumSession, day.session))
            desk.session.flush()
        return day


def _people(session: Session, day: Day, now: datetime) -> Actor:
    from financing.access import Role
    from financing.forums.model import BankTable, ForumSession
    from tests.makers import a_bank, a_firm, a_product, a_user

    officer = a_user(session, Role.OFFICER)
    held = ForumSession(number="DJ2026-0001", title="银企对接会", day=now.date(), place="会展中心", starts="09:00",
                        rounds=ROUNDS, minutes=20)  # fmt: skip
    session.add(held)
    session.flush()
    day.session = held.id
    banks = [a_bank(session) for _ in range(BANKS)]
    for place, bank in enumerate(banks, 1):
        session.add(BankTable(session_id=held.id, bank_id=bank.id, place=place))
        day.sids[bank.id] = signed_in(session, a_user(session, Role.BANKER, bank_id=bank.id), now)
    firms = [a_firm(session) for _ in range(FIRMS)]
    products = {bank.id: a_product(session, bank).id for bank in banks}
    needs = [_need(session, number, firm, now) for number, firm in enumerate(firms, 1)]
    for round_ in range(ROUNDS):
        for number, bank in enumerate(banks):
            key = (round_ * BANKS + number) % FIRMS
            day.talks.setdefault(bank.id, []).append(_talk(session, held, round_ + 1, bank, needs[key], products, now))
    for number in range(WATCHERS):
        user = a_user(session, Role.CLERK, firm_id=firms[number % FIRMS].id)
        day.watchers.append(signed_in(session, user, now))
    return officer.actor


def signed_in(session: Session, user: User, now: datetime) -> str:
    """A sign-in without its password, which costs by design and is not what is measured."""
    from financing.people.model import LoginSession
    from financing.people.service import digest

    sid = secrets.token_urlsafe(32)
    session.add(LoginSession(token_hash=digest(sid), user_id=user.id, address="", started_at=now, seen_at=now,
                             until=now + timedelta(hours=8)))  # fmt: skip
    return sid


def _need(session: Session, number: int, firm: Firm, now: datetime) -> Need:
    from financing.matching.model import Dossier
    from financing.needs.rules import NeedState, Purpose
    from tests.makers import a_need

    need = a_need(session, firm, state=NeedState.LISTED, submitted_on=now.date())
    session.add(Dossier(
        number=f"DA2026-{number:04d}", need_id=need.id, firm_id=firm.id, snapshot="{}", digest="0" * 64, frozen_at=now,
        firm_name=firm.name, amount=need.amount, line=need.amount, months=12, purpose=Purpose.WORKING_CAPITAL, grade="A",
        contact="李芳", phone="13800000000",
    ))  # fmt: skip
    return need


def _talk(
    session: Session, held: ForumSession, round_: int, bank: Bank, need: Need, products: dict[int, int], now: datetime
) -> int:
    """The firm's consent, the dossier sent, a seat in this round."""
    from financing.forums.model import Talk
    from financing.matching.model import Consent, Match
    from financing.matching.rules import Consented, MatchState

    own = {"need_id": need.id, "firm_id": need.firm_id, "bank_id": bank.id}
    match = Match(product_id=products[bank.id], fit=50, reasons=[], proposed_on=now.date(), sent_on=now.date(),
                  due_on=now.date() + timedelta(days=30), state=MatchState.SENT, **own)  # fmt: skip
    session.add(match)
    session.add(Consent(number=f"SQ-{bank.id}-{need.id}", scope=[], purpose=Consented.FINANCING, text_version="1",
                        text_hash="", granted_by=1, valid_from=now - timedelta(days=1), valid_until=now + timedelta(days=9), **own))  # fmt: skip
    session.flush()
    talk = Talk(session_id=held.id, round=round_, bank_id=bank.id, firm_id=need.firm_id, match_id=match.id)
    session.add(talk)
    session.flush()
    return talk.id


# --- people on the wire ------------------------------------------------------------------------------------------------
async def asked(port: int, method: str, path: str, sid: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """One request on a connection of its own; status and text."""
    body = urlencode(form or {}).encode()
    head = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{port}", f"cookie: sid={sid}", "connection: close"]
    if form:
        head += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}",
                 f"origin: http://127.0.0.1:{port}", "sec-fetch-site: same-origin"]  # fmt: skip
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write("\r\n".join([*head, "", ""]).encode() + body)
    answer = await reader.read()
    writer.close()
    return int(answer.split(b" ", 2)[1]), answer.decode(errors="replace")


async def watches(port: int, day: Day, sid: str, ready: asyncio.Semaphore) -> None:
    """A telephone: told how many intents there are, it notes how long ago the last of them was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /sessions/{day.session}/live HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncookie: sid={sid}\r\n\r\n".encode()
    )
    known = 0
    try:
        while line := await reader.readline():
            if not (found := re.search(rb"<b>(\d+)</b><span>\xe6\x8b\x9f", line)):
                continue
            if not known and not day.said:
                ready.release()
            told, known = time.perf_counter(), max(known, int(found[1]))
            oldest = min((when for count, when in day.said.items() if count == known), default=None)
            if oldest is not None:
                day.lags.append(max(0.0, told - oldest))
    finally:
        writer.close()


async def claims(port: int, day: Day, bank: int, until: float) -> int:
    """A bank at its table: one talk after the other, each form sent twice at once; how many it recorded."""
    done = 0
    await asyncio.sleep(PAUSE * list(day.talks).index(bank) / BANKS)  # people do not speak in step
    for talk in day.talks[bank]:
        if time.perf_counter() > until:
            break
        _, page = await asked(port, "GET", f"/talks/{talk}", day.sids[bank])
        form = dict(re.findall(r'name="(csrf|once)" value="([^"]*)"', page[page.index(f"/talks/{talk}/intent") :]))
        form |= {"said": "intends", "amount": "80"}
        start = time.perf_counter()
        both = [timed(port, f"/talks/{talk}/intent", day.sids[bank], form, start) for _ in range(2)]
        for status, took in await asyncio.gather(*both):
            assert status == 303, status
            day.seconds.append(took)
        done += 1
        day.said[len(day.said) + 1] = time.perf_counter()
        await asyncio.sleep(PAUSE)
    return done


async def timed(port: int, path: str, sid: str, form: dict[str, str], start: float) -> tuple[int, float]:
    status, _ = await asked(port, "POST", path, sid, form)
    return status, time.perf_counter() - start


async def live(port: int, day: Day) -> int:
    """Everybody watches, then the banks speak; how many intents were answered."""
    ready = asyncio.Semaphore(0)
    watching = [asyncio.create_task(watches(port, day, sid, ready)) for sid in day.watchers]
    for _ in watching:
        await asyncio.wait_for(ready.acquire(), 30)
    until = time.perf_counter() + MOST_SECONDS
    done = sum(await asyncio.gather(*(claims(port, day, bank, until) for bank in day.talks)))
    await asyncio.sleep(2.5)
    for task in watching:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*watching, return_exceptions=True)
    return done


def kept(url: str) -> Iterator[int]:
    """What the database holds: intents, different talks among them, lines of the journal about them."""
    from sqlalchemy import text

    from financing.db import Database

    with closing(Database(url)) as database, database.reader.connect() as connection:
        for query in (
            "SELECT count(*) FROM intent",
            "SELECT count(DISTINCT match_id) FROM intent",
            "SELECT count(*) FROM journal WHERE act = 'intent.record'",
        ):
            yield connection.execute(text(query)).scalar_one()


def main() -> None:
    from financing.migrations import upgrade
    from tests.served import Installation

    os.nice(5)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/zone.db"
        upgrade(url)
        day = laid_out(url, datetime.now(UTC))
        served = Installation(Path(folder), url, LOG_LEVEL="WARNING")
        served.start()
        try:
            done = asyncio.run(live(served.port, day))
        finally:
            served.stop()
        rows, talks, lines = kept(url)
    tell("live.claims", done, "claims", watchers=WATCHERS, lost=done - talks, double=rows - talks + lines - rows)
    assert (rows, talks, lines) == (done, done, done), (rows, talks, lines, done)
    tell("live.claim.p95_ms", 1000 * quantiles(day.seconds, n=20)[-1], "ms")
    tell("live.board.lag_s", quantiles(day.lags, n=20)[-1], "s", worst=round(max(day.lags), 3), told=len(day.lags))


if __name__ == "__main__":
    main()
