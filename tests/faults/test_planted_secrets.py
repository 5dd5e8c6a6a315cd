"""G-19 / F-35: some sixty secrets are planted in the zone, then everybody opens every page and presses every button with the log at DEBUG: none is found again.

Looked at: log, answers with their headers and addresses, files of lists, what goes out by mail, and every byte of the database and its folder.
On each change a third of the pages is opened by one of its readers each; in a campaign (`YUANRONG_ROUNDS`) by all, with the papers that are printed.
"""

from __future__ import annotations

import base64
import os
import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from financing.access import Role
from financing.people import factors, service, totp
from financing.people.sessions import digest
from tests.faults.yard import Press, Yard, yard_of
from tests.makers import NOW, at
from tests.served import Installation
from tests.web.populated import PASSWORD
from tests.web.populated_after_conduct import ADDED, ANSWERED, FILE_NAME, HANDLING, MARKER, PRESSED
from tests.web.test_access_matrix import Case, table
from web.jobs import work_off

CAMPAIGN = "YUANRONG_ROUNDS" in os.environ
EVERY = 1 if CAMPAIGN else 3  # page and button
#: Who reported what, which its author and the two handlers read and nobody else (tests/web/test_conduct.py says who exactly).
REPORTED = (MARKER, FILE_NAME, ADDED, PRESSED, HANDLING, ANSWERED)
HEARS = {Role.LEADER, Role.CLERK}
#: What strangers put where it does not belong.
ASTRAY = {
    name: f"geheim-{name}-7f3a9c"
    for name in ("password", "query", "header", "agent", "cookie", "path", "body", "json", "referer", "login-in-query")
}


def planted(yard: Yard) -> dict[str, str]:
    """Every secret by a name of it."""
    found = {f"session of {role}": sid for role, (sid, _) in yard.visits.items()} | {
        f"form key of {role}": csrf for role, (_, csrf) in yard.visits.items()
    }
    found |= {path.name: path.read_text(encoding="utf-8").strip() for path in yard.settings.data_dir.glob("*.key")}
    found |= {f"reported {number}": word for number, word in enumerate(REPORTED)} | {
        "password": PASSWORD,
        "hash": yard.zone.hash,
    }
    found |= {f"astray {name}": word for name, word in ASTRAY.items()} | {
        "smtp": "geheim-smtp-7f3a9c",
        "new password": "a planted harbour in spring",
    }
    found["key of forms"] = yard.settings.secret.get_secret_value()
    with at(yard.database, yard.zone.users[Role.ADMIN].actor) as desk:
        found["invitation"] = service.invite(desk, Role.CLERK, "新同事", firm_id=yard.zone.firm.id)
        user, token = service.me(desk, lock=True), yard.visits[Role.ADMIN][0]
        seed = factors.proposed(desk, token)
        made = factors.set_codes(desk, user, token, totp.code(seed, totp.step(NOW)))
    found |= {
        "seed": totp.typed(seed),
        "seed in base 32": base64.b32encode(seed).decode().rstrip("="),
        "seed in hex": seed.hex(),
    }
    return found | {f"recovery code {number}": code for number, code in enumerate(made.codes)}


def shown(answer: Any) -> str:
    """All that reaches whoever asked: status line and headers, the page, the words of a paper."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if answer.content.startswith(b"%PDF-") and b"%%EOF" in answer.content[-100:]:
        return head + "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    return head + answer.content.decode("utf-8", "replace")


class Search:
    """Looks for every secret in what somebody is shown; their own session and key are theirs."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self.secrets, self.hits = secrets, list[str]()

    def looks(self, where: str, text: str, role: str = "") -> None:
        own = {f"session of {role}", f"form key of {role}"} | (
            {name for name in self.secrets if name.startswith("reported")} if role in HEARS else set()
        )
        self.hits += [
            f"{name} in {where}" for name, secret in self.secrets.items() if name not in own and secret in text
        ]


def read(yard: Yard) -> list[tuple[Case, str]]:
    """Pages to open, each by one reader or by all."""
    cells = [
        case
        for case in table(printed=CAMPAIGN)
        if case.expected == ("yes" if not CAMPAIGN else case.expected) and "GET" in yard.routes[case.route][1]
    ]
    chosen = cells if CAMPAIGN else list({case.route: case for case in cells}.values())[::EVERY]
    return [
        (
            case,
            re.sub(
                r"{\w+[^}]*}",
                str(yard.zone.thing(case.thing, case.whose)) if case.thing else "",
                yard.routes[case.route][0],
            ),
        )
        for case in chosen
    ]


