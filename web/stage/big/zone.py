"""The big zone (大园区): so many firms and needs for tests of speed, written in batches, each whole; a second start goes on.

While it is being written the database holds one table more, which says how large the zone is to be and which batch comes next.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, insert, inspect, select, text, update
from sqlalchemy.orm import Session

from financing import desk, finding
from financing.access import SYSTEM, Role
from financing.acts import Act
from financing.credit import places
from financing.db import Database, repeatable_ids
from financing.engines import unhurried
from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Document
from financing.guarantees.model import Limit, Meeting, Movement
from financing.guarantees.rules import MeetingState, Pot, Scope
from financing.journal import Entry, Head, SubjectKey
from financing.journal_check import link_after
from financing.letters.model import Guarantee
from financing.money import Fen
from financing.numbers import Counter, Series
from financing.offers.model import Offer, Opening
from financing.offers.rules import OfferState
from financing.parties import service as parties
from financing.parties.model import Firm
from financing.people.model import User
from financing.row_walls import let_in
from web.stage.big.answers import write_answers
from web.stage.big.bulk import pour
from web.stage.big.cast import BEIJING, Cast, Plan, read
from web.stage.big.fates import BATCH, DAYS, fates
from web.stage.big.lines import body, firm_key, order, told
from web.stage.big.rows import Rows, write_need
from web.stage.big.tracks import write_track
from web.stage.big.words import firm
from web.stage.cast import engage

SEED = 20261128
FIRMS, EVENTS = 2_000, 4_000  # a batch
MARK = "unfinished_zone"
#: What the guarantor of so large a zone would have to own, and what it may stand behind by the leverage cap.
NET_ASSETS, FACILITY = Fen.wan(50_000_000), Fen.wan(500_000_000)
SIGN_INS = 12  # firms with an account
NUMBERED = (
    Series.NEED, Series.CASE, Series.RESOLUTION, Series.CONSENT, Series.DOSSIER, Series.GUARANTEE,
)  # fmt: skip
Told = Callable[[int, int], None]


def unfinished(database: Database) -> Plan | None:
    """The plan of a zone that is being written in this database."""
    with database.reader.connect() as connection:
        if not inspect(connection).has_table(MARK):
            return None
        plan = json.loads(connection.execute(text(f"SELECT plan FROM {MARK}")).scalar_one())  # noqa: S608  a name of ours
    return Plan(plan["firms"], plan["needs"], plan["seed"], datetime.fromisoformat(plan["now"]))


def begin(database: Database, plan: Plan) -> None:
    """People, banks, limits and meetings of an empty database, and the mark that the rest is to come."""
    with repeatable_ids():
        cast = engage(database, plan.start - timedelta(days=70), plan.today + timedelta(days=400))
        with desk.opened(database, SYSTEM, plan.start - timedelta(days=70)) as here:
            guarantor = parties.the_guarantor(here)
            assert guarantor is not None  # noqa: S101  engaged above
            parties.set_guarantor(here, **(parties.terms_of(guarantor) | {"net_assets": NET_ASSETS}))
            here.add(Limit(scope=Scope.FACILITY, owner_id=guarantor.id, cap=FACILITY))
            here.add(_proof(plan, guarantor.id))
            for week in range(DAYS // 7 + 2):
                here.add(_meeting(plan, week))
            said = {"firms": plan.firms, "needs": plan.needs, "seed": plan.seed, "now": plan.now.isoformat()}
            connection = here.session.connection()
            connection.execute(text(f"CREATE TABLE {MARK} (plan TEXT NOT NULL, next BIGINT NOT NULL)"))
            connection.execute(text(f"INSERT INTO {MARK} VALUES (:plan, 0)"), {"plan": json.dumps(said)})  # noqa: S608  a name of ours
    assert cast.banks  # noqa: S101  eight of them


def _proof(plan: Plan, guarantor: int) -> Document:
    """The one paper behind every release of the zone; its file is not there."""
    return Document(id=plan.key("document", 0), kind=DocumentKind.BANK_CONFIRMATION, name="解除担保证明.pdf", media="application/pdf", size=1,
                    sha256="0" * 64, stored="0" * 32, added_at=plan.start, added_by=0, subject_id=guarantor)  # fmt: skip


def _meeting(plan: Plan, week: int) -> Meeting:
    held = (plan.start + timedelta(weeks=week)).astimezone(BEIJING)
    state = MeetingState.CLOSED if held.date() < plan.today else MeetingState.CALLED
    number = f"{Series.MEETING.value}{held.year}-{1000 + week:04d}"
    return Meeting(id=plan.key("meeting", week), number=number, day=held.date(), place="管委会三楼会议室", state=state)


def go_on(database: Database, plan: Plan, tell: Told) -> None:
    """Write every batch that is not there yet; each is one transaction with the mark behind it."""
    with Session(database.reader) as session:
        cast = read(session, plan)
    batches = list(_batches(plan, cast))
    while (place := _next(database)) < len(batches):
        tell(place, len(batches))
        with database.turn(), database.writer.begin() as connection:
            let_in(connection)
            if connection.dialect.name == "postgresql":
                unhurried(connection)
            batches[place](connection)
            connection.execute(text(f"UPDATE {MARK} SET next = next + 1"))  # noqa: S608  a name of ours
    tell(len(batches), len(batches))


def finish(database: Database, password_hash: str) -> None:
    """The last step: accounts get their password, the mark goes, and the database learns how its rows lie."""
    with database.turn(), database.writer.begin() as connection:
        let_in(connection)
        connection.execute(update(User).values(password_hash=password_hash))
        if connection.dialect.name == "postgresql":
            unhurried(connection)
        places.rebuild(connection)
        connection.execute(text(f"DROP TABLE {MARK}"))
    database.learn(many=True)


def _next(database: Database) -> int:
    with database.reader.connect() as connection:
        return int(connection.execute(text(f"SELECT next FROM {MARK}")).scalar_one())  # noqa: S608  a name of ours


def _batches(plan: Plan, cast: Cast) -> Iterator[Callable[[Connection], None]]:
    """Firms, then needs with what came of them, then the journal in the order of time, then what goes on from there."""
    for start in range(0, plan.firms, FIRMS):
        yield partial(_firms, plan=plan, numbers=range(start, min(plan.firms, start + FIRMS)))
    for batch in range(-(-plan.needs // BATCH)):
        yield partial(_needs, plan=plan, cast=cast, batch=batch)
    events = order(plan)
    for start in range(0, len(events), EVENTS):
        yield partial(_journal, plan=plan, cast=cast, events=events[start : start + EVENTS])
    yield partial(_numbers, plan=plan)


def _firms(connection: Connection, plan: Plan, numbers: range) -> None:
    made = [firm(number, plan.today, plan.seed) for number in numbers]
    pour(connection, Firm, made)
    words = {one["id"]: finding.words(one["name"], one["code"], one["phone"]) for one in made}
    finding.keep(connection, "firm", words)
    keys = [{"firm_id": plan.key("firm", number), "key": firm_key(plan, number)} for number in numbers]
    pour(connection, SubjectKey, keys)
    pour(connection, User, [
        {"id": plan.key("clerk", number), "version": 1, "login": f"qiye{number + 1:02d}", "name": made[number]["contact"],
         "role": Role.SIGNATORY, "password_hash": "!", "joined_at": made[number]["registered_at"],
         "firm_id": plan.key("firm", number), "bank_id": None, "active": True, "second_factor": None, "factor_step": 0, "recovery": "", "used_at": plan.now}
        for number in numbers if number < SIGN_INS
    ])  # fmt: skip


def _needs(connection: Connection, plan: Plan, cast: Cast, batch: int) -> None:
    rows: Rows = defaultdict(list)
    for fate in fates(batch, plan.firms, plan.needs, plan.now, plan.seed):
        write_need(plan, cast, fate, rows)
        write_answers(plan, cast, fate, rows)
        write_track(plan, cast, fate, rows)
    for kind, some in rows.items():
        pour(connection, kind, some)
    over = [one["id"] for one in rows[Opening] if one["until"] < plan.now]
    connection.execute(update(Opening).where(Opening.id.in_(over)).values(opened_at=Opening.until))
    lettered = [one["offer_id"] for one in rows[Guarantee]]
    connection.execute(update(Offer).where(Offer.id.in_(lettered)).values(lettered=True))
    chosen = [
        plan.key("offer", f.number)
        for f in fates(batch, plan.firms, plan.needs, plan.now, plan.seed)
        if f.at(Act.ACCEPT_OFFER)
    ]
    connection.execute(update(Offer).where(Offer.id.in_(chosen)).values({Offer.state: OfferState.ACCEPTED}))
    moved = {pot: sum(m["amount"].fen * ((m["target"] is pot) - (m["source"] is pot)) for m in rows[Movement])
             for pot in (Pot.USED, Pot.RESERVED)}  # fmt: skip
    connection.execute(
        update(Limit).where(Limit.id == cast.facility)
        .values(used=Limit.used + Fen(moved[Pot.USED]), reserved=Limit.reserved + Fen(moved[Pot.RESERVED]))
    )  # fmt: skip


def _journal(connection: Connection, plan: Plan, cast: Cast, events: Any) -> None:
    head = connection.execute(select(Head.seq, Head.link).with_for_update()).one()
    seq, link, entries, moment = head.seq, bytes.fromhex(head.link), [], plan.start
    for event in events:
        moment, actor, lines = told(plan, cast, int(event))
        for line in lines:
            seq += 1
            record = body(actor, moment, line, seq)
            link = link_after(link, record)
            entries.append({"seq": seq, "at": moment, "actor_id": actor.id, "act": line.act, "subject_id": line.subject,
                            "firm_id": line.firm, "bank_id": line.bank, "body": record, "link": link.hex()})  # fmt: skip
    pour(connection, Entry, entries)
    connection.execute(update(Head).values(seq=seq, link=link.hex(), at=moment))


def _numbers(connection: Connection, plan: Plan) -> None:
    """The next need of anybody gets the next number."""
    years = dict(map(plan.place, range(plan.needs)))
    given = {row.series: row.year for row in connection.execute(select(Counter.series, Counter.year))}
    for series in NUMBERED:
        assert series.value not in given  # noqa: S101  the batches number by themselves
        for year, last in years.items():
            connection.execute(insert(Counter).values(series=series.value, year=year, last=last))
    meetings = connection.execute(select(func.count()).select_from(Meeting)).scalar_one()
    for year in years:
        connection.execute(insert(Counter).values(series=Series.MEETING.value, year=year, last=1000 + meetings))
