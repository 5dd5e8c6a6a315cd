"""Trees, signatures, codes and checkpoints against second implementations: RFC 6962 by its words, the library, hand-made folders."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
import os
import subprocess
import sys
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from financing import checkpoint_check, journal_check, signature_check, tree_check
from financing.checkpoint_check import Doubted, begins, code, digest, heard
from financing.proof import checker


def plain_root(leaves):
    """RFC 6962, section 2.1, word for word, with our own mark of a node."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x02" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


def some(count):
    return [hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(count)]


def test_the_tree_is_that_of_the_rfc_and_every_leaf_leads_to_its_root_and_to_no_other():
    for count in (*range(40), 63, 64, 65, 255, 257):
        leaves = some(count)
        root = plain_root(leaves)
        assert tree_check.root_of(leaves) == root
        for place in range(0, count, max(1, count // 9)):
            way = tree_check.path(leaves, place)
            assert tree_check.climbed(leaves[place], place, count, way) == root
            assert len(way) <= 9
            if count > 1:
                assert tree_check.climbed(leaves[place - 1], place, count, way) != root
            with pytest.raises(ValueError, match="another length"):
                tree_check.climbed(leaves[place], place, count, [*way, root])


@given(st.lists(st.integers(0, 30), max_size=6))
def test_a_tree_grown_in_parts_is_the_tree_grown_at_once(parts):
    leaves, peaks, count = some(sum(parts)), [], 0
    for part in parts:
        peaks, count = tree_check.grown(peaks, count, leaves[count : count + part])
    assert (tree_check.root(peaks), count) == (plain_root(leaves), len(leaves))
    assert len(peaks) == count.bit_count()


def test_signatures_are_judged_by_hand_as_the_library_judges_them():
    random = Random(8032)
    for n in range(12):
        key = Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), random.randbytes(n * 7)
        signature = key.sign(message)
        assert signature_check.signed_plainly(public, message, signature)
        for wrong in ((public, message + b"x", signature), (public, message, flipped(signature, random)), (flipped(public, random), message, signature)):  # fmt: skip
            assert not signature_check.signed_plainly(*wrong)
            assert not signature_check.signed(*wrong)
    order = 2**252 + 27742317777372353535851937790883648493
    high = signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not signature_check.signed_plainly(public, message, high)  # the same signature in another form
    assert not signature_check.signed_plainly(b"short", message, signature)


def test_a_vector_of_the_rfc():
    """RFC 8032, section 7.1, test 3."""
    public = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
    signature = bytes.fromhex(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    assert signature_check.signed_plainly(public, bytes.fromhex("af82"), signature)
    assert not signature_check.signed_plainly(public, bytes.fromhex("af83"), signature)


def flipped(data, random):
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_four_groups_that_are_heard_as_they_are_written(data):
    said = code(data.hex())
    plain = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(f"{int.from_bytes(data[:10], 'big'):080b}"[at : at + 5], 2)] for at in range(0, 80, 5))  # fmt: skip
    assert said.replace("-", "") == plain
    assert [len(group) for group in said.split("-")] == [4, 4, 4, 4]
    assert data.hex().startswith(begins(said))
    assert len(begins(said)) == 20
    assert begins(said[:-1]) == begins(said[:-1] + "U") == begins("") == ""
    assert heard(said.lower().replace("1", "l").replace("0", "o").replace("-", " ")) == said


# --- a folder of checkpoints made by hand --------------------------------------------------------------------------
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
NUMBER = checkpoint_check.key_number(PUBLIC)
KEYS = {NUMBER: PUBLIC}
BODIES = [{"seq": n, "act": f"act.{n % 3}"} for n in range(1, 31)]


