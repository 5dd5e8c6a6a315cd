"""Everything said in Chinese is said in English too, with the same places for facts."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from contextlib import chdir

import pytest

import web
from financing import words as names
from financing.access import Role
from financing.consequences import CONSEQUENCES
from financing.field_words import FIELDS
from financing.refusals import Refusal
from financing.sentences import SENTENCES
from reports.intake_findings import MENDS
from setup import words
from tests.house.sources import HOUSE, called, code, every, nodes, text

CATALOGUE = HOUSE / words.CATALOGUE
CHINESE = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”")


@pytest.fixture(scope="module")
def english():
    """Chinese -> English, as the catalogue has it."""
    return {message.id: message for message in words.read(CATALOGUE) if message.id}


@pytest.fixture(scope="module")
def found():
    """Everything marked for translation in code and templates."""
    with chdir(HOUSE):
        return words.extracted()


def test_every_marked_text_has_its_english_and_nothing_else_is_kept(found):
    assert words.faults(found, words.read(CATALOGUE)) == []


SAID = {
    **{said: kind.__name__ for kind, named in names.NAMES.items() for said in named.values()},
    **dict.fromkeys(SENTENCES.values(), "sentence"),
    **dict.fromkeys(CONSEQUENCES.values(), "consequence"),
    **dict.fromkeys(FIELDS.values(), "field"),
    **dict.fromkeys(MENDS.values(), "finding"),
}


def test_every_name_sentence_and_field_is_marked(english):
    assert [said for said in SAID if said not in english] == []


def test_the_english_leaves_no_chinese_behind(english):
    strange = {message.string for message in english.values() if CHINESE.search(QUOTED.sub("", message.string))}
    assert strange == set()


def test_the_facts_are_the_same_in_both_languages(english):
    places = re.compile(r"{(\w+)}|%\((\w+)\)s")
    differing = [
        message.id
        for message in english.values()
        if sorted(places.findall(message.id)) != sorted(places.findall(message.string))
    ]
    assert differing == []


def test_a_sentence_is_a_sentence_in_both_languages(english):
    for said in [*SENTENCES.values(), *CONSEQUENCES.values()]:
        assert said.endswith("。"), said
        assert english[said].string.endswith("."), english[said].string
        assert english[said].string[0].isupper() or english[said].string[0] in "“{", english[said].string


def test_two_words_of_a_kind_stay_two_words_in_english(english):
    for kind, named in names.NAMES.items():
        said = [english[word].string for word in named.values()]
        assert len(set(said)) == len(said), (kind, sorted(said))


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal():
    for module in pkgutil.walk_packages(web.__path__, "web."):
        if not module.name.startswith(("web.command", "web.asgi", "web.node_modules")):
            importlib.import_module(module.name)
    codes = {kind.code for kind in kinds() if not kind.__module__.startswith("tests")}
    codes |= set(re.findall(r'self\.code = "(\w+)"', text("financing/refusals.py")))
    codes |= {f"child_{reason}" for reason in ("time", "memory", "crash")}  # named by what stopped the child
    assert codes == set(SENTENCES)


def kinds(of: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


def test_names_cover_the_roles_people_hold():
    assert set(names.NAMES[Role]) == set(Role)


@every(code("financing", "reports", "web"))
def test_what_is_translated_was_marked_so_that_the_catalogue_knows_it(name):
    """`say("…")` alone is read by no extractor: it is `say(_("…"))`."""
    spoken = re.compile(r"^(say|translate|gettext)$|^translate\(.*\)$|\.translate$")
    assert [
        f"{name}:{node.lineno}"
        for node in nodes(name, ast.Call)
        if spoken.search(called(node))
        for given in node.args
        if isinstance(given, ast.Constant) and isinstance(given.value, str) and CHINESE.search(given.value)
    ] == []


@every(code("financing", "reports", "web"))
def test_no_marked_text_hides_inside_another_text(name):
    """The extractor does not look into an f-string."""
    hidden = [
        f"{name}:{inner.lineno}"
        for node in nodes(name, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and called(inner) == "_"
    ]
    assert hidden == []


def test_a_field_has_one_name_whichever_table_says_it():
    """Tables are put together into one: a name given twice would take the place of the other on pages that nobody looked at."""
    said = {}
    for module in pkgutil.iter_modules(importlib.import_module("financing").__path__):
        if module.name.endswith("_words"):
            tables = vars(importlib.import_module(f"financing.{module.name}"))
            for table in (table for name, table in tables.items() if name.endswith("FIELDS")):
                for field, word in table.items():
                    said.setdefault(field, set()).add(word)
    assert {field: words for field, words in said.items() if len(words) > 1} == {}
