"""The outermost layer: the same headers on every answer, and no malformed request reaches a page or breaks one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.access import Role
from tests.web.conftest import OURS
from web import log
from web.shield import HEADERS

EVERYWHERE = [
    ("GET", "/", 200), ("GET", "/sign-in", 200), ("GET", "/people", 303), ("GET", "/no/such/page", 404), ("GET", "/static/none", 404),
    ("GET", "/static/theme.css", 200), ("GET", "/health", 200), ("GET", "/kitchen/break", 500), ("POST", "/sign-in", 415),
    ("POST", "/", 405), ("DELETE", "/", 405), ("TRACE", "/", 405), ("OPTIONS", "/", 405), ("BREW", "/coffee", 405), ("HEAD", "/", 200),
    ("GET", "/kitchen/bank/99999999999999999999999999", 303), ("GET", "/kitchen/bank/abc", 404), ("GET", "/%00", 400),
    ("GET", "/" + "a" * 5_000, 414), ("GET", "/static/" + "a" * 256, 414), ("GET", "/static/" + "a" * 255, 404),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), EVERYWHERE)
def test_every_answer_carries_the_headers(quick_kitchen, method, path, status):
    answer = quick_kitchen.visitor().client.request(method, path, headers=OURS, follow_redirects=False)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert len(answer.headers["x-request-id"]) == 16
    assert len(answer.headers.get_list("content-security-policy")) == 1


def test_an_answer_over_https_asks_to_stay_there(sqlite_database, made):
    site = made(sqlite_database, public_url="https://yrt.example.cn")
    answer = site.visitor().get("/no/such/page", headers={"host": "yrt.example.cn"})
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1:8001", "127.0.0.1", "evil@127.0.0.1:8000", "127.0.0.1:8000.evil.example", "", "a b"],
)
def test_only_our_own_names_are_answered(quick_site, host):
    assert quick_site.visitor().get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "origin",
    ["http://[::1", "http://a:99999999", "null", "http://127.0.0.1:8000.evil.example", "//127.0.0.1:8000", "\xff"],
)
def test_F32_a_form_whose_origin_is_not_ours_is_refused_and_never_taken_apart(quick_site, origin):
    headers = {**OURS, "origin": origin.encode("latin-1")}
    assert quick_site.visitor().client.post("/sign-in", data={"login": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize("name", ["x-forwarded-host", "forwarded", "x-original-host", "x-host"])
def test_what_a_proxy_header_says_of_the_host_is_never_believed(quick_site, name):
    page = quick_site.visitor().get("/account", headers={name: "evil.example"})
    assert page.status_code == 303
    assert "evil" not in page.headers["location"]


def test_a_head_request_gets_the_headers_without_the_page(quick_site):
    answer = quick_site.visitor().client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(("size", "status"), [(1024 * 1024, 403), (1024 * 1024 + 1, 413), (30 * 1024 * 1024, 413)])
def test_a_form_is_at_most_a_mebibyte(quick_site, size, status):
    browser = quick_site.visitor()
    body = b"login=" + b"a" * (size - 6)
    headers = {**OURS, "content-type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/sign-in", content=body, headers=headers).status_code == status


def test_a_body_is_refused_by_the_length_it_announces_before_it_is_read(quick_site):
    headers = {**OURS, "content-type": "application/x-www-form-urlencoded", "content-length": str(10 * 1024**3)}
    assert quick_site.visitor().client.post("/sign-in", content=b"a=b", headers=headers).status_code == 413


def test_a_body_that_grows_without_a_length_is_cut_off(quick_site):
    sent = []

    def endless():
        while True:
            sent.append(1)
            yield b"a" * 65_536

    headers = {**OURS, "content-type": "application/x-www-form-urlencoded"}
    browser = quick_site.visitor()
    # the test client collects a body before it sends it, so the flood is finite here: thirty mebibytes
    pieces = endless()
    answer = browser.client.post("/sign-in", content=(next(pieces) for _ in range(480)), headers=headers)
    assert answer.status_code == 413


MALFORMED = {
    "bytes that are no text": (b"login=%ff%fe&password=x", "application/x-www-form-urlencoded"),
    "raw bytes": (b"login=\xff\xfe", "application/x-www-form-urlencoded"),
    "thousands of fields": (b"&".join(b"a=1" for _ in range(2_000)), "application/x-www-form-urlencoded"),
    "a boundary that is missing": (b"--x\r\n", "multipart/form-data"),
    "a multipart that stops": (b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nabc', "multipart/form-data; boundary=x"),
    "too many parts": (b"".join(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' for _ in range(60)) + b"--x--\r\n",
                       "multipart/form-data; boundary=x"),
    "a part without a name": (b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n", "multipart/form-data; boundary=x"),
    "a part that is no text": (b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\xff\xfe\r\n--x--\r\n', "multipart/form-data; boundary=x"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_body_is_a_fault_of_the_sender(quick_site, fault):
    body, kind = MALFORMED[fault]
    answer = quick_site.visitor().client.post("/sign-in", content=body, headers={**OURS, "content-type": kind})
    assert 400 <= answer.status_code < 500


KEYS = [
    "0",
    "-1",
    str(2**53),
    str(2**63 - 1),
    str(2**63),
    "9" * 400,
    "1e9",
    "１２",
    "0x10",
    "%31",
    "1%00",
    "''",
    "1;--",
    "nan",
    "٣",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_strange_key_finds_nothing(kitchen, key):
    officer = kitchen.person(Role.OFFICER)
    assert officer.get(f"/kitchen/bank/{key}").status_code in {400, 404, 414}


@pytest.mark.parametrize(
    "query",
    [
        "lang=%ff",
        "lang[]=en",
        "page=99999999999999999999",
        "next=%00",
        "done=%00&done=x",
        "code=%f0%28",
        "=",
        "&&&",
        "%",
    ],
)
def test_a_strange_query_breaks_no_page(quick_site, query):
    for path in ("/", "/sign-in", "/join"):
        assert quick_site.visitor().get(f"{path}?{query}").status_code in {200, 400}


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["login", "password", "next", "version", "csrf", "once", "role", "x"]),
        st.text(max_size=80),
        max_size=8,
    )
)
def test_whatever_is_sent_to_a_form_the_answer_is_never_our_fault(quick_site, fields):
    browser = quick_site.visitor()
    answer = browser.client.post(
        "/sign-in", data=browser.token("/sign-in") | fields, headers=OURS, follow_redirects=False
    )
    assert answer.status_code < 500


def test_an_unexpected_fault_says_nothing_of_its_cause_but_a_number(quick_kitchen, capsys):
    log.configure()
    page = quick_kitchen.visitor().get("/kitchen/break")
    assert page.status_code == 500
    assert "secret of the kitchen" not in page.text and "Traceback" not in page.text and "ZeroDivision" not in page.text
    number = page.headers["x-request-id"]
    assert number in page.text
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["request"] for line in lines if line["event"] == "unexpected"] == [number]


def test_each_request_is_one_line_without_query_cookie_or_body(quick_site, capsys):
    log.configure()
    browser = quick_site.visitor()
    browser.get("/join?code=a-secret-code", headers={"user-agent": "x\x1b[31mforged"})
    browser.sends("/sign-in", {"login": "a-secret-login", "password": "a-secret-password"})
    browser.get("/%0a{%22event%22:%22forged%22}")
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines()]
    assert "secret" not in text
    assert browser.client.cookies.get("sid") not in text
    assert {line["event"] for line in lines} == {"request"}
    assert all(line["path"] and line["status"] and line["timestamp"].endswith("Z") for line in lines)


def test_the_address_is_the_one_our_own_proxy_saw(sqlite_database, made, capsys):
    log.configure()
    site = made(sqlite_database, trusted_proxy="testclient")
    site.visitor().get("/", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.9"})
    made(sqlite_database).visitor().get("/", headers={"x-forwarded-for": "6.6.6.6"})
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["address"] for line in said if "address" in line] == [
        "203.0.113.9",
        "testclient",
    ]


def test_pages_ask_for_nothing_that_the_policy_forbids(quick_kitchen):
    for path in ("/", "/sign-in", "/join", "/kitchen", "/no/such/page"):
        page = quick_kitchen.visitor().get(path).text
        assert " style=" not in page and "<style" not in page and " onclick" not in page and "javascript:" not in page
        assert "<script>" not in page


def test_no_log_line_shows_what_the_code_held_when_it_failed(quick_kitchen, capsys):
    browser = quick_kitchen.visitor()
    browser.get("/kitchen/break?code=a-secret-code")
    text = capsys.readouterr().err
    assert "unexpected" in text
    assert "secret-code" not in text
    assert '"locals": {' not in text


def test_a_browser_that_saw_the_policy_broken_is_heard_and_nothing_else_happens(quick_site, capsys):
    log.configure()
    visitor = quick_site.visitor()
    assert "report-uri /violations" in visitor.get("/").headers["content-security-policy"]
    told = {
        "document-uri": "https://yrt.example.cn/needs/1?q=secret",
        "blocked-uri": "inline",
        "effective-directive": "script-src-elem",
    }
    for sent in (
        json.dumps({"csp-report": told}).encode(),
        b"[]",
        b"\xff",
        b"{" * 100_000,
        b'{"csp-report":{"blocked-uri":"//[","x":1}}',
    ):
        answer = visitor.client.post("/violations", content=sent, headers={"content-type": "application/csp-report"})
        assert (answer.status_code, answer.content, "set-cookie" in answer.headers) == (204, b"", False)
    assert visitor.get("/violations").status_code == 404
    text = capsys.readouterr().err
    lines = [json.loads(line) for line in text.splitlines() if "policy.violated" in line]
    assert "secret" not in text and len(lines) == 5
    assert lines[0]["document_uri"] == "https://yrt.example.cn/needs/1"
    assert (lines[0]["effective_directive"], lines[0]["blocked_uri"]) == ("script-src-elem", "inline")


@pytest.mark.parametrize(
    "path",
    ["/", "/health", "/no/such/page", "/static/page.js", "/static/theme.css", "/static/mark.svg", "/api/v1/products"],
)
def test_every_answer_says_what_it_is_and_text_in_which_signs(quick_site, path):
    kind = quick_site.visitor().get(path).headers["content-type"]
    assert kind.startswith("application/json") or "charset=utf-8" in kind.lower() or kind == "image/svg+xml"
