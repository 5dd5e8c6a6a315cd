"""G-09 / F-21, F-22: hostile words in every free text of the zone, then every paper is asked for: shown as they are written, nothing opened, nobody called.

`YUANRONG_ROUNDS` says how many payloads (6 on each change, all in a campaign); a paper holds several of them in each of its texts.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import weasyprint
from sqlalchemy import Text

from financing.db import Base
from reports.child import PRINTING, Child
from reports.pdf import Job, Press
from reports.typesetting import environment
from tests.faults.yard import Yard, yard_of
from tests.web.test_access_matrix import table

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "6"))
SEED = int(os.environ.get("YUANRONG_SEED", "7"))
AT_ONCE = 6  # payloads in one text
#: The colours of an archive are a file of the library's own.
THEIRS = f"open {Path(weasyprint.__file__).parent}"
#: Stands in each payload; a tag that carries it was not shown but obeyed.
MARK = "x-planted"
ADDRESSES = (
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "//127.0.0.1:9/x",
    "data:text/html,x",
    "res:emblem.svg",
    "ftp://127.0.0.1/x",
    "\\\\127.0.0.1\\x",
    "jar:file:///x!/y",
)
CARRIERS = (
    "<img {m} src='{a}'>", "<link {m} rel=attachment href='{a}'>", "<link {m} rel=stylesheet href='{a}'>", "<style {m}>p{{content:url({a})}}</style>", "<style {m}>@import '{a}';</style>",
    "</style></p></td></table><iframe {m} src='{a}'>", "<svg {m}><image href='{a}'/></svg>", "<svg {m}><use href='{a}#x'/></svg>", "<object {m} data='{a}'>", "<embed {m} src='{a}'>",
    "<base {m} href='{a}'>", "<meta {m} http-equiv=refresh content='0;url={a}'>", "<p {m} style='background:url({a})'>", "<a {m} href='{a}' rel=attachment>", "<script {m} src='{a}'></script>",
    "<!--{m}--><![CDATA[<img {m} src='{a}'>]]>", "<?xml-stylesheet {m} href='{a}'?>", "<!DOCTYPE x [<!ENTITY {m} SYSTEM '{a}'>]>", "&lt;img {m} src='{a}'&gt;", "\"><img {m} src='{a}'>",
    "'><img {m} src='{a}'>", "{{{{ '{a}' }}}} {m}", "{{% include '{a}' %}} {m}", "${{{a}}} {m}", "&#60;img {m} src='{a}'&#62;", "\u202e<img {m} src='{a}'>", "<IMG\t{m}\nSRC='{a}'>", "<image {m} xlink:href='{a}'>",
    "<input {m} type=image src='{a}'>", "<video {m} poster='{a}'>", "<table {m} background='{a}'>", "<div {m} style='content:attr(x)url({a})'>", "@page{{background:url({a})}} {m}", "expression({a}) {m}",
    "<math {m} href='{a}'>", "<frameset {m}><frame src='{a}'>", "<source {m} srcset='{a}'>", "<track {m} src='{a}'>", "<body {m} background='{a}'>", "<html {m} manifest='{a}'>", "<font {m} face='x' src='{a}'>",
)  # fmt: skip
PAYLOADS = [carrier.format(m=MARK, a=address) for address in ADDRESSES for carrier in CARRIERS]
FREE = {
    table.name: [column.name for column in table.columns if type(column.type) is Text]
    for table in Base.metadata.sorted_tables
}


class Collecting(Press):
    """Takes the papers that pages ask for, to be printed under watch afterwards."""

    jobs: list[Job]

    def one(self, job: Job, patience: float | None = 0) -> bytes:
        self.jobs.append(job)
        return b"%PDF-1.7"


class Tags(HTMLParser):
    """Whether a tag, a declaration or an instruction of a page carries the mark."""

    obeyed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if any(name == MARK for name, _ in attrs):
            self.obeyed = self.obeyed or str(self.get_starttag_text())

    def handle_decl(self, decl: str) -> None:
        self.obeyed = self.obeyed or (decl if MARK in decl else "")

    handle_pi = handle_comment = unknown_decl = handle_decl


def plant(yard: Yard, words: str) -> int:
    """Behind every text of the zone in which somebody has written Chinese, where the database lets it be changed; how many texts."""
    done = 0
    with closing(sqlite3.connect(yard.file)) as line:
        for name, columns in FREE.items():
            for column in columns:
                try:
                    done += line.execute(
                        f'UPDATE "{name}" SET "{column}" = "{column}" || ? WHERE "{column}" GLOB \'*[一-龥]*\'',
                        (words,),
                    ).rowcount
                except sqlite3.DatabaseError:
                    continue  # a wall, or one of a few words
        line.commit()
    return done


def asked_for(yard: Yard) -> list[Job]:
    """Every paper that some page prints, once for each thing and in both languages."""
    yard.app.state.press.close()
    press = yard.app.state.press = Collecting(1)
    press.jobs = []
    for case in {
        (case.route, case.thing, case.whose): case
        for case in table(printed=True)
        if case.expected in {"·", "yes"} and prints(yard, case.route)
    }.values():
        place = re.sub(
            r"{\w+[^}]*}",
            str(yard.zone.thing(case.thing, case.whose)) if case.thing else "",
            yard.routes[case.route][0],
        )
        readers = [
            one.role
            for one in table(printed=True)
            if (one.route, one.thing, one.whose) == (case.route, case.thing, case.whose)
            and one.expected in {"·", "yes"}
        ]
        yard.asks("GET", place, yard.visits[readers[0]][0])
    return press.jobs


def prints(yard: Yard, route: str) -> bool:
    return "GET" in yard.routes[route][1] and bool(
        re.search(
            r"pdf|print|paper|slip|book|receipt|minutes|letter|note|report|form$", f"{route} {yard.routes[route][0]}"
        )
    )


def test_G09_F21_F22_hostile_words_are_printed_as_they_are_written_and_nothing_is_opened(filled, tmp_path):
    chosen = Random(SEED).sample(PAYLOADS, min(ROUNDS, len(PAYLOADS)))
    printed, planted = 0, 0
    with Child(
        "tests.reports.watched", replace(PRINTING, questions=100_000, wall_seconds=120, cpu_seconds=60)
    ) as child:
        for archive in (False, True):  # the first papers open fonts and the library's data
            child.ask(Job("<b>粗</b><p class='text'>宋</p>", "first", archive=archive).payload())
        for at in range(0, len(chosen), AT_ONCE):
            some, folder = chosen[at : at + AT_ONCE], tmp_path / str(at)
            folder.mkdir()
            with yard_of(filled, folder) as yard:
                planted = plant(yard, "".join(some))
                jobs = asked_for(yard)
            assert planted > 100
            for job in jobs:
                tags = Tags()
                tags.feed(job.html)
                assert tags.obeyed == "", job.html[:200]
                printed += MARK in job.html
            for job in jobs if "YUANRONG_ROUNDS" in os.environ else jobs[:6]:
                seen = [event for event in json.loads(child.ask(job.payload())) if not event.startswith(THEIRS)]
                assert [
                    event for event in seen if event.startswith(("open", "socket", "urllib", "subprocess", "os"))
                ] == [], job.html[:200]
    zone = environment("zh")
    used = sorted(set(zone.list_templates()) & {key[1] for key in zone.cache})
    told = json.dumps({"payloads": len(chosen), "papers with them": printed, "texts": planted, "templates": used})
    print(told)  # noqa: T201  shown with -rP
    assert printed > 0
