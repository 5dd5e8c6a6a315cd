"""The interface for banks' own systems: what a key opens, what it never opens, and what each call leaves behind."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from litestar.testing import TestClient
from pypdf import PdfReader
from sqlalchemy import delete, func, select, text

from financing import journal, parameters
from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.db import Database
from financing.journal import Entry
from financing.key_refusals import KeyTaken
from financing.matching.model import Consent, Dossier, Match, Viewing
from financing.matching.rules import Consented
from financing.matching.snapshot import Snapshot
from financing.money import Fen
from financing.offers import opening, service
from financing.offers.ask_model import ItemAsk
from financing.offers.claim_model import Claim
from financing.offers.drawdown_model import Drawdown
from financing.offers.model import Decline, Offer, Opening
from financing.parties import rights
from financing.people import keys
from financing.people.key_model import ApiKey
from financing.people.key_rules import KeyScope
from financing.people.model import User
from financing.refusals import NotAllowed
from tests.clients import client
from tests.financing.matching.stage import Stage, staged
from tests.financing.matching.test_reading_rights import READING, laid_out, moments, taken_back
from tests.makers import NOW, TODAY, a_user, at, writing
from tests.served import Installation
from tests.web.conftest import SITE, Site
from web.api.document import described, examples

ABSENT = 4503599627370497
READ, ANSWER = KeyScope.READ, KeyScope.ANSWER
BOTH = (READ, ANSWER)
#: Calls about one dossier, each with the body that is otherwise right.
ABOUT = [
    ("GET", "/api/v1/dossiers/{}", None), ("GET", "/api/v1/dossiers/{}/pdf", None), ("POST", "/api/v1/dossiers/{}/claim", "api.claim"),
    ("POST", "/api/v1/dossiers/{}/asks", "api.ask"), ("POST", "/api/v1/dossiers/{}/decline", "api.decline"), ("POST", "/api/v1/dossiers/{}/offer", "api.offer"),
]  # fmt: skip


@dataclass
class System:
    """A bank's own system: it has a key and no cookie."""

    site: Site
    secret: str
    count: int = 0

    def get(self, path: str, **more: Any) -> Any:
        return self._client.get(path, headers=self._headers, **more)

    def sends(self, path: str, body: object, once: str = "", **headers: str) -> Any:
        self.count += 1
        said = {"idempotency-key": once or f"{self.secret[4:20]}-{self.count:04d}", "content-type": "application/json"}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._client.post(path, content=raw, headers=self._headers | said | headers)

    def asks(self, method: str, path: str, example: str | None) -> Any:
        return self.get(path) if method == "GET" else self.sends(path, examples()[example or ""]["body"])

    @property
    def _client(self) -> TestClient[Any]:
        return client(self.site.app, SITE)

    @property
    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret}"} if self.secret else {}


@pytest.fixture
def stage(site: Site) -> Stage:
    site.clock.now = NOW
    return ready(staged(site.database, banks=2))


def ready(stage: Stage) -> Stage:
    """Proposed, consented to the first bank alone and sent."""
    stage.proposed()
    stage.grant(0)
    stage.send()
    return stage


def a_key(stage: Stage, bank: int = 0, scopes: tuple[KeyScope, ...] = BOTH, **more: Any) -> str:
    return issued(stage.database, stage.bankers[bank], scopes, **more)


def issued(
    database: Database,
    officer: Actor,
    scopes: tuple[KeyScope, ...],
    *,
    days: int = 90,
    take: bool = True,
    now: datetime = NOW,
) -> str:
    """Given by the bank's administrator, taken by its officer."""
    with writing(database) as session:
        admin = a_user(session, Role.BANK_ADMIN, bank_id=officer.bank_id).actor
    with at(database, admin, now) as desk:
        key = keys.give(desk, desk.get(User, officer.id), name="信贷系统", scopes=scopes, days=days).id
    if not take:
        return ""
    with at(database, officer, now) as desk:
        return keys.take(desk, desk.get(ApiKey, key))


def system(site: Site, stage: Stage, bank: int = 0, **more: Any) -> System:
    return System(site, a_key(stage, bank, **more))