def test_G19_planted_secrets_are_found_nowhere_but_with_whose_they_are(filled, tmp_path, capfd):
    with yard_of(
        filled,
        tmp_path,
        log_level="DEBUG",
        smtp_host="127.0.0.1",
        smtp_port=9,
        smtp_password="geheim-smtp-7f3a9c",
        mail_from="a@example.cn",
    ) as yard:
        search = Search(planted(yard))
        assert len(search.secrets) >= 60
        own = Search(search.secrets)
        own.looks("a page of its own", shown(yard.asks("GET", "/account", yard.visits[Role.OFFICER][0])))
        assert own.hits == ["form key of officer in a page of its own"]  # the search does find what is there
        for case, place in read(yard):
            answer = yard.asks("GET", place, yard.visits[case.role][0])
            search.looks(f"{case}", shown(answer), case.role)
            if "as=csv" in answer.text:
                search.looks(
                    f"{case} as CSV", shown(yard.asks("GET", f"{place}?as=csv", yard.visits[case.role][0])), case.role
                )
        for press in one_of_each(yard)[::EVERY]:
            search.looks(
                f"{press}", shown(yard.sends(press, str(press), password="a planted harbour in spring")), press.role
            )
        for where, answer in astray(yard):
            search.looks(where, "\n".join(f"{name}: {value}" for name, value in answer.headers.items()))
        work_off(yard.database, NOW)
        out, err = capfd.readouterr()
        search.looks("the log", out + err)
        assert '"event": "request"' in err
        everything = yard.file.read_bytes() + b"".join(
            path.read_bytes() for path in yard.settings.uploads.rglob("*") if path.is_file()
        )
    search.looks("the database and its folder", everything.decode("utf-8", "replace"), "nobody")
    assert [hit for hit in search.hits if not hit.startswith("hash in the database")] == []


def one_of_each(yard: Yard) -> list[Press]:
    """Every form once; those that would sign somebody out come last."""
    return sorted(
        {press.route: press for press in yard.presses()}.values(),
        key=lambda press: "sign" in press.route or "leave" in press.route,
    )


def astray(yard: Yard) -> list[tuple[str, Any]]:
    """Secrets where people and programs put them by mistake."""
    sid, csrf = yard.visits[Role.VISITOR]
    form = {"csrf": csrf, "once": "astray", "login": "officer"}
    return [
        ("a wrong password", yard.asks("POST", "/sign-in", sid, form | {"password": ASTRAY["password"]})),
        ("a query", yard.asks("GET", f"/join?code={ASTRAY['query']}", sid)),
        ("a login in a query", yard.asks("GET", f"/sign-in?password={ASTRAY['login-in-query']}", sid)),
        ("a bearer", yard.asks("GET", "/api/v1/dossiers", sid, authorization=f"Bearer {ASTRAY['header']}")),
        ("an agent", yard.asks("GET", "/", sid, **{"user-agent": ASTRAY["agent"]})),
        ("a referer", yard.asks("GET", "/", sid, referer=f"http://127.0.0.1:8000/x?token={ASTRAY['referer']}")),
        ("a cookie", yard.asks("GET", "/", f"{sid}; token={ASTRAY['cookie']}")),
        ("a body", yard.asks("POST", "/sign-in", sid, {"csrf": ASTRAY["body"], "login": ASTRAY["body"], "password": ASTRAY["body"]})),
        ("JSON", yard.asks("POST", "/api/v1/dossiers/1/claim", sid, {"a": ASTRAY["json"]})),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "url", ["postgresql://service:geheim-7f3a9c@127.0.0.1:9/zone", "mysql://service:geheim-7f3a9c@db/zone"]
)
def test_F35_a_database_that_is_away_is_named_without_its_password(tmp_path, url):
    said = Installation(tmp_path, url).runs("serve", fails=True)
    assert "geheim" not in said


def test_F31_a_session_is_kept_by_its_digest_alone(filled, tmp_path):
    with yard_of(filled, tmp_path) as yard:
        sid = yard.visits[Role.OFFICER][0]
        kept = yard.file.read_bytes()
        assert digest(sid).encode() in kept
        assert sid.encode() not in kept
