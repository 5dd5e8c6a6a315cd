"""What robots are sent, against signatures worked out by other means: openssl and the examples of the systems' own pages."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest

from financing.notices.rules import Robot
from web.post.robots import call, said_yes

SECONDS, SECRET, TEXT = 1_790_000_000, "SEC0123456789abcdef", "【园融通】受理 XQ2026-0001"


def by_openssl(key: str, message: bytes) -> str:
    said = subprocess.run(
        ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key.encode().hex()}", "-binary"],
        input=message, capture_output=True, check=True,
    )  # fmt: skip
    return base64.b64encode(said.stdout).decode()


def test_wecom_takes_the_text_at_its_own_address():
    sent = call(Robot.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "", TEXT, SECONDS, "7")
    assert sent.url.endswith("?key=k")
    assert json.loads(sent.body) == {"msgtype": "text", "text": {"content": TEXT}}


def test_dingtalk_is_signed_in_its_address_with_milliseconds_under_the_secret():
    sent = call(Robot.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=t", SECRET, TEXT, SECONDS, "7")
    said = parse_qs(urlsplit(sent.url).query)
    assert said["access_token"] == ["t"]
    assert said["timestamp"] == [f"{SECONDS}000"]
    assert said["sign"] == [by_openssl(SECRET, f"{SECONDS}000\n{SECRET}".encode())]
    assert "+" not in urlsplit(sent.url).query.partition("sign=")[2]


def test_feishu_is_signed_in_its_body_with_nothing_under_seconds_and_secret():
    sent = call(Robot.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/x", SECRET, TEXT, SECONDS, "7")
    assert json.loads(sent.body) == {
        "timestamp": f"{SECONDS}", "sign": by_openssl(f"{SECONDS}\n{SECRET}", b""), "msg_type": "text", "content": {"text": TEXT},
    }  # fmt: skip


def test_our_own_hook_is_signed_over_time_and_body_and_names_its_message():
    sent = call(Robot.PLAIN, "https://hook.example.cn/in", SECRET, TEXT, SECONDS, "7")
    digest = base64.b64decode(by_openssl(SECRET, f"{SECONDS}.".encode() + sent.body)).hex()
    assert sent.headers == {
        "X-Yuanrong-Timestamp": f"{SECONDS}", "X-Yuanrong-Signature": f"sha256={digest}", "X-Yuanrong-Id": "7",
    }  # fmt: skip
    assert json.loads(sent.body) == {"id": "7", "text": TEXT}
    assert len(digest) == hashlib.sha256().digest_size * 2


def test_without_a_secret_nothing_is_signed():
    for robot, url in (
        (Robot.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=t"),
        (Robot.FEISHU, "https://f/x"),
    ):
        sent = call(robot, url, "", TEXT, SECONDS, "7")
        assert sent.url == url
        assert b"sign" not in sent.body


@pytest.mark.parametrize(
    ("robot", "status", "body", "yes"),
    [
        (Robot.WECOM, 200, b'{"errcode":0,"errmsg":"ok"}', True),
        (Robot.WECOM, 200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', False),
        (Robot.DINGTALK, 200, b'{"errcode":310000,"errmsg":"sign not match"}', False),
        (Robot.FEISHU, 200, b'{"code":0,"msg":"success"}', True),
        (Robot.FEISHU, 200, b'{"code":19021,"msg":"sign match fail"}', False),
        (Robot.FEISHU, 200, b"<html>", False),
        (Robot.FEISHU, 200, b"[]", False),
        (Robot.WECOM, 302, b'{"errcode":0}', False),
        (Robot.PLAIN, 204, b"", True),
        (Robot.PLAIN, 500, b"", False),
    ],
)
def test_only_a_yes_is_a_yes(robot, status, body, yes):
    assert said_yes(robot, status, body) is yes
