"""A bank's system talks to the platform: list, read, fetch the PDF, answer. Standard library only; copy it and go on from here.

    python bank_client.py https://rong.example.gov.cn key.txt list
    python bank_client.py https://rong.example.gov.cn key.txt read 4100000000000001
    python bank_client.py https://rong.example.gov.cn key.txt pdf 4100000000000001 dossier.pdf
    python bank_client.py https://rong.example.gov.cn key.txt post dossiers/4100000000000001/offer offer.json

The key stands alone in a file that nobody else reads (chmod 400), never on the command line and never in this program.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TRIES = 5


class Refused(Exception):
    """The platform said no: `code` for programs, the sentence for people."""

    def __init__(self, status: int, said: dict[str, Any]) -> None:
        super().__init__(
            f"{status} {said['code']}: {said['message_zh']} {json.dumps(said['facts'], ensure_ascii=False)}"
        )
        self.status, self.code = status, said["code"]


class Platform:
    """The interface as a bank's system sees it."""

    def __init__(self, site: str, key: str) -> None:
        self.site, self.key = site.rstrip("/"), key.strip()

    def dossiers(self) -> Iterator[dict[str, Any]]:
        """Every dossier that may be read now, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            page = json.loads(self._asks(f"dossiers?limit=50&cursor={cursor.replace('+', '%2B')}"))
            yield from page["dossiers"]
            cursor = page["next"]

    def read(self, dossier: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._asks(f"dossiers/{dossier}"))
        return found

    def pdf(self, dossier: int) -> bytes:
        return self._asks(f"dossiers/{dossier}/pdf")

    def post(self, path: str, body: dict[str, Any], once: str = "") -> dict[str, Any]:
        """Do one thing once: keep `once` with your record of it, and send the same again after a crash."""
        headers = {"content-type": "application/json", "idempotency-key": once or secrets.token_hex(16)}
        done: dict[str, Any] = json.loads(self._asks(path, json.dumps(body).encode(), headers))
        return done

    def _asks(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        """The answer; again after a pause when the platform is busy or the line was cut, which is safe with the same header."""
        request = Request(
            f"{self.site}/api/v1/{path}", body, {"authorization": f"Bearer {self.key}", **(headers or {})}
        )
        for attempt in range(TRIES):
            try:
                with urlopen(request, timeout=60) as answer:
                    content: bytes = answer.read()
                    return content
            except HTTPError as no:
                if no.code not in {429, 503} or attempt == TRIES - 1:
                    raise Refused(no.code, json.loads(no.read())) from None
                time.sleep(int(no.headers.get("retry-after", "3")))
            except URLError:
                if attempt == TRIES - 1:
                    raise
                time.sleep(2**attempt)
        raise AssertionError


def main(site: str, key_file: str, what: str, *more: str) -> None:
    platform = Platform(site, Path(key_file).read_text(encoding="ascii"))
    if what == "list":
        for line in platform.dossiers():
            print(json.dumps(line, ensure_ascii=False))
    elif what == "read":
        print(json.dumps(platform.read(int(more[0])), ensure_ascii=False, indent=1))
    elif what == "pdf":
        Path(more[1]).write_bytes(platform.pdf(int(more[0])))
    elif what == "post":
        body = json.loads(Path(more[1]).read_text(encoding="utf-8"))
        print(json.dumps(platform.post(more[0], body, *more[2:3]), ensure_ascii=False))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Refused as no:
        raise SystemExit(str(no)) from None
    except TypeError:
        raise SystemExit(__doc__) from None