def only(stage: Stage, kind: Any, *where: object) -> Any:
    with at(stage.database, SYSTEM) as desk:
        return desk.session.scalars(select(kind).where(*where)).one()


def dossier_of(stage: Stage) -> int:
    return int(only(stage, Dossier).id)


def lines(stage: Stage, *acts: Act) -> int:
    with at(stage.database, SYSTEM) as desk:
        return desk.session.scalar(select(func.count()).where(Entry.act.in_(acts))) or 0


# --- reading ----------------------------------------------------------------------------------------------------------
def test_a_bank_reads_what_was_consented_to_it_and_the_digest_is_that_of_what_it_was_shown(site, stage):
    ours = system(site, stage)
    (line,) = ours.get("/api/v1/dossiers").json()["dossiers"]
    assert (line["firm"], line["amount_fen"], line["state"]) == (stage.firm.name, 120_000_000, "sent")
    whole = ours.get(f"/api/v1/dossiers/{line['dossier']}").json()
    assert Snapshot.model_validate_json(json.dumps(whole["snapshot"])).digest() == whole["digest"]
    assert whole["digest"] == only(stage, Viewing).digest
    assert whole["contact"] == {"name": "李芳", "phone": "13800000000"}
    assert {one["code"] for one in whole["grounds"]} >= {"amount", "months", "paper.1", "own"}


def test_what_the_consent_does_not_cover_is_not_in_the_json(site, database):
    site.clock.now = NOW
    stage = staged(database, banks=1)
    stage.proposed()
    stage.grant(0, scope=frozenset())
    stage.send()
    ours = system(site, stage)
    (line,) = ours.get("/api/v1/dossiers").json()["dossiers"]
    whole = ours.get(f"/api/v1/dossiers/{line['dossier']}")
    assert line["grade"] == ""
    assert whole.json()["contact"] is None
    assert "李芳" not in whole.text
    assert "客户1" not in whole.text