def plainly(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaves_of(bodies):
    return [hashlib.sha256(b"\0" + plainly(body).encode()).digest() for body in bodies]


def links(bodies):
    former, found = bytes(32), []
    for leaf in leaves_of(bodies):
        former = hashlib.sha256(b"\1" + former + leaf).digest()
        found.append(former.hex())
    return found


LINKS = links(BODIES)


def signed_line(said, key=KEY):
    return plainly({"checkpoint": said, "signature": key.sign(b"yuanrong checkpoint\n" + plainly(said).encode()).hex()})


def folder_of(ends, *, key=KEY, lost=None):
    """Lines of checkpoints after these numbers of lines; `lost` maps a place to (since, gap)."""
    lines, former, since = [], "", 0
    for number, end in enumerate(ends, 1):
        gap = None
        if lost and number in lost:
            since, gap = lost[number]
        part = BODIES[since:end]
        leaves = leaves_of(BODIES[:end])
        peaks, at, size = [], 0, 1 << 20
        while size:
            if end & size:
                peaks.append(plain_root(leaves[at : at + size]).hex())
                at += size
            size >>= 1
        acts = [body["act"] for body in part]
        said = {
            "number": number, "seq": end, "link": LINKS[end - 1], "at": "2026-11-23T01:30:00.000000+00:00", "since": since,
            "counts": {act: acts.count(act) for act in set(acts)}, "root": plain_root(leaves_of(part)).hex(),
            "all": plain_root(leaves).hex(), "peaks": peaks, "former": former, "key": NUMBER, "lost": gap,
        }  # fmt: skip
        lines.append(signed_line(said, key))
        former = hashlib.sha256(b"yuanrong checkpoint\n" + plainly(said).encode()).hexdigest()
        since = end
    return lines


def judged(lines, bodies=BODIES, found=LINKS):
    held, lost = checkpoint_check.standing(checkpoint_check.read(lines, KEYS))
    covered = checkpoint_check.compare(zip(bodies, found, strict=False), held)
    return covered, lost


def test_sound_checkpoints_hold_and_what_was_lost_openly_is_said():
    assert judged(folder_of([5, 17, 24])) == (24, [])
    gap = {"from": 18, "to": 24}
    assert judged(folder_of([5, 17, 24, 20], lost={4: (17, gap)})) == (20, [gap])
    gap = {"from": 9, "to": 24}
    assert judged(folder_of([5, 17, 24, 12, 30], lost={4: (5, gap)})) == (30, [gap])
    assert judged([]) == (0, [])


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda lines: lines[1:], "follow"),
        (lambda lines: [lines[0], lines[2]], "follow"),
        (lambda lines: [lines[1], lines[0], lines[2]], "follow"),
        (lambda lines: [lines[0], lines[0], *lines[1:]], "follow"),
        (lambda lines: [line.replace('"seq":17', '"seq":16') for line in lines], "signature"),
        (lambda lines: folder_of([5, 17], key=Ed25519PrivateKey.generate()), "signature"),
        (lambda lines: [lines[0].replace(NUMBER, "00000000")], "public key"),
        (lambda lines: ["{}"], "not a checkpoint"),
        (lambda lines: ["[" * 100_000], "not a checkpoint"),
        (lambda lines: [lines[0].replace('"peaks":[', '"peaks":[NaN,')], "not a checkpoint"),
        (lambda lines: folder_of([5, 17, 12]), "count from"),
    ],
)
def test_a_checkpoint_that_is_none_is_named(harm, says):
    with pytest.raises(Doubted, match=says):
        judged(harm(folder_of([5, 17, 24])))


def test_the_first_stretch_that_differs_is_named():
    lines = folder_of([5, 17, 24])
    other = [*BODIES[:9], BODIES[9] | {"act": "act.9"}, *BODIES[10:]]
    with pytest.raises(Doubted, match="lines 6 to 17"):
        judged(lines, other, links(other))  # the whole chain was reckoned anew after the change
    with pytest.raises(Doubted, match="lines 21 to 24 are missing, 4 in all"):
        judged(lines, BODIES[:20])


# --- the one file --------------------------------------------------------------------------------------------------
def test_the_one_file_holds_no_name_twice_and_nothing_but_the_standard_library():
    parts = [ast.parse(checker._part(inspect.getsource(part))) for part in checker.PARTS]
    named = [name for part in parts for name in names(part)]
    assert sorted(set(named)) == sorted(named), [name for name in set(named) if named.count(name) > 1]
    imported = {name for part in parts for name in modules(part)}
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}


def names(tree):
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            yield from (
                one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            )


def modules(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.split(".")[0] for one in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def test_the_one_file_checks_an_export_without_any_library(tmp_path):
    (tmp_path / "check.py").write_text(checker.program(), encoding="utf-8")
    records = [plainly({"body": body, "link": link}) for body, link in zip(BODIES, LINKS, strict=True)]
    export = tmp_path / "journal.jsonl"
    export.write_text("\n".join([*records, plainly({"head": {"seq": 30, "link": LINKS[-1]}})]), encoding="utf-8")
    run = [sys.executable, "-I", "-S", tmp_path / "check.py", export]
    fine = subprocess.run(run, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONUTF8": "1"})
    assert (fine.returncode, LINKS[-1] in fine.stdout) == (0, True), fine.stderr
    assert digest({"a": 1}) == hashlib.sha256(b'yuanrong checkpoint\n{"a":1}').hexdigest()
    assert journal_check.chain_told(export.read_text(encoding="utf-8").splitlines())
