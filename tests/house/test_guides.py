"""Guides use the words that stand on the pages."""

from __future__ import annotations

import re

import pytest

from setup import words
from tests.house.sources import HOUSE
from web.guide import READERS, guides
from web.routes import ROUTES

QUOTED = {"zh": re.compile("「([^」]+)」"), "en": re.compile("“([^”]+)”")}
STEPS = [(guide.key, step) for guide in guides().values() for step in guide.steps]


@pytest.fixture(scope="module")
def said():
    """What pages can say, by language."""
    messages = [m for m in words.read(HOUSE / words.CATALOGUE) if m.id]
    return {"zh": {m.id for m in messages}, "en": {m.string for m in messages}}


def test_everybody_has_a_guide_and_no_guide_is_nobodys():
    assert set(guides()) == set(READERS.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_guide_quotes_stands_on_a_page(said, lang):
    quoted = {text for _, step in STEPS for passage in step.says[lang] for text in QUOTED[lang].findall(passage)}
    assert quoted
    assert quoted - said[lang] == set()


def test_every_picture_is_of_a_page_that_exists():
    pictures = [step.picture for _, step in STEPS if step.picture]
    assert [p.route for p in pictures if p.route not in ROUTES] == []
    assert len({p.name for p in pictures}) == len(pictures)


def test_chinese_and_english_tell_the_same_number_of_paragraphs():
    assert [step.head["zh"] for _, step in STEPS if len(step.says["zh"]) != len(step.says["en"])] == []
