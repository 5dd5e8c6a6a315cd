"""Calls out of the house go where they may and nowhere else (F-22), with a real https server."""

from __future__ import annotations

import ssl
import threading

import pytest

from financing.notices.addresses import email
from financing.notices.addresses import hook as hook_address
from financing.notices.rules import Robot, Trouble
from financing.setting_refusals import NotAHook, NotAnAddress
from web.post import hooks
from web.post.hooks import Line, is_public
from web.post.mail import NotSent
from web.post.robots import Call


@pytest.fixture
def line(hook, certificate):
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    return Line(
        {f"localhost:{hook.port}"}, reachable=lambda _address: True, resolve=lambda *_: ["127.0.0.1"], trust=trust
    )


def to(hook, path="/robot", host="localhost"):
    return Call(f"https://{host}:{hook.port}{path}", b'{"a":1}')


def trouble(line, call, robot=Robot.WECOM):
    with pytest.raises(NotSent) as refused:
        line.send(robot, call)
    return refused.value.trouble


def test_a_call_arrives_with_its_body_and_the_name_it_was_made_to(line, hook):
    line.send(Robot.WECOM, to(hook, "/robot?key=k"))
    ((path, headers, body),) = hook.got
    assert (path, body) == ("/robot?key=k", b'{"a":1}')
    assert headers["host"] == f"localhost:{hook.port}"


@pytest.mark.parametrize(
    "url",
    ["http://localhost:{port}/x", "https://localhost/x", "https://other:{port}/x", "https://localhost:{port}@evil/x",
     "https://evil@localhost:{port}/x", "file:///etc/passwd", "https://127.0.0.1:{port}/x"],
)  # fmt: skip
def test_what_is_not_on_the_list_is_never_called(line, hook, url):
    assert trouble(line, Call(url.format(port=hook.port), b"{}")) is Trouble.NOT_ALLOWED
    assert hook.got == []


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "10.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        [],
    ],
)
def test_a_listed_name_that_leads_inside_is_never_called(hook, certificate, answers):
    line = Line({f"localhost:{hook.port}"}, resolve=lambda *_: answers)
    assert trouble(line, to(hook)) is Trouble.NOT_ALLOWED
    assert hook.got == []


def test_a_name_is_resolved_once_and_called_where_it_was_looked_at(hook, certificate):
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    trust = ssl.create_default_context(cafile=str(certificate[0]))
    Line({f"localhost:{hook.port}"}, reachable=lambda _: True, resolve=resolve, trust=trust).send(Robot.WECOM, to(hook))
    assert asked == ["localhost"]
    assert len(hook.got) == 1


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("10.1.2.3", False), ("172.16.0.1", False),
     ("192.168.1.1", False), ("127.0.0.1", False), ("0.1.2.3", False), ("169.254.169.254", False), ("100.64.0.1", False),
     ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False),
     ("::ffff:10.0.0.1", False), ("2002:0a00:0001::", False), ("ff02::1", False), ("192.0.2.1", False)],
)  # fmt: skip
def test_only_addresses_out_on_the_internet_are_public(address, public):
    assert is_public(address) is public


def test_a_redirect_is_not_followed(line, hook):
    hook.status, hook.headers = 302, {"location": f"https://localhost:{hook.port}/elsewhere"}
    assert trouble(line, to(hook)) is Trouble.REFUSED
    assert [path for path, *_ in hook.got] == ["/robot"]


def test_a_certificate_nobody_vouches_for_ends_the_call(hook):
    line = Line({f"localhost:{hook.port}"}, reachable=lambda _: True, resolve=lambda *_: ["127.0.0.1"])
    assert trouble(line, to(hook)) is Trouble.NOT_TRUSTED
    assert hook.got == []


def test_a_certificate_of_another_name_ends_the_call(line, hook):
    other = Line({f"example.com:{hook.port}"}, line.reachable, line.resolve, line.trust)
    assert trouble(other, to(hook, host="example.com")) is Trouble.NOT_TRUSTED


@pytest.mark.parametrize(("status", "body", "why"), [(500, b"", Trouble.PUT_OFF), (429, b"", Trouble.PUT_OFF), (404, b"", Trouble.REFUSED),
                                                    (200, b'{"errcode":93000}', Trouble.REFUSED)])  # fmt: skip
def test_a_no_has_its_reason(line, hook, status, body, why):
    hook.status, hook.body = status, body
    assert trouble(line, to(hook)) is why


def test_a_server_that_never_answers_is_left_in_time(line, hook, monkeypatch):
    hook.waits = threading.Event()
    monkeypatch.setattr(hooks, "STEP", 0.2)
    assert trouble(line, to(hook)) is Trouble.TIMED_OUT
    hook.waits.set()


def test_an_answer_without_end_is_read_no_further_than_needed(line, hook):
    hook.body = b" " * (hooks.MOST * 4)
    assert trouble(line, to(hook)) is Trouble.TIMED_OUT


@pytest.mark.parametrize("typed", ["owner@example.com", "a.b+c@sub.example.com.cn"])
def test_an_address_is_taken_as_typed(typed):
    assert email(f" {typed} ") == typed


@pytest.mark.parametrize(
    "typed",
    ["", "x", "a@b", "a@b.c", "a b@example.com", "a@example.com\nBcc: x@example.com", "a@example.com,b@example.com",
     "<a@example.com>", "a@exa mple.com", "甲@example.com", "a@-example.com", "a..b@example.com", "a@example.com\r\n.\r\n", f"{'a' * 250}@b.com"],
)  # fmt: skip
def test_what_could_break_out_of_a_header_is_no_address(typed):
    with pytest.raises(NotAnAddress):
        email(typed)


@pytest.mark.parametrize(
    "typed",
    ["http://hook.cn/x", "https://evil.cn/x", "https://hook.cn:8443/x", "https://a@hook.cn/x", "https://hook.cn/x#y",
     "https://hook.cn.evil.cn/x", "https://hook.cn\\@evil.cn/x", "https://hook.cn/x y", "https://hook.cn/\n", "//hook.cn/x",
     "https://hook.cn/" + "x" * 500],
)  # fmt: skip
def test_a_robot_is_called_at_a_listed_host_alone(typed):
    assert hook_address("https://hook.cn/x?key=1", {"hook.cn"}) == "https://hook.cn/x?key=1"
    with pytest.raises(NotAHook):
        hook_address(f"{typed}z" if typed.endswith("\n") else typed, {"hook.cn"})
