"""What code of ours never does, whoever writes the next line: run what was typed, make secrets by chance, call out by itself."""

from __future__ import annotations

import ast
import re

from scoring.card import cards
from scoring.compiled import compiled
from scoring.one import counting
from tests.house.sources import called, code, every, nodes, text

#: Where chance is no secret: a pause between two tries, a rehearsal that must come out the same, a zone that is made up.
BY_CHANCE = ("financing/db.py", "web/handling.py", "web/stage/")
#: Commands of ours, run without a shell, each with arguments that nobody typed.
RUNS_OTHERS = {"reports/child.py", "reports/fonts.py", "web/drilling.py", "web/vendor.py"}
#: What speaks to other machines; whom it may call stands in the settings.
CALLS_OUT = {"web/federated.py", "web/post/hooks.py", "web/post/mail.py"}
#: A card becomes a function of numbers and names of facts; the test below looks at what is in it.
WRITES_CODE = {"scoring/one.py"}
#: Time codes are HMAC-SHA-1 by RFC 6238: a keyed hash, of which the weakness of SHA-1 takes nothing; collections of
#: leaked passwords are marked by SHA-1, where nothing is kept secret by it.
BY_THE_RFC = {"financing/people/totp.py", "financing/people/leaked.py"}
SCRIPT = "web/static/page.js"


def imported(name: str) -> set[str]:
    """The modules that a file imports."""
    plain = {alias.name for node in nodes(name, ast.Import) for alias in node.names}
    return plain | {f"{node.module}" for node in nodes(name, ast.ImportFrom)}


@every(code())
def test_nothing_that_was_typed_is_ever_run(name):
    runs = re.compile(
        r"^(eval|exec|compile|__import__)$|^os\.(system|popen|exec\w*|spawn\w*)$|^(pickle|marshal|shelve|dill)\.|^yaml\."
    )
    assert [node.lineno for node in nodes(name, ast.Call) if runs.search(called(node))] == [] or name in WRITES_CODE
    assert (
        imported(name) & {"pickle", "marshal", "shelve", "yaml", "xmlrpc", "xml.sax", "xml.dom.minidom", "lxml"}
        == set()
    )
    shells = [node for node in nodes(name, ast.keyword) if node.arg == "shell"]
    assert shells == [] and ("subprocess" not in imported(name) or name in RUNS_OTHERS)


@every(code())
def test_a_secret_is_made_by_the_systems_own_chance(name):
    assert "random" not in imported(name) or name.startswith(BY_CHANCE)
    assert [node.lineno for node in nodes(name, ast.Call) if re.search(r"uuid\.?[14]$", called(node))] == []


@every(code())
def test_no_weak_hash_and_no_mode_without_a_seal(name):
    weak = re.compile(r"\b(md5|sha1|MD5|SHA1|ECB|CBC|CTR|OFB|CFB|PKCS1v15|TripleDES|ARC4|Blowfish|RSA)$")
    assert [
        node.lineno for node in nodes(name, ast.Attribute) if weak.search(ast.unparse(node))
    ] == [] or name in BY_THE_RFC
    assert [
        node.lineno for node in nodes(name, ast.Constant) if node.value in {"md5", "sha1"}
    ] == [] or name in BY_THE_RFC


@every(code())
def test_nothing_calls_out_but_the_post(name):
    out = {"httpx", "requests", "urllib.request", "http.client", "smtplib", "ftplib", "aiohttp", "urllib3"}
    assert imported(name) & out == set() or name in CALLS_OUT


@every(code())
def test_a_pattern_is_written_and_never_put_together_from_what_was_typed(name):
    makes = re.compile(r"^re\.(compile|match|fullmatch|search|sub|subn|split|findall|finditer)$")
    patterns = [node.args[0] for node in nodes(name, ast.Call) if makes.search(called(node)) and node.args]
    put_in = {
        (one.lineno, part.id)
        for one in patterns
        if "re.escape" not in ast.unparse(one)
        for part in ast.walk(one)
        if isinstance(part, ast.Name) and not part.id.isupper() and part.id.strip("_").upper() != part.id.strip("_")
    }
    assert put_in == set()


@every(code())
def test_no_second_library_reads_json(name):
    assert imported(name) & {"orjson", "ujson", "simplejson", "msgspec"} == set()


def test_no_word_of_a_card_becomes_code():
    """The function made of a card reads facts by name, compares numbers, and can reach nothing else."""
    for one in (*cards("credit"), *cards("invoices")):
        reached = set(counting(compiled(one), 0).__code__.co_names)
        ours = r"bisect|bounds|sorted|tuple|ranked|grades|ceilings|new|Marks|inf|float|int|str|bool|__class__|plain\d+|[dc][ph]\d+"
        assert {name for name in reached if not re.fullmatch(ours, name)} == set()


def test_the_script_of_the_pages_shows_text_as_text_and_keeps_nothing():
    said = re.sub(r"^\s*//.*$", "", text(SCRIPT), flags=re.MULTILINE)
    assert text(SCRIPT).splitlines()[1] == '"use strict";'
    never = r"\beval\(|new Function|document\.write|insertAdjacentHTML|outerHTML|localStorage|sessionStorage|indexedDB|postMessage|document\.cookie|__proto__|\bvar\b"
    assert re.findall(never, said) == []
    assert re.findall(r".*innerHTML.*", said) == [
        "    live.innerHTML = event.data;"
    ]  # a board that our own template has escaped
    assert re.findall(r"(?:window|globalThis|document)\.\w+\s*=[^=]", said) == []
    assert re.findall(r"\w+\[(?:event|field)\.\w+\]", said) == []  # what is typed or pressed is looked up in a Map
    assert re.findall(r"https?://", said) == []
