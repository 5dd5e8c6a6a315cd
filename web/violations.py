"""What browsers report of our own policy (内容安全策略报告): one short line of the log for each, whoever sends it, and nothing else happens."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from litestar.types import Receive

from web.log import log

#: Where the policy tells browsers to report; no page, no form, no cookie, so another site has nothing to forge here.
REPORTS = "/violations"
MOST = 8_192
#: What a report is read for: which rule was broken, where, and by what; addresses without what stands behind the question mark.
TOLD = ("effective-directive", "document-uri", "blocked-uri")


async def take(receive: Receive, request_id: str) -> None:
    """Read a report as far as one can be long, and say in the log what it says."""
    body, more = b"", True
    while more and len(body) <= MOST:
        message: Any = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
        body += message.get("body", b"")
    log.warning("policy.violated", request=request_id, **said(body[:MOST]))


def said(body: bytes) -> dict[str, str]:
    """Rule, page and cause of a report as short plain text; nothing of what is no report."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    report = told.get("csp-report") if isinstance(told, dict) else None
    if not isinstance(report, dict):
        return {}
    return {name.replace("-", "_"): _short(report[name]) for name in TOLD if isinstance(report.get(name), str)}


def _short(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}"[:200] if parts.netloc else parts.path[:200]
