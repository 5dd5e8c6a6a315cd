from __future__ import annotations

import json
import os
import socket
import time
from dataclasses import replace
from pathlib import Path
from select import select
from threading import Thread

import pytest

from financing.refusals import Busy
from reports.child import PRINTING, Child, ChildFailed
from reports.pdf import Job, Press
from tests.reports.reading import fonts, reader, text

PAGE = '<html lang="zh-CN"><body data-zone="开发区" data-title="单" data-proof="摘要" data-mark=""><p>甲乙丙 123</p>{}</body></html>'
SMALL = replace(PRINTING, wall_seconds=3)


def job(more: str = "", **parts) -> Job:
    return Job(PAGE.format(more), "0123456789abcdef", **parts)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_the_same_paper_is_the_same_bytes_in_any_child(press):
    (first,) = press.print([job()])
    assert list(press.print([job()] * 3)) == [first] * 3
    with Press(1) as other:
        assert other.one(job()) == first
    assert "甲乙丙123" in text(first)


def test_another_identifier_is_another_file(press):
    one, other = press.print([job(), replace(job(), identifier="other")])
    assert one != other


def test_no_date_is_written(press):
    (paper,) = press.print([job()])
    assert not {"/CreationDate", "/ModDate"} & set(reader(paper).metadata or {})


def test_only_the_fonts_we_name_are_embedded(press):
    svg = '<svg font-family="Noto Sans CJK SC" width="9" height="9"><text y="9">图</text></svg>'
    (paper,) = press.print([job(f"<b>粗</b><p class='text'>宋</p>{svg}<i>斜</i><small>小 ✓ ×</small>")])
    assert {name[:14] for name in fonts(paper)} <= {"Noto-Sans-CJK-", "Noto-Serif-CJK"}


def test_the_archive_copy_is_pdf_a_with_its_source_inside(press):
    source = b'{"a":1}'
    first, again = press.print([job(archive=True, attachments={"snapshot.json": source})] * 2)
    assert first == again
    assert reader(first).attachments["snapshot.json"] == [source]
    root, said = reader(first).root_object, reader(first).xmp_metadata.stream.get_data().decode()
    assert 'part="3"' in said
    assert 'conformance="U"' in said
    files = [entry.get_object() for entry in root["/AF"]]
    assert {(file["/AFRelationship"], file["/UF"]) for file in files} == {("/Data", "snapshot.json")}
    assert [intent.get_object()["/S"] for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert "/Encrypt" not in reader(first).trailer


ADDRESSES = [
    "http://127.0.0.1:{port}/a",
    "https://127.0.0.1:{port}/a",
    "ftp://127.0.0.1:{port}/a",
    "file:///etc/passwd",
    "file://localhost/etc/hostname",
    "data:text/css,*{{}}",
    "data:image/png;base64,AAAA",
    "res:other",
    "//127.0.0.1:{port}/a",
    "FILE:///etc/passwd",
]
CARRIERS = [
    '<img src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<style>@import url("{}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style>',
    '<p style="background: url({})">x</p>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<svg><image href="{}" width="9" height="9"/></svg>',
    '<a rel="attachment" href="{}">x</a>',
    '<style>p::before {{ content: url("{}") }}</style>',
]


@pytest.fixture(scope="module")
def watched():
    with Child("tests.reports.watched", replace(PRINTING, questions=1000)) as child:
        child.ask(
            job("<b>粗</b><p class='text'>宋</p>").payload()
        )  # the first paper opens fonts and the library's data
        yield child


def test_nothing_is_read_and_nobody_is_called(watched, listener):
    port = listener.getsockname()[1]
    for carrier in CARRIERS:
        for address in ADDRESSES:
            html = carrier.format(address.format(port=port))
            seen = json.loads(watched.ask(job(html).payload()))
            assert [event for event in seen if event.startswith(("open", "socket", "urllib", "subprocess", "os"))] == []
    assert select([listener], [], [], 0)[0] == []


def test_an_address_in_a_paper_stops_it(press):
    with pytest.raises(ChildFailed) as caught:
        next(press.print([job('<img src="file:///etc/passwd">')]))
    assert (caught.value.reason, caught.value.facts["detail"]) == ("crash", "FatalURLFetchingError")


def test_endless_layout_is_stopped_and_the_next_paper_prints():
    bomb = job("<div style='float:left'>" * 300 + "<table><tr><td>字" * 200 + "甲" * 200_000)
    with Press(workers=1, limits=SMALL) as press:
        with pytest.raises(ChildFailed) as caught:
            next(press.print([bomb]))
        assert caught.value.reason in {"time", "crash", "memory"}
        (paper,) = press.print([job()])
    assert "甲乙丙123" in text(paper)


def test_papers_come_in_order_and_progress_is_told(press):
    told: list[int] = []
    papers = list(press.print((job(f"<p>第{n}份</p>") for n in range(7)), told.append))
    assert [f"第{n}份" in text(paper) for n, paper in enumerate(papers)] == [True] * 7
    assert told == [1, 2, 3, 4, 5, 6, 7]


def test_one_bad_paper_raises_at_its_place(press):
    papers = press.print([job(), job('<img src="file:///x">'), job()])
    assert "甲乙丙123" in text(next(papers))
    with pytest.raises(ChildFailed):
        next(papers)
    assert len(list(press.print([job()] * 2))) == 2


def layouts() -> set[int]:
    """The children of this process that lay papers out."""
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    numbers = [number for listing in listed for number in listing.read_text().split()]
    return {int(number) for number in numbers if b"reports.layout" in Path(f"/proc/{number}/cmdline").read_bytes()}


def test_a_child_stays_warm_from_paper_to_paper_and_is_gone_with_the_press():
    others = layouts()
    with Press(2) as press:
        assert layouts() == others
        first = press.one(job())
        warm = layouts() - others
        assert press.one(job()) == first
        assert layouts() - others == warm
        assert len(warm) == 1
    assert layouts() == others
    with pytest.raises(Busy):
        press.one(job(), patience=0)
    assert layouts() == others


def test_a_child_is_replaced_after_so_many_papers():
    others, seen = layouts(), []
    with Press(1, replace(PRINTING, questions=2)) as press:
        for _ in range(4):
            press.one(job())
            seen.append(layouts() - others)
    assert seen[0] == seen[1] != seen[2] == seen[3]
    assert all(len(children) == 1 for children in seen)


def test_who_finds_every_child_at_work_is_told_to_come_back_and_the_paper_in_work_is_not_disturbed():
    long = job("<p>字</p>" * 3_000)
    done: list[bytes] = []
    with Press(1) as press:
        press.one(job())
        printer = Thread(target=lambda: done.append(press.one(long)))
        printer.start()
        until = time.monotonic() + 30
        while not press._idle.empty():
            assert time.monotonic() < until
        with pytest.raises(Busy):
            press.one(job(), patience=0)
        printer.join()
        assert len(reader(done[0]).pages) > 50
        assert "甲乙丙123" in text(press.one(job()))
