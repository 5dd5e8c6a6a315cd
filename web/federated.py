"""The zone's own identity provider (统一身份认证): OpenID Connect as a relying party, code flow with PKCE; the provider says who it is, never what they may do.

What has to be remembered between leaving and coming back is not stored: `state`, `nonce` and the PKCE verifier follow from a random word, the name
of this browser and the secret of this installation, so what one browser began no other one can end. Needs the extra `oidc` (PyJWT).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from financing.settings import Settings
from financing.sign_refusals import ProviderAway, ProviderRefused

BACK = "/sign-in/provider/back"
#: Signatures that count; none with a shared secret, and never none at all.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: Seconds: for one answer of the provider, from leaving to coming back, between two clocks; and how long what it says of itself is kept.
LIMIT, LIFE, LEEWAY, KEPT = 5.0, 600, 60, 3600
LARGEST = 2**20
LONGEST_SUBJECT = 255
NEEDED = ["exp", "iat", "iss", "aud", "sub", "nonce"]


@dataclass(frozen=True, slots=True)
class Came:
    """Whom the provider vouches for: `identity` is issuer and subject, `strong` whether it has asked for a second factor."""

    identity: str
    subject: str
    strong: bool


class Provider:
    """One provider as the settings name it; `Provider.of` is None where they name none."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.issuer, self.client = settings, settings.oidc_issuer.rstrip("/"), settings.oidc_client
        self.redirect = settings.site + BACK
        self._told: tuple[float, dict[str, Any]] | None = None

    @classmethod
    def of(cls, settings: Settings) -> Provider | None:
        if settings.oidc_issuer and find_spec("jwt") is None:
            raise ValueError("YUANRONG_OIDC_ISSUER 需要 | needs: pip install 'yuanrong[oidc]'")
        return cls(settings) if settings.oidc_issuer else None

    def begin(self, sid: str, now: datetime) -> str:
        """The address at the provider to which this browser goes."""
        word, stamp = secrets.token_urlsafe(16), str(int(now.timestamp()))
        asked = {
            "response_type": "code", "client_id": self.client, "redirect_uri": self.redirect, "scope": "openid",
            "state": f"{word}.{stamp}.{self._mac('state', sid, word, stamp)}", "nonce": self._mac("nonce", sid, word),
            "code_challenge": _plain(hashlib.sha256(self._mac("verifier", sid, word).encode()).digest()), "code_challenge_method": "S256",
        }  # fmt: skip
        place = str(self._metadata(now)["authorization_endpoint"])
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"

    def finish(self, sid: str, said: Mapping[str, str], now: datetime) -> Came:
        """Whom the browser comes back as; ProviderRefused for what this browser did not begin or does not hold, ProviderAway."""
        word = self._begun(sid, said.get("state", ""), now)
        if said.get("iss", self.issuer).rstrip("/") != self.issuer or not said.get("code"):
            raise ProviderRefused(why=said.get("error", "")[:40] or "iss")
        form = {"grant_type": "authorization_code", "code": said["code"], "redirect_uri": self.redirect, "client_id": self.client,
                "code_verifier": self._mac("verifier", sid, word)}  # fmt: skip
        answer = self._fetch("POST", str(self._metadata(now)["token_endpoint"]), data=form)
        claims = self._claims(str(answer.get("id_token", "")), now)
        if not hmac.compare_digest(str(claims["nonce"]), self._mac("nonce", sid, word)):
            raise ProviderRefused(why="nonce")
        return self._came(claims)

    def _came(self, claims: Mapping[str, Any]) -> Came:
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
            raise ProviderRefused(why="sub")
        amr = claims.get("amr")
        shown = {str(claims.get("acr", "")), *(map(str, amr) if isinstance(amr, list) else ())}
        return Came(identity_of(self.settings, subject), subject, bool(shown & set(self.settings.oidc_second)))

    def _begun(self, sid: str, state: str, now: datetime) -> str:
        """The random word of a state that this browser was given within the last minutes."""
        word, _, rest = state.partition(".")
        stamp, _, mac = rest.partition(".")
        if not (mac.isascii() and hmac.compare_digest(mac, self._mac("state", sid, word, stamp))):
            raise ProviderRefused(why="state")
        if not 0 <= now.timestamp() - int(stamp) <= LIFE:
            raise ProviderRefused(why="late")
        return word

    def _claims(self, token: str, now: datetime) -> dict[str, Any]:
        """What the token says, once its signature, issuer, audience and time hold."""
        import jwt  # noqa: PLC0415  an extra: only a site with a provider has it

        try:
            head = jwt.get_unverified_header(token)
            key = self._key(str(head.get("kid", "")), str(head.get("alg", "")), now)
            claims: dict[str, Any] = jwt.decode(
                token, key, algorithms=[str(head.get("alg"))], audience=self.client, issuer=self._metadata(now)["issuer"], leeway=LEEWAY,
                options={"require": NEEDED},
            )  # fmt: skip
        except jwt.PyJWTError as fault:
            raise ProviderRefused(why=type(fault).__name__) from None
        if claims.get("azp", self.client) != self.client:
            raise ProviderRefused(why="azp")
        return claims

    def _key(self, number: str, algorithm: str, now: datetime) -> Any:
        """The provider's public key of this number, asked for anew each time: a key that was taken back is not used again."""
        import jwt  # noqa: PLC0415  an extra: only a site with a provider has it

        if algorithm not in ALGORITHMS:
            raise ProviderRefused(why="alg")
        keys = jwt.PyJWKSet.from_dict(self._fetch("GET", str(self._metadata(now)["jwks_uri"]))).keys
        fitting = [key for key in keys if key.key_id == number or (not number and len(keys) == 1)]
        if not fitting:
            raise ProviderRefused(why="kid")
        return fitting[0].key

    def _metadata(self, now: datetime) -> dict[str, Any]:
        """What the provider says of itself, kept for an hour; it must call itself as the settings do."""
        if self._told is None or not 0 <= now.timestamp() - self._told[0] < KEPT:
            found = self._fetch("GET", f"{self.issuer}/.well-known/openid-configuration")
            places = [str(found.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
            plain = urlsplit(self.issuer).scheme
            if str(found.get("issuer", "")).rstrip("/") != self.issuer or any(
                urlsplit(place).scheme not in {"https", plain} for place in places
            ):
                raise ProviderRefused(why="issuer")
            self._told = (now.timestamp(), found)
        return self._told[1]

    def _fetch(self, method: str, place: str, **more: Any) -> dict[str, Any]:
        secret = self._secret()
        auth = (
            httpx.BasicAuth(quote(self.client, safe=""), quote(secret, safe=""))
            if secret and method == "POST"
            else None
        )
        try:
            with httpx.Client(timeout=LIMIT, follow_redirects=False, trust_env=False) as client:
                answer = client.request(method, place, auth=auth, headers={"accept": "application/json"}, **more)
            found = answer.json() if answer.status_code == 200 and len(answer.content) <= LARGEST else None
        except httpx.HTTPError:
            raise ProviderAway from None
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ProviderAway if answer.status_code >= 500 else ProviderRefused(why=str(answer.status_code))
        return found

    def _secret(self) -> str:
        file = self.settings.oidc_secret_file
        return Path(file).read_text(encoding="utf-8").strip() if file else ""

    def _mac(self, *words: str) -> str:
        key = self.settings.secret.get_secret_value().encode()
        return hmac.new(key, "\n".join(("oidc", *words)).encode(), hashlib.sha256).hexdigest()


def identity_of(settings: Settings, subject: str) -> str:
    """Issuer and subject together: a subject means nothing at another provider."""
    return f"{settings.oidc_issuer.rstrip('/')} {subject}"


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