def test_the_pdf_names_bank_officer_and_key_on_every_page(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.get(f"/api/v1/dossiers/{dossier}/pdf")
    assert answer.headers["content-type"] == "application/pdf"
    for page in PdfReader(BytesIO(answer.content)).pages:
        text = re.sub(r"\s", "", page.extract_text())
        assert re.sub(r"\s", "", stage.banks[0].name) in text
        assert f"{stage.bankers[0].name}（信贷系统）" in text


def test_the_shelf_is_the_banks_own(site, stage):
    found = system(site, stage).get("/api/v1/products").json()
    assert [one["name"] for one in found["products"]] == ["园区担保贷"]
    assert found["appetite"] is None


@pytest.mark.parametrize("cursor", ["x", "2026-13-01~1", "2026-11-23~", "2026-11-23~99999999999999999999"])
def test_a_cursor_that_no_answer_gave_is_refused(site, stage, cursor):
    answer = system(site, stage).get("/api/v1/dossiers", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def every(ours: System, limit: int) -> list[int]:
    """All that the list tells, page by page."""
    found, cursor = [], ""
    while cursor is not None:
        page = ours.get("/api/v1/dossiers", params={"limit": limit, "cursor": cursor}).json()
        found += [line["dossier"] for line in page["dossiers"]]
        cursor = page["next"]
    return found


def test_a_list_read_in_small_pages_is_the_list_without_gap_or_double(site, database):
    needs, banks, _given, _states = laid_out(database, Random(31))
    with writing(database) as session:
        session.execute(delete(Consent))
        matches = list(session.scalars(select(Match).where(Match.bank_id == banks[0])))
        for number, match in enumerate(matches):
            match.sent_on, match.due_on, match.state = TODAY - timedelta(days=number % 3), TODAY, "sent"
            session.add(a_consent(match, number))
        person = a_user(session, Role.BANKER, bank_id=banks[0]).actor
    site.clock.now = NOW
    ours = System(site, issued(database, person, BOTH))
    assert sorted(every(ours, 17)) == sorted(match.need_id for match in matches)
    assert every(ours, 100) == every(ours, 17)
    assert len(needs) > len(matches) > 200


def a_consent(match: Match, number: int) -> Consent:
    return Consent(
        number=f"SQ-{number}", firm_id=match.firm_id, need_id=match.need_id, bank_id=match.bank_id, scope=[],
        purpose=Consented.FINANCING, text_version="1", text_hash="", granted_by=1, valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=1),
    )  # fmt: skip


def test_I09_over_the_interface_no_system_reads_what_no_firm_has_let_it_read(site, database):
    """Two thousand random (system, dossier, moment) triples against the plain model of the pages' own test."""
    chance = Random(29)
    needs, banks, given, states = laid_out(database, chance)
    with writing(database) as session:
        for number, match in enumerate(session.scalars(select(Match))):
            match.sent_on, match.due_on = TODAY - timedelta(days=number % 9), TODAY + timedelta(days=30)
        people = [a_user(session, Role.BANKER, bank_id=bank).actor for bank in banks[:3]]
    site.clock.now = NOW
    systems = [System(site, issued(database, person, BOTH, days=90)) for person in people]
    before, told, foreign = None, 0, 0
    for moment in moments(chance, given)[:8]:
        taken_back(database, given, before, moment)
        before = site.clock.now = moment
        leave = {(one.need, one.bank) for one in given if one.holds(moment)}
        for person, ours in zip(people, systems, strict=True):
            may = {need for need, bank in leave if bank == person.bank_id and states[need, bank] in READING}
            read = every(ours, 50)
            assert set(read) == may
            closed = chance.choice(sorted(set(needs) - may))
            foreign += ours.get(f"/api/v1/dossiers/{closed}").status_code != 404
            told += len(needs)
    assert (told, foreign) == (len(needs) * 3 * 8, 0)


# --- what is closed ---------------------------------------------------------------------------------------------------
def same(one: Any, other: Any) -> bool:
    """Byte for byte the same answer, but for the number of the request."""
    return (one.status_code, one.content) == (other.status_code, other.content) and one.status_code == 404


def test_I19_somebody_elses_dossier_answers_like_one_that_does_not_exist(site, stage):
    other, dossier = system(site, stage, bank=1), dossier_of(stage)
    for method, path, example in ABOUT:
        assert same(
            other.asks(method, path.format(dossier), example), other.asks(method, path.format(ABSENT), example)
        ), path


def test_I10_after_a_withdrawal_the_next_call_finds_nothing(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    assert ours.get(f"/api/v1/dossiers/{dossier}").status_code == 200
    stage.withdraw(0)
    for method, path, example in ABOUT:
        assert same(
            ours.asks(method, path.format(dossier), example), ours.asks(method, path.format(ABSENT), example)
        ), path
    assert ours.get("/api/v1/dossiers").json()["dossiers"] == []


@pytest.mark.parametrize(("before", "status"), [(timedelta(microseconds=1), 200), (timedelta(0), 404)])
def test_I10_a_consent_ends_at_its_very_moment(site, stage, before, status):
    ours, dossier = system(site, stage, days=200), dossier_of(stage)
    site.clock.now = NOW + timedelta(days=60) - before
    assert ours.get(f"/api/v1/dossiers/{dossier}").status_code == status


def over(stage: Stage, how: str) -> str:
    """A key that does not count: for one reason or another."""
    if how == "absent":
        return ""
    if how == "unknown":
        return "yrt_" + "A" * 48
    secret = a_key(stage, days=1 if how == "expired" else 90)
    if how == "revoked":
        with stage.at(stage.bankers[0]) as desk:
            keys.revoke(desk, desk.all(ApiKey)[0])
    if how == "disabled":
        with writing(stage.database) as session:
            session.get_one(User, stage.bankers[0].id).active = False
    return secret


@pytest.mark.parametrize("how", ["absent", "unknown", "expired", "revoked", "disabled"])
def test_a_key_that_does_not_count_gets_one_answer_whatever_the_reason(site, stage, how):
    ours, dossier = System(site, over(stage, how)), dossier_of(stage)
    site.clock.now = NOW + timedelta(days=1 if how == "expired" else 0)
    for method, path, example in [*ABOUT, ("GET", "/api/v1/dossiers", None), ("GET", "/api/v1/products", None)]:
        answer = ours.asks(method, path.format(dossier), example)
        assert (answer.status_code, answer.json()["code"], answer.json()["facts"]) == (401, "key_unknown", {})
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert lines(stage, Act.OPEN_DOSSIER, Act.PRINT_DOSSIER, Act.USE_KEY) == 0
    assert lines(stage, Act.DENIED) == (8 if how in {"expired", "revoked", "disabled"} else 0)


@pytest.mark.parametrize(("scope", "closed"), [(READ, {"POST"}), (ANSWER, {"GET"})])
def test_a_key_does_what_it_was_given_for_alone(site, stage, scope, closed):
    ours, dossier = system(site, stage, scopes=(scope,)), dossier_of(stage)
    for method, path, example in ABOUT:
        answer = ours.asks(method, path.format(dossier), example)
        assert (answer.status_code == 403) is (method in closed), path
        if method in closed:
            assert (answer.json()["code"], answer.json()["facts"]) == (
                "scope_missing",
                {"scope": ({*BOTH} - {scope}).pop()},
            )


def test_a_cookie_never_authorises_a_call_and_a_key_never_a_page(site, stage):
    site.clock.now = NOW
    person = site.person(Role.BANKER, bank_id=stage.banks[0].id)
    dossier = dossier_of(stage)
    assert person.get(f"/dossiers/{dossier}").status_code == 200
    assert person.get(f"/api/v1/dossiers/{dossier}").status_code == 401
    ours = system(site, stage)
    assert ours.get(f"/dossiers/{dossier}", follow_redirects=False).headers["location"].startswith("/sign-in")
    assert "set-cookie" not in ours.get("/api/v1/dossiers").headers


def test_an_untaken_key_is_none_and_a_taken_one_is_told_once(site, stage):
    a_key(stage, take=False)
    with stage.at(stage.bankers[0]) as desk:
        waiting = desk.all(ApiKey)[0]
        assert (waiting.digest, waiting.prefix) == (None, "")
        secret = keys.take(desk, waiting)
    with stage.at(stage.bankers[0]) as desk, pytest.raises(KeyTaken):
        keys.take(desk, desk.all(ApiKey)[0])
    kept = only(stage, ApiKey)
    assert secret.startswith(kept.prefix)
    assert len(kept.prefix) < len(secret) / 4
    with at(stage.database, SYSTEM) as desk:
        written = " ".join(journal.exported(desk.session))
    assert secret not in written
    assert secret not in repr(vars(kept))


def test_nobody_takes_a_colleagues_key(site, stage):
    a_key(stage, take=False)
    with writing(stage.database) as session:
        colleague = a_user(session, Role.BANKER, bank_id=stage.banks[0].id).actor
    with stage.at(colleague) as desk, pytest.raises(NotAllowed):
        keys.take(desk, desk.all(ApiKey)[0])


def test_a_key_that_asks_too_often_waits_a_minute_and_no_other_key_does(site, stage):
    ours, colleague = system(site, stage), system(site, stage, bank=1)
    most = parameters.figure("api_requests_per_minute", TODAY).value
    found = [ours.get("/api/v1/products").status_code for _ in range(most + 1)]
    assert found == [200] * most + [429]
    assert ours.get("/api/v1/products").headers["retry-after"] == "60"
    assert colleague.get("/api/v1/products").status_code == 200
    site.clock.later(minutes=1)
    assert ours.get("/api/v1/products").status_code == 200
    assert only(stage, ApiKey, ApiKey.bank_id == stage.banks[0].id).used_at == site.clock.now


# --- what is left behind ----------------------------------------------------------------------------------------------
def test_I11_each_reading_leaves_one_line_and_each_refused_one_too(site, stage):
    ours, other, dossier = system(site, stage), system(site, stage, bank=1), dossier_of(stage)
    for number in range(1, 4):
        ours.get(f"/api/v1/dossiers/{dossier}")
        ours.get("/api/v1/dossiers")
        ours.get("/api/v1/products")
        other.get(f"/api/v1/dossiers/{dossier}")
        assert (lines(stage, Act.OPEN_DOSSIER), lines(stage, Act.USE_KEY), lines(stage, Act.DENIED)) == (
            number,
            2 * number,
            number,
        )
    with at(stage.database, SYSTEM) as desk:
        entry = desk.session.scalars(select(Entry).where(Entry.act == Act.OPEN_DOSSIER)).first()
        key = desk.session.scalars(select(ApiKey).where(ApiKey.bank_id == stage.banks[0].id)).one()
        names = {one.user_name for one in desk.session.scalars(select(Viewing))}
    assert (entry.body["actor"], entry.body["key"], entry.body["of_bank"]) == (
        stage.bankers[0].id,
        key.id,
        stage.banks[0].id,
    )
    assert names == {f"{stage.bankers[0].name}（信贷系统）"}


def test_I11_where_the_journal_cannot_be_written_nothing_leaves(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    with at(stage.database, SYSTEM) as desk:
        broken = "UPDATE journal_head SET seq = seq - 1"  # the next line meets one that is there
        desk.session.execute(text(broken))
    for path in (f"/api/v1/dossiers/{dossier}", f"/api/v1/dossiers/{dossier}/pdf", "/api/v1/dossiers"):
        answer = ours.get(path)
        assert answer.status_code == 500
        assert stage.firm.name not in answer.text
    with at(stage.database, SYSTEM, write=False) as desk:
        assert desk.session.scalar(select(func.count(Viewing.id))) == 0


# --- answering --------------------------------------------------------------------------------------------------------
def test_the_examples_of_the_description_are_what_is_sent_and_got(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    given = examples()
    claimed = ours.sends(f"/api/v1/dossiers/{dossier}/claim", given["api.claim"]["body"]).json()
    asked = ours.sends(f"/api/v1/dossiers/{dossier}/asks", given["api.ask"]["body"]).json()
    assert asked == given["api.ask"]["answer"] | {
        "ask": only(stage, ItemAsk).id,
        "answer_by": only(stage, ItemAsk).due_on.isoformat(),
    }
    offered = ours.sends(f"/api/v1/dossiers/{dossier}/offer", given["api.offer"]["body"]).json()
    assert claimed == given["api.claim"]["answer"] | {"dossier": dossier}
    assert offered == given["api.offer"]["answer"] | {"dossier": dossier, "offer": only(stage, Offer).id}
    chosen(stage)
    site.clock.now = NOW + timedelta(days=31)
    paid = ours.sends(f"/api/v1/offers/{offered['offer']}/drawdowns", given["api.drawdown"]["body"]).json()
    assert paid == given["api.drawdown"]["answer"] | {"offer": offered["offer"]}
    for name, path in (("api.dossiers", "dossiers"), ("api.offers", "offers"), ("api.products", "products")):
        assert shape(ours.get(f"/api/v1/{path}").json()) == shape(given[name]["answer"]), name


def shape(found: Any) -> Any:
    """Names and kinds, whatever the values."""
    if isinstance(found, dict):
        return {name: shape(value) for name, value in found.items()}
    return [shape(found[0])] if isinstance(found, list) and found else type(found).__name__


def chosen(stage: Stage) -> None:
    """All offers open, the firm takes the one there is."""
    later = NOW + timedelta(days=30, hours=1)
    with stage.at(SYSTEM, NOW + timedelta(days=60)) as desk:
        opening.open_all(desk, stage.need.id)
    with stage.at(stage.signatory, later) as desk:
        service.accept(desk, desk.all(Offer)[0])


def test_a_decline_over_the_interface_is_the_decline_of_the_page(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.sends(f"/api/v1/dossiers/{dossier}/decline", examples()["api.decline"]["body"])
    assert answer.json() == examples()["api.decline"]["answer"] | {"dossier": dossier}
    made = only(stage, Decline)
    assert (made.code, made.would_change, made.by) == ("cash_flow", "补充半年订单", stage.bankers[0].id)


def but(**other: object) -> dict[str, object]:
    return {**examples()["api.offer"]["body"], **other}


DEPOSIT = but(deposit_fen=5_000_000)
LINE = {"charge": "legal", "amount_fen": 1, "payee": "某"}


def test_an_offer_without_conditions_is_an_offer(site, stage):
    """Found by calls made from our own description: it was answered by a fault."""
    body = {name: value for name, value in examples()["api.offer"]["body"].items() if name != "conditions"}
    answer = system(site, stage).sends(f"/api/v1/dossiers/{dossier_of(stage)}/offer", body)
    assert (answer.status_code, answer.json()["state"]) == (200, "offered")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (DEPOSIT, 422, "forbidden_item"),
        (but(amount_fen=120_000_001), 422, "beyond_need"),
        (but(rate_ppm=None), 422, "rate_missing"),
        (but(valid_until="2026-11-22"), 409, "offer_over"),
        (but(valid_until="tomorrow"), 422, "form_errors"),
        (but(months="12"), 422, "form_errors"),
        (but(months=0), 422, "form_errors"),
        (but(amount_fen=-1), 422, "form_errors"),
        (but(amount_fen=10**30), 422, "form_errors"),
        (but(secured_by="a\u0000b"), 422, "form_errors"),
        (but(charges=[LINE, LINE]), 422, "form_errors"),
        (but(charges=[{**LINE, "payee": ""}]), 422, "form_errors"),
        (but(bank=7), 422, "form_errors"),
        ({}, 422, "form_errors"),
        ([], 400, "not_json"),
        (b'{"months": 12, "months": 24}', 400, "not_json"),
        (b'{"months": 12.5}', 400, "not_json"),
        (b'{"months": NaN}', 400, "not_json"),
        (b"\xff", 400, "not_json"),
        (b"[" * 100_000, 400, "not_json"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_refused_in_both_languages_and_has_no_effect(site, stage, body, status, code):
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.sends(f"/api/v1/dossiers/{dossier}/offer", body)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (status, code)
    assert said["message_zh"]
    assert said["message_en"] != said["message_zh"]
    if code == "form_errors":
        assert all({"field", "message_zh", "message_en"} == set(one) for one in said["facts"]["fields"])
    with at(stage.database, SYSTEM) as desk:
        assert desk.session.scalar(select(func.count(Offer.id))) == 0


def test_an_officers_right_binds_the_system_that_acts_for_them(site, stage):
    with writing(stage.database) as session:
        admin = a_user(session, Role.BANK_ADMIN, bank_id=stage.banks[0].id).actor
    with stage.at(admin) as desk:
        rights.give(desk, desk.get(User, stage.bankers[0].id), most=Fen.wan(50))
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.sends(f"/api/v1/dossiers/{dossier}/offer", examples()["api.offer"]["body"])
    assert (answer.status_code, answer.json()["code"]) == (422, "beyond_right")
    assert answer.json()["facts"]["most"] == {"fen": 50_000_000}


def test_I17_the_same_call_again_is_answered_the_same_and_acts_once(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    path, body = f"/api/v1/dossiers/{dossier}/offer", examples()["api.offer"]["body"]
    first = ours.sends(path, body, once="abcdefghijklmnop")
    again = [
        ours.sends(path, json.dumps(dict(reversed(body.items())), indent=3).encode(), once="abcdefghijklmnop")
        for _ in range(3)
    ]
    assert {one.content for one in again} == {first.content}
    assert lines(stage, Act.MAKE_OFFER) == 2  # the match and, following from it, the need
    other = ours.sends(path, but(rate_ppm=35_000), once="abcdefghijklmnop")
    assert (other.status_code, other.json()["code"]) == (422, "once_reused")
    assert only(stage, Offer).rate.ppm == 36_000
    assert ours.sends(path, but(rate_ppm=35_000), once="ponmlkjihgfedcba").status_code == 200
    assert only(stage, Offer).rate.ppm == 35_000


def test_I17_a_refused_call_may_be_mended_under_the_same_header(site, stage):
    ours, path = system(site, stage), f"/api/v1/dossiers/{dossier_of(stage)}/offer"
    assert ours.sends(path, DEPOSIT, once="abcdefghijklmnop").status_code == 422
    assert ours.sends(path, examples()["api.offer"]["body"], once="abcdefghijklmnop").status_code == 200


def test_I17_two_keys_never_share_a_header(site, stage):
    ours, theirs, dossier = system(site, stage), system(site, stage), dossier_of(stage)
    once, path = "abcdefghijklmnop", f"/api/v1/dossiers/{dossier}/claim"
    assert ours.sends(path, {}, once=once).status_code == 200
    assert theirs.sends(path, {}, once=once).json()["code"] == "claimed_once"
    assert only(stage, Claim).by == stage.bankers[0].id


@pytest.mark.parametrize("once", ["", "short", "with space in it ok", "x" * 81])
def test_I17_a_call_without_a_sound_header_is_refused(site, stage, once):
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.sends(f"/api/v1/dossiers/{dossier}/claim", {}, once="x" * 20, **{"idempotency-key": once})
    assert (answer.status_code, answer.json()["code"]) == (400, "once_missing")


def test_I17_twenty_systems_at_once_with_one_header_make_one_claim(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    path = f"/api/v1/dossiers/{dossier}/claim"
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda _: ours.sends(path, {}, once="abcdefghijklmnop").content, range(20)))
    assert len(set(found)) == 1
    assert only(stage, Claim).match_id
    assert lines(stage, Act.CLAIM_NEED) == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(site, stage, kind):
    ours, dossier = system(site, stage), dossier_of(stage)
    answer = ours.sends(f"/api/v1/dossiers/{dossier}/claim", {}, **{"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "http_415")


def test_I21_an_offer_over_the_interface_stays_sealed_to_everybody_else(site, stage):
    stage.grant(1)
    stage.send()
    ours, theirs, dossier = system(site, stage), system(site, stage, bank=1), dossier_of(stage)
    ours.sends(f"/api/v1/dossiers/{dossier}/offer", examples()["api.offer"]["body"])
    (own,) = ours.get("/api/v1/offers").json()["offers"]
    assert own["sealed"] is True
    assert theirs.get("/api/v1/offers").json()["offers"] == []
    sealed = {str(own["offer"]), "示范律师事务所", "受托支付", "46171"}
    for path in ("offers", "dossiers", f"dossiers/{dossier}"):
        assert not {one for one in sealed if one in theirs.get(f"/api/v1/{path}").text}
    answer = theirs.sends(f"/api/v1/offers/{own['offer']}/drawdowns", examples()["api.drawdown"]["body"])
    absent = theirs.sends(f"/api/v1/offers/{ABSENT}/drawdowns", examples()["api.drawdown"]["body"])
    assert same(answer, absent)
    with stage.at(stage.signatory) as desk:
        assert desk.all(Offer) == []
    with at(stage.database, SYSTEM) as desk:
        assert '"ppm":36000' not in " ".join(journal.exported(desk.session)).replace(" ", "")


@pytest.mark.parametrize(("before", "status"), [(timedelta(microseconds=1), 200), (timedelta(0), 409)])
def test_I21_at_the_deadline_no_offer_comes_in(site, stage, before, status):
    ours, dossier = system(site, stage), dossier_of(stage)
    path = f"/api/v1/dossiers/{dossier}/offer"
    assert ours.sends(path, but(valid_until="2027-06-30", drawdown_on="2027-05-01")).status_code == 200
    site.clock.now = only(stage, Opening).until - before
    assert (
        ours.sends(path, but(valid_until="2027-06-30", drawdown_on="2027-05-01", rate_ppm=30_000)).status_code == status
    )


def test_money_paid_out_never_passes_the_offer(site, stage):
    ours, dossier = system(site, stage), dossier_of(stage)
    offer = ours.sends(f"/api/v1/dossiers/{dossier}/offer", examples()["api.offer"]["body"]).json()["offer"]
    path, body = f"/api/v1/offers/{offer}/drawdowns", examples()["api.drawdown"]["body"]
    assert ours.sends(path, body).json()["code"] == "not_chosen"
    chosen(stage)
    site.clock.now = NOW + timedelta(days=31)
    assert ours.sends(path, body | {"amount_fen": 120_000_001}).json()["code"] == "more_than_offered"
    assert ours.sends(path, body | {"amount_fen": 120_000_000}).json()["left_fen"] == 0
    assert only(stage, Drawdown).by == stage.bankers[0].id
    (own,) = ours.get("/api/v1/offers").json()["offers"]
    assert own["paid_fen"] == 120_000_000


# --- the description and the pages ------------------------------------------------------------------------------------
def test_the_description_has_every_call_and_no_other(quick_site):
    found = described(quick_site.app)
    told = {(path, method) for path, methods in found["paths"].items() for method in methods}
    there = {
        (re.sub(r":\w+}", "}", route.path), "post" if "POST" in one.http_methods else "get")
        for route in quick_site.app.routes
        for one in getattr(route, "route_handlers", ())
        if route.path.startswith("/api/") and one.http_methods != {"OPTIONS"}
    }
    assert told == there
    wanted = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(found)))
    assert wanted == set(found["components"]["schemas"])


def test_the_description_is_for_those_who_have_a_key_or_are_signed_in(site, stage):
    assert System(site, "").get("/api/v1/openapi.json").status_code == 401
    assert system(site, stage).get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    person = site.person(Role.BANK_ADMIN, bank_id=stage.banks[0].id)
    assert person.get("/keys/description").json()["info"]["title"]


@pytest.mark.parametrize(("method", "path", "status"), [("PUT", "/api/v1/dossiers", 405), ("GET", "/api/v1/none", 404), ("GET", "/api/v1/dossiers/x", 404), ("POST", "/api/v1/dossiers", 405)])  # fmt: skip
def test_every_no_below_the_interface_is_json(site, stage, method, path, status):
    secret = a_key(stage)
    answer = client(site.app, SITE).request(method, path, headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message_zh", "message_en", "facts"}


def test_a_key_is_given_taken_and_revoked_by_the_buttons_on_the_pages(site, stage):
    bank = stage.banks[0]
    admin = site.person(Role.BANK_ADMIN, bank_id=bank.id)
    officer = site.person(Role.BANKER, login="first", bank_id=bank.id)
    with at(stage.database, SYSTEM) as desk:
        person = desk.session.scalars(select(User).where(User.login == "first")).one().id
    asked = {"person": person, "name": "信贷系统", "scopes": ["read", "answer"], "days": "90"}
    assert admin.sends("/keys/give", asked).status_code == 303
    key = only(stage, ApiKey).id
    assert f"/keys/{key}/take" not in admin.get("/keys").text
    taken = officer.sends(f"/keys/{key}/take", opened="/keys").text
    secret = re.search(r"yrt_[A-Za-z0-9_-]{48}", taken)
    assert secret
    ours = System(site, secret[0])
    assert ours.get("/api/v1/dossiers").status_code == 200
    page = officer.get("/keys").text
    assert secret[0][:12] in page
    assert secret[0] not in page
    assert admin.sends(f"/keys/{key}/revoke", opened="/keys").status_code == 303
    assert ours.get("/api/v1/dossiers").status_code == 401


# --- the client of the docs -------------------------------------------------------------------------------------------
CLIENT = Path(__file__).parents[2] / "docs" / "examples" / "bank_client.py"


def test_the_client_of_the_docs_talks_to_a_server_of_its_own_process(tmp_path, sqlite_url):
    now = datetime.now(UTC)
    with closing(Database(sqlite_url)) as database:
        stage = staged(database, banks=1)
        stage.proposed()
        stage.grant(0, now=now)
        dossier = stage.send(now=now).id
        secret = issued(database, stage.bankers[0], BOTH, days=30, now=now)
    (tmp_path / "key.txt").write_text(secret, encoding="ascii")
    (tmp_path / "decline.json").write_text(json.dumps(examples()["api.decline"]["body"]), encoding="utf-8")
    installation = Installation(tmp_path, sqlite_url)
    installation.start()

    def runs(*arguments: str, fails: bool = False) -> str:
        command = [sys.executable, str(CLIENT), installation.address, str(tmp_path / "key.txt"), *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert bool(ended.returncode) is fails, ended.stderr
        return ended.stdout + ended.stderr

    try:
        assert json.loads(runs("list"))["dossier"] == dossier
        assert stage.firm.name in runs("read", str(dossier))
        runs("pdf", str(dossier), str(tmp_path / "d.pdf"))
        assert (tmp_path / "d.pdf").read_bytes().startswith(b"%PDF-")
        answer = f"dossiers/{dossier}/decline"
        first = runs("post", answer, str(tmp_path / "decline.json"), "one-and-the-same-thing")
        assert runs("post", answer, str(tmp_path / "decline.json"), "one-and-the-same-thing") == first
        assert "wrong_state" in runs("post", answer, str(tmp_path / "decline.json"), fails=True)
        assert "key_unknown" not in installation.said
        assert secret not in installation.said
    finally:
        installation.stop()
