"""Signing in by an identity provider: a real one on loopback signs real tokens; what was not begun here, or not for us, is refused, and nobody gets in by a link alone."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import ValidationError
from sqlalchemy import select

from financing.access import Role
from financing.db import Base
from financing.people.model import User
from financing.settings import Settings
from tests.makers import writing
from web.federated import Provider

CLIENT, SECRET, SUBJECT = "yuanrong", "s3cret:of the client", "zhang.san@zone"


class Authority:
    """A small provider: discovery, keys, and tokens for codes, each once, with the verifier and the client's secret looked at."""

    def __init__(self) -> None:
        self.key, self.stranger = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
        self.codes: dict[str, dict[str, str]] = {}
        self.changes: dict[str, object] = {}
        self.sign_with, self.alg, self.asked = self.key, "RS256", 0
        self.heads, self.given = {}, ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.told = {"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
                     "jwks_uri": f"{self.issuer}/keys"}  # fmt: skip

    def agrees(self, place: str) -> str:
        """A person signs in there; the code with which the browser is sent back."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
        assert place.startswith(self.told["authorization_endpoint"])
        assert (said["response_type"], said["code_challenge_method"], said["client_id"]) == ("code", "S256", CLIENT)
        assert said["scope"] == "openid"
        code = secrets.token_urlsafe(8)
        self.codes[code] = said
        return code

    def token(self, form: dict[str, str], authorization: str) -> dict[str, object] | None:
        said = self.codes.pop(form.get("code", ""), None)
        self.asked += 1
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        known = base64.b64encode(b"yuanrong:s3cret%3Aof%20the%20client").decode()
        if (
            said is None
            or said["code_challenge"] != challenge
            or said["redirect_uri"] != form["redirect_uri"]
            or authorization != f"Basic {known}"
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": SUBJECT,
            "iat": now,
            "exp": now + 60,
            "nonce": said["nonce"],
        } | self.changes
        key = "shared" * 8 if self.alg == "HS256" else self.sign_with
        self.given = jwt.encode(claims, key, self.alg, headers={"kid": "k1"} | self.heads)
        return {"token_type": "Bearer", "id_token": self.given}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                keys = {
                    "keys": [
                        json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(authority.key.public_key()))
                        | {"kid": "k1", "alg": "RS256"}
                    ]
                }
                self._say(authority.told if self.path.startswith("/.well-known/") else keys)

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                self._say(
                    authority.token(
                        {name: values[0] for name, values in form.items()}, self.headers.get("authorization", "")
                    )
                )

            def _say(self, said: object) -> None:
                self.send_response(200 if said else 400)
                self.end_headers()
                self.wfile.write(json.dumps(said or {"error": "invalid_grant"}).encode())

            def log_message(self, *_said: object) -> None:
                """Nothing of a test is logged."""

        return Answers


@contextmanager
def running():
    authority = Authority()
    thread = Thread(target=authority.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        authority.server.shutdown()
        authority.server.server_close()
        thread.join()


@pytest.fixture
def authority():
    with running() as found:
        yield found


@pytest.fixture
def joined(site, authority, tmp_path):
    """A site with that provider."""
    (tmp_path / "client.secret").write_text(SECRET + "\n")
    facts = {
        "oidc_issuer": authority.issuer,
        "oidc_client": CLIENT,
        "oidc_secret_file": str(tmp_path / "client.secret"),
        "oidc_second": "mfa",
    }
    settings = Settings(data_dir=site.settings.data_dir, **facts)
    site.app.state.provider, site.app.state.settings = Provider.of(settings), settings
    return site


def gone(browser) -> str:
    """Off to the provider: the address there."""
    answer = browser.get("/sign-in/provider")
    assert answer.status_code == 303
    return answer.headers["location"]


def comes_back(browser, authority, **changes):
    """There, agreed, and back."""
    place = gone(browser)
    said = {"state": parse_qs(urlsplit(place).query)["state"][0], "code": authority.agrees(place)} | changes
    return browser.client.get("/sign-in/provider/back", params=said, follow_redirects=False)


def test_I25_an_identity_opens_an_account_only_after_two_people_said_so(joined, authority):
    admin, officer = joined.person(Role.ADMIN), joined.person(Role.OFFICER)
    with writing(joined.database) as session:
        key = session.scalars(select(User.id).where(User.role == Role.OFFICER)).one()

    def stranger():
        return comes_back(joined.visitor(), authority)

    assert "统一身份" in joined.visitor().get("/sign-in").text
    first = stranger()
    assert (first.status_code, SUBJECT in first.text) == (422, True)  # told what to give to the administrator
    assert admin.sends(f"/people/{key}/identity", {"subject": SUBJECT}).status_code == 303
    assert stranger().status_code == 422  # linked by one person alone
    assert officer.sends("/account/identity", opened="/account").status_code == 303
    browser = joined.visitor()
    back = comes_back(browser, authority)
    assert back.headers["location"].startswith("/home")
    assert authority.given not in back.text + str(back.headers) + browser.get("/account").text
    with joined.database.reader.connect() as line:  # nor is it kept
        rows = [str(line.execute(select(table)).all()) for table in Base.metadata.sorted_tables]
    assert not [row for row in rows if authority.given in row or authority.given.rpartition(".")[2] in row]
    assert "officer 王" in browser.get("/account").text
    with writing(joined.database) as session:
        assert session.query(User).count() == 2  # none was made
    assert admin.sends(f"/people/{key}/identity/drop", opened=f"/people/{key}/identity").status_code == 303
    assert browser.get("/account").status_code == 303  # its session has ended
    assert stranger().status_code == 422


def test_I25_the_second_factor_is_asked_unless_the_provider_has_asked_for_one(joined, authority):
    joined.person(Role.OFFICER)
    with writing(joined.database) as session:
        user = session.scalars(select(User)).one()
        user.identity, user.identity_at = f"{authority.issuer} {SUBJECT}", joined.clock.now
    joined.app.state.strict = True
    weak, strong = joined.visitor(), joined.visitor()
    comes_back(weak, authority)
    assert weak.get("/work").headers.get("location", "").startswith("/account/factor")
    authority.changes = {"amr": ["pwd", "mfa"]}
    comes_back(strong, authority)
    assert strong.get("/work").status_code == 200


@pytest.mark.parametrize(
    "trouble", ["state", "other browser", "late", "issuer in the answer", "code twice", "nonce", "audience", "party", "issuer", "expired", "key", "key in the token", "another provider", "none",
                "shared secret", "no subject", "another subject", "error"],
)  # fmt: skip
def test_I25_what_was_not_begun_here_or_is_not_for_us_opens_nothing(joined, authority, trouble):
    joined.person(Role.OFFICER)
    with writing(joined.database) as session:
        user = session.scalars(select(User)).one()
        whose = "http://127.0.0.1:1" if trouble == "another provider" else authority.issuer
        user.identity, user.identity_at = f"{whose} {SUBJECT}", joined.clock.now
    browser = joined.visitor()
    authority.changes = {"nonce": {"nonce": "x" * 64}, "audience": {"aud": "another"}, "party": {"azp": "another"}, "issuer": {"iss": "http://127.0.0.1:1"},
                         "expired": {"exp": int(time.time()) - 3600}, "no subject": {"sub": ""}, "another subject": {"sub": "li.si@zone"}}.get(trouble, {})  # fmt: skip
    authority.sign_with = authority.stranger if trouble in {"key", "key in the token"} else authority.key
    if trouble == "key in the token":
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(authority.stranger.public_key()))
        authority.heads = {"jwk": public | {"kid": "k1"}, "jku": f"{authority.issuer}/stranger"}
    authority.alg = {"none": "none", "shared secret": "HS256"}.get(trouble, "RS256")
    if trouble == "none":
        authority.sign_with = None
    if trouble == "late":
        place = gone(browser)
        joined.clock.later(minutes=11)
        answer = browser.client.get("/sign-in/provider/back", params={"state": parse_qs(urlsplit(place).query)["state"][0], "code": authority.agrees(place)}, follow_redirects=False)  # fmt: skip
    elif trouble == "other browser":
        place = gone(browser)
        other = joined.visitor()
        other.get("/sign-in")
        answer = other.client.get("/sign-in/provider/back", params={"state": parse_qs(urlsplit(place).query)["state"][0], "code": authority.agrees(place)}, follow_redirects=False)  # fmt: skip
    elif trouble == "code twice":
        place = gone(browser)
        said = {"state": parse_qs(urlsplit(place).query)["state"][0], "code": authority.agrees(place)}
        assert browser.client.get("/sign-in/provider/back", params=said, follow_redirects=False).status_code == 303
        browser = joined.visitor()
        answer = browser.client.get("/sign-in/provider/back", params=said, follow_redirects=False)
    else:
        more = {
            "state": {"state": "a.1.b"},
            "issuer in the answer": {"iss": "http://127.0.0.1:1"},
            "error": {"code": "", "error": "access_denied"},
        }
        answer = comes_back(browser, authority, **more.get(trouble, {}))
    assert answer.status_code == 422
    assert browser.get("/account").headers.get("location", "/sign-in").startswith("/sign-in")


def test_I25_a_provider_that_is_away_is_said_and_one_that_calls_itself_otherwise_refused(joined, authority):
    authority.told = authority.told | {"issuer": "http://127.0.0.1:1"}
    assert joined.visitor().get("/sign-in/provider").status_code == 422
    authority.server.shutdown()
    authority.server.server_close()
    assert joined.visitor().get("/sign-in/provider").status_code == 503


def test_a_page_elsewhere_signs_nobody_in_by_the_provider(joined):
    """Who has a sign-in at the provider would come in without having pressed anything."""
    browser = joined.visitor()
    for site in ("cross-site", "same-site"):
        answer = browser.client.get("/sign-in/provider", headers={"sec-fetch-site": site}, follow_redirects=False)
        assert answer.headers["location"] == "/sign-in"
    pressed = browser.client.get("/sign-in/provider", headers={"sec-fetch-site": "same-origin"}, follow_redirects=False)
    assert "/authorize" in pressed.headers["location"]


def test_a_sign_in_by_the_provider_ends_as_every_other_does(joined, authority):
    joined.person(Role.OFFICER)
    with writing(joined.database) as session:
        user = session.scalars(select(User)).one()
        user.identity, user.identity_at = f"{authority.issuer} {SUBJECT}", joined.clock.now
    browser = joined.visitor()
    comes_back(browser, authority)
    assert browser.get("/account").status_code == 200
    joined.clock.later(minutes=15)
    assert browser.get("/account").status_code == 303
    comes_back(browser, authority)
    for _ in range(8 * 6):
        joined.clock.later(minutes=10)
        browser.get("/account")
    assert browser.get("/account").status_code == 303


@pytest.mark.parametrize(
    "facts", [{"oidc_issuer": "http://id.example.cn", "oidc_client": "x"}, {"oidc_issuer": "https://id.example.cn"}, {"oidc_issuer": "ftp://127.0.0.1", "oidc_client": "x"}],
)  # fmt: skip
def test_a_provider_is_reached_by_https_and_knows_us_by_name(facts, tmp_path):
    with pytest.raises(ValidationError, match="OIDC"):
        Settings(data_dir=tmp_path, **facts)


def test_without_a_provider_the_way_does_not_exist(quick_site):
    visitor = quick_site.visitor()
    assert "统一身份" not in visitor.get("/sign-in").text
    assert [visitor.get(path).status_code for path in ("/sign-in/provider", "/sign-in/provider/back")] == [404, 404]
