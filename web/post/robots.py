r"""What a work-chat robot is sent (群机器人), as pure functions: address, headers, body, and whether the answer says yes.

企业微信: the key stands in the address. 钉钉: the signature stands in the address, HMAC-SHA256 of "milliseconds\nsecret" under the secret.
飞书: it stands in the body, HMAC-SHA256 of nothing under "seconds\nsecret". Ours: HMAC-SHA256 of "seconds.body" in a header.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from financing.notices.rules import Robot


@dataclass(frozen=True, slots=True)
class Call:
    """One POST."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def call(robot: Robot, url: str, secret: str, text: str, seconds: int, message_id: str) -> Call:
    """The request that makes the robot say a text; `seconds` is the time, since 1970."""
    match robot:
        case Robot.WECOM:
            return Call(url, _json({"msgtype": "text", "text": {"content": text}}))
        case Robot.DINGTALK:
            signed = url + _dingtalk(url, secret, seconds * 1000) if secret else url
            return Call(signed, _json({"msgtype": "text", "text": {"content": text}}))
        case Robot.FEISHU:
            return Call(url, _json({**_feishu(secret, seconds), "msg_type": "text", "content": {"text": text}}))
        case Robot.PLAIN:
            body = _json({"id": message_id, "text": text})
            return Call(url, body, _plain(secret, seconds, message_id, body))


def said_yes(robot: Robot, status: int, body: bytes) -> bool:
    """Whether the other side took the message; the three systems answer 200 also when they say no."""
    if not 200 <= status < 300:
        return False
    if robot is Robot.PLAIN:
        return True
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("errcode", answer.get("code", answer.get("StatusCode"))) == 0


def _dingtalk(url: str, secret: str, milliseconds: int) -> str:
    sign = _base64(hmac.digest(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256))
    return f"{'&' if '?' in url else '?'}timestamp={milliseconds}&sign={quote(sign, safe='')}"


def _feishu(secret: str, seconds: int) -> dict[str, str]:
    if not secret:
        return {}
    sign = _base64(hmac.digest(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256))
    return {"timestamp": str(seconds), "sign": sign}


def _plain(secret: str, seconds: int, message_id: str, body: bytes) -> dict[str, str]:
    """The receiver works out the same sum, refuses what is older than five minutes, and knows an id it has seen."""
    sign = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Yuanrong-Timestamp": str(seconds), "X-Yuanrong-Signature": f"sha256={sign}", "X-Yuanrong-Id": message_id}


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
