"""Pages take every word from the catalogue and bring no script or style of their own."""

from __future__ import annotations

import re

from tests.house.sources import every, templates, text

#: Values that are markup already, each with who made it.
MARKUP: dict[str, str] = {}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
#: Chinese that stands in a page of either language.
BOTH_LANGUAGES = {"中文"}
ON_PAGES = [name for name in templates() if name.startswith("web/")]
#: What hangs on a wall for many to see has a head of its own, whose name leads to a page with the way out.
PROJECTED = {
    "web/templates/guarantees/room.html": "meeting.show",
    "web/templates/cadence/screen.html": "dispatch.show",
    "web/templates/forums/board.html": "session.show",
}


@every(templates())
def test_no_value_is_trusted_to_be_markup(name):
    assert [
        found for found in re.findall(r"([\w.()\"' ]+)\|\s*safe\b", text(name)) if found.strip() not in MARKUP
    ] == []
    assert "autoescape" not in text(name)
    assert "Markup(" not in text(name)


@every(ON_PAGES)
def test_a_page_brings_no_script_or_style_of_its_own(name):
    page = re.sub(r"{#.*?#}", "", text(name), flags=re.DOTALL)
    page = re.sub(r"{%.*?%}|{{.*?}}", "", page, flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
    assert re.findall(r"<[^>]*\s(?:style|on[a-z]+)\s*=", page) == []
    assert "javascript:" not in page
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//", page) == []


def test_every_page_has_the_way_out_and_what_is_projected_leads_to_it():
    whole = {name for name in ON_PAGES if "<html" in text(name)}
    assert whole == {
        "web/templates/layout.html",
        "web/templates/personal/contents.html",
    }  # the latter leaves in an archive
    assert 'include "parts/head.html"' in text("web/templates/layout.html")
    assert "url_for('people.sign_out')" in text("web/templates/parts/head.html")
    own = {name for name in ON_PAGES if re.search(r"{%-? block head\b", text(name))} - whole
    assert own == set(PROJECTED)
    assert [name for name, place in PROJECTED.items() if f"url_for('{place}'" not in text(name)] == []


@every(templates())
def test_every_word_can_be_translated(name):
    page = re.sub(r"{#.*?#}", "", text(name), flags=re.DOTALL)
    page = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", page, flags=re.DOTALL)
    page = re.sub(r"(?<![\w.])_\((\"[^\"]*\"|'[^']*')", "", page)
    assert [word for word in CHINESE.findall(page) if word not in BOTH_LANGUAGES] == []


@every(ON_PAGES)
def test_every_form_that_changes_something_carries_its_token(name):
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text(name), flags=re.DOTALL | re.IGNORECASE)
    assert [form[:80] for form in forms if "form_token" not in form and "caller" not in form] == []


@every(ON_PAGES)
def test_every_picture_is_described(name):
    assert [image for image in re.findall(r"<img\b[^>]*>", text(name)) if " alt=" not in image] == []
