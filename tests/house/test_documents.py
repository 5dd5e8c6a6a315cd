"""What is written beside the code is true of it, and names nothing of anybody's machine."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import HOUSE, text, tracked
from web.flows import flows
from web.routes import permissions

BINARY = (".png", ".jpg", ".webp", ".woff2", ".xlsx", ".pdf", ".ico", ".svg", ".mo", ".icc", ".ttf")
LOCKS = {"uv.lock", "web/package-lock.json"}
#: The files that say where packages come from, and this page.
REGISTRIES = {"tests/house/test_setup.py", "tests/house/test_documents.py", *LOCKS}
TEXTS = [name for name in tracked() if not name.endswith(BINARY) and name not in LOCKS]
PAGES = [name for name in tracked() if name.endswith(".md")]


@pytest.mark.parametrize(
    ("name", "written", "by"),
    [("docs/permissions.md", permissions, "web.routes"), ("docs/flows.md", flows, "web.flows")],
)
def test_a_generated_page_is_current(name, written, by):
    assert text(name) == written(), f"run: python -m {by}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_and_picture_in_a_page_exists(page):
    said = re.sub(r"```.*?```|`[^`]*`", "", text(page), flags=re.DOTALL)
    linked = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", said)
    assert [link for link in linked if not (HOUSE / page).parent.joinpath(link).exists()] == []


def places(pattern: str, *, but: set[str] = frozenset(), among: list[str] = TEXTS) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in among
        if name not in but
        for number, line in enumerate(text(name).splitlines(), 1)
        if found.search(line)
    ]


def test_no_package_registry_is_named():
    hosts = r"pypi\.(org|python)|pythonhosted|npmjs\.(org|com)|npmmirror|crates\.io|rubygems|proxy\.golang|mirrors?\.[a-z]+\."
    assert places(hosts, but=REGISTRIES) == []


def test_no_path_of_anybodys_machine_is_named():
    assert places(r"(?<![\w.])/(work|home|Users|root|mnt|private)/\w", but={"tests/house/test_documents.py"}) == []


def test_no_issue_is_referred_to_by_number():
    assert (
        places(r"\b(issues?|pull|GH)[/ -]#?\d+\b|(?:^|[\s(（])#\d{1,5}(?=[\s).,，。）]|$)", but={"CHANGELOG.md"}) == []
    )


def test_no_work_is_left_for_later():
    later = "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK:"])
    assert places(later) == []


def test_every_text_is_plain_and_ends_with_a_line():
    crooked = [name for name in TEXTS if text(name) and (not text(name).endswith("\n") or "\r" in text(name))]
    assert [name for name in crooked if not name.endswith((".csv", ".txt"))] == []
