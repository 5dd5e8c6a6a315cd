"""G-08: hostile files through the real gates: none hangs, none swells, none opens anything outside, and none is kept under a name of its own.

`YUANRONG_ROUNDS` says how many (60 on each change, 500 and more in a campaign), `YUANRONG_SEED` which.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from dataclasses import asdict, replace
from random import Random

from financing.access import Role
from financing.refusals import Refusal
from reports.child import PARSING, Child, ChildFailed
from reports.gate import Limits, check
from tests.clients import client
from tests.faults.yard import yard_of
from tests.hostile.files import NAMES, PAPERS, drawn
from tests.hostile.workbooks import package
from tests.web.conftest import OURS, SITE
from web import intake

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "60"))
SEED = int(os.environ.get("YUANRONG_SEED", "7"))
LIMITS = Limits()


def test_G08_F39_no_file_hangs_swells_or_opens_anything(tmp_path):
    ended: Counter[str] = Counter()
    with Child("tests.hostile.watched", replace(PARSING, questions=10_000)) as child:
        for name, content in (("a.xlsx", package()), ("a.csv", b"a,b\n1,2\n")):
            parsed(child, name, content)  # what a parser loads once is loaded
        for name, content in drawn(Random(SEED), ROUNDS):
            began = time.monotonic()
            how, opened, mib = parsed(child, name, content)
            assert time.monotonic() - began <= PARSING.wall_seconds + 5, (name, content[:200])
            assert opened == [], (name, content[:200])
            assert mib <= PARSING.memory_mib, (name, content[:200])
            ended[how] += 1
    print(json.dumps({"seed": SEED, "files": ROUNDS, "ended": ended}))  # noqa: T201  shown with -rP
    assert any(how.startswith("read") for how in ended) or len(ended) > 3


def parsed(child: Child, name: str, content: bytes) -> tuple[str, list[str], int]:
    """How it ended at the gate or in the parser, what was opened meanwhile, and MiB."""
    try:
        form = check(content, name, LIMITS)
    except Refusal as refused:
        return refused.code, [], 0
    order = {"format": form, "name": "a", **asdict(LIMITS)}
    try:
        told = json.loads(child.ask(json.dumps(order).encode() + b"\n" + content))
    except ChildFailed as failed:
        return failed.code, [], 0
    return re.sub(r"\d+", "", told["ended"]).strip(), told["opened"], told["mib"]


def known(content: bytes) -> str:
    """The media type of a paper, or the code of the refusal."""
    try:
        return intake.unread(content, "a.pdf", 20)
    except Refusal as refused:
        return refused.code


def test_F18_a_paper_is_known_by_its_bytes_or_refused():
    found = Counter(map(known, PAPERS))
    assert set(found) <= {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "not_a_paper",
        "workbook_unreadable",
        "not_a_workbook",
    }, found
    assert found["not_a_paper"] > 5


def test_F19_no_name_is_ever_a_path_and_what_was_kept_leaves_as_a_file_alone(filled, tmp_path):
    with yard_of(filled, tmp_path) as yard:
        folder = tmp_path / "var" / "uploads"
        sid, csrf = yard.visits[Role.SIGNATORY]
        firm, before = yard.zone.firm.id, set(tmp_path.rglob("*"))
        for number, name in enumerate(NAMES):
            answer = client(yard.app, SITE).post(
                f"/firms/{firm}/papers", headers=OURS | {"cookie": f"sid={sid}"}, follow_redirects=False,
                data={"csrf": csrf, "once": f"name{number}", "kind": "other"},
                files={"file": (name.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), f"%PDF-1.7 {number}".encode())},
            )  # fmt: skip
            assert answer.status_code in {303, 400, 409, 422}, (name, answer.status_code)
        made = [
            path
            for path in set(tmp_path.rglob("*")) - before
            if path.is_file() and not path.name.startswith(("zone.db", "kept.db"))
        ]
        assert made, "nothing was kept"
        assert [path for path in made if path.parent != folder or not re.fullmatch(r"[0-9a-f]{64}", path.name)] == []
        page = yard.asks("GET", f"/firms/{firm}/papers", sid).text
        assert "<script>alert(1)</script>" not in page
        papers = sorted(set(re.findall(r'href="(/papers/\d+(?:/file)?)"', page)))
        for place in papers:
            given = yard.asks("GET", place, sid)
            if given.headers.get("content-type", "").startswith(("application/", "image/")):
                assert given.headers["content-disposition"].startswith("attachment;")
                assert "sandbox" in given.headers["content-security-policy"]
