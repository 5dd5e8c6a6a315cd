"""Uploads go by the scanner first: what it finds is refused, and while it is away nothing is taken."""

from __future__ import annotations

import json
import socketserver
import struct
import threading

import pytest

from tests.web.conftest import OURS
from web import log

BAD = b"%PDF-1.7 what a scanner knows"


class Clamd(socketserver.StreamRequestHandler):
    """Speaks as clamd does: INSTREAM, pieces with their length before them, an empty one, and the word."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        body = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            body += self.rfile.read(length)
        self.server.seen.append(len(body))
        self.wfile.write(b"stream: Eicar-Test FOUND\0" if BAD in body else self.server.word)


@pytest.fixture
def clamd(tmp_path):
    with socketserver.ThreadingUnixStreamServer(str(tmp_path / "c"), Clamd) as server:
        server.seen, server.word = [], b"stream: OK\0"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def uploads(site, content):
    browser = site.visitor()
    files = {"file": ("材料.pdf", content, "application/pdf")}
    return browser.client.post(
        "/kitchen/upload", data=browser.token("/kitchen/upload"), files=files, headers=OURS, follow_redirects=False
    )


def test_what_the_scanner_finds_is_refused_and_what_it_cannot_judge_too(sqlite_database, made, clamd, capsys):
    log.configure()
    site = made(sqlite_database, kitchen=True, scanner=clamd.server_address)
    clean = b"%PDF-1.7 " + b"a" * 200_000
    taken = uploads(site, clean).status_code
    assert taken < 400 and clamd.seen == [len(clean)]
    found = uploads(site, clean + BAD)
    assert (found.status_code, "没有通过病毒扫描" in found.text) == (422, True)
    clamd.word = b"INSTREAM size limit exceeded. ERROR\0"
    assert uploads(site, clean).status_code == 503
    away = made(sqlite_database, kitchen=True, scanner=clamd.server_address + ".gone")
    told = uploads(away, clean)
    assert (told.status_code, "暂时不可用" in told.text) == (503, True)
    events = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
    assert (events.count("upload.infected"), events.count("scanner.away")) == (1, 2)
