"""Ten thousand tamperings of an export, every one found; untouched ones never doubted (I-12)."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from financing import journal_check
from financing.journal_check import Broken, check

LINES = 200
ROUNDS = 10_000


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(bodies, former=bytes(32)):
    """An export written without our code."""
    lines = []
    for seq, content in enumerate(bodies, 1):
        body = {**content, "seq": seq}
        leaf = hashlib.sha256(b"\0" + canonical(body).encode()).digest()
        former = hashlib.sha256(b"\1" + former + leaf).digest()
        lines.append(canonical({"body": body, "link": former.hex()}))
    return [*lines, canonical({"head": {"seq": len(lines), "link": former.hex()}})]


EXPORT = chained(
    {"act": f"act.{n % 7}", "subject": n * 31, "facts": {"amount": {"fen": n}, "name": "意见"}} for n in range(LINES)
)
LINK = json.loads(EXPORT[-1])["head"]["link"]


def change_a_sign(lines, random):
    place = random.randrange(len(lines))
    text = lines[place]
    at = random.randrange(len(text))
    other = random.choice([sign for sign in '0123456789abcdef{}[]":,xZ意' if sign != text[at]])
    lines[place] = text[:at] + other + text[at + 1 :]
    return place


def drop(lines, random):
    place = random.randrange(len(lines))
    del lines[place]
    return place


def cut_the_tail(lines, random):
    place = random.randrange(len(lines))
    del lines[place:]
    return place


def cut_the_tail_and_keep_the_head(lines, random):
    place = random.randrange(len(lines) - 1)
    del lines[place:-1]
    return place


def swap(lines, random):
    one, other = sorted(random.sample(range(len(lines)), 2))
    lines[one], lines[other] = lines[other], lines[one]
    return one


def double(lines, random):
    place = random.randrange(len(lines))
    lines.insert(place, lines[place])
    return min(place + 1, LINES)  # a second head stands after the head


def insert_one_with_a_sound_hash(lines, random):
    place = random.randrange(len(lines) - 1)
    former = bytes.fromhex(json.loads(lines[place - 1])["link"]) if place else bytes(32)
    body = {"act": "need.accept", "seq": place + 1}
    link = hashlib.sha256(b"\1" + former + hashlib.sha256(b"\0" + canonical(body).encode()).digest()).hexdigest()
    lines.insert(place, canonical({"body": body, "link": link}))
    return place + 1  # the false line itself hangs together; the next one does not


def renumber(lines, random):
    place = random.randrange(len(lines) - 1)
    record = json.loads(lines[place])
    record["body"]["seq"] += random.choice([-1, 1, 100])
    lines[place] = canonical(record)
    return place


def change_content_and_its_own_link(lines, random):
    place = random.randrange(len(lines) - 1)
    record = json.loads(lines[place])
    former = bytes.fromhex(json.loads(lines[place - 1])["link"]) if place else bytes(32)
    record["body"]["subject"] += 1
    leaf = hashlib.sha256(b"\0" + canonical(record["body"]).encode()).digest()
    record["link"] = hashlib.sha256(b"\1" + former + leaf).hexdigest()
    lines[place] = canonical(record)
    return place + 1


def lie_about_the_head(lines, random):
    record = json.loads(lines[-1])
    record["head"] = random.choice([{"seq": LINES - 1, "link": LINK}, {"seq": LINES, "link": "0" * 64}, {}])
    lines[-1] = canonical(record)
    return LINES


TAMPERINGS = (
    change_a_sign, drop, cut_the_tail, cut_the_tail_and_keep_the_head, swap, double, insert_one_with_a_sound_hash, renumber,
    change_content_and_its_own_link, lie_about_the_head,
)  # fmt: skip


def prefix_states():
    """The chain after each line, so that a check of a tampered copy may begin where it was tampered with."""
    return [bytes(32), *(bytes.fromhex(json.loads(text)["link"]) for text in EXPORT[:-1])]


STATES = prefix_states()


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_every_tampering_is_found_at_its_place(tamper):
    random = Random(tamper.__name__)
    for _ in range(ROUNDS // len(TAMPERINGS)):
        lines = list(EXPORT)
        place = tamper(lines, random)
        if lines == EXPORT:
            continue
        start = max(0, min(place, LINES) - 2)  # what lies before is sound, as the test of the untouched chain shows
        with pytest.raises(Broken) as broken:
            check(islice(lines, start, None), start=STATES[start], first=start + 1)
        assert broken.value.seq == place + 1


def test_the_untouched_export_is_never_doubted():
    assert check(EXPORT) == (LINES, LINK)
    for start in range(LINES):
        assert check(EXPORT[start:], start=STATES[start], first=start + 1) == (LINES, LINK)
    assert check(chained([])) == (0, bytes(32).hex())


@pytest.mark.parametrize(
    "line", ["", "[]", "1", "null", '{"body": 1, "link": ""}', '{"body": {}, "link": 1}', '{"head": 1, "x": 2}', "{"]
)
def test_what_is_no_record_is_named_not_crashed_upon(line):
    with pytest.raises(Broken) as broken:
        check([line, *EXPORT])
    assert broken.value.seq == 1


def test_an_export_without_a_head_is_cut_off():
    with pytest.raises(Broken):
        check(EXPORT[:-1])
    with pytest.raises(Broken):
        check([])


def run(*arguments):
    command = [sys.executable, "-I", journal_check.__file__, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_runs_alone_with_nothing_but_the_standard_library(tmp_path: Path):
    sound, broken = tmp_path / "sound.jsonl", tmp_path / "broken.jsonl"
    sound.write_text("\n".join(EXPORT) + "\n", encoding="utf-8")
    broken.write_text("\n".join([*EXPORT[:50], *EXPORT[51:]]) + "\n", encoding="utf-8")
    fine = run(sound)
    assert (fine.returncode, LINK in fine.stdout) == (0, True)
    found = run(broken)
    assert (found.returncode, "51" in found.stderr) == (1, True)
    assert run().returncode == 2
    assert run(tmp_path / "absent.jsonl").returncode == 1
    broken.write_bytes(b"\xff\xfe")
    assert run(broken).returncode == 1


def excerpted(lines, wanted):
    """An excerpt written without our code: the lines of these numbers, everything between by its leaf alone."""
    records = [json.loads(line) for line in lines[:-1]]
    first, last = min(wanted), max(wanted)
    former = records[first - 2]["link"] if first > 1 else bytes(32).hex()
    out, hidden = [{"after": {"seq": first - 1, "link": former}}], []
    for record in records[first - 1 : last]:
        if record["body"]["seq"] in wanted:
            out += [{"sealed": hidden}, record] if hidden else [record]
            hidden = []
        else:
            hidden.append(hashlib.sha256(b"\0" + canonical(record["body"]).encode()).hexdigest())
    return [canonical(one) for one in [*out, {"head": {"seq": last, "link": records[last - 1]["link"]}}]]


@pytest.mark.parametrize("wanted", [{1}, {200}, {3, 4, 90}, {2, 7, 11, 150}, set(range(1, 201))])
def test_an_excerpt_holds_and_says_how_many_lines_it_shows(wanted):
    link = json.loads(EXPORT[max(wanted) - 1])["link"]
    assert journal_check.check_excerpt(excerpted(EXPORT, wanted)) == (len(wanted), max(wanted), link)


def test_an_excerpt_is_never_taken_for_the_whole_journal():
    with pytest.raises(Broken):
        check(excerpted(EXPORT, {3, 4, 90}))
    with pytest.raises(Broken):
        journal_check.check_excerpt(EXPORT)


def test_every_tampering_of_an_excerpt_is_found():
    random, whole = Random(51), excerpted(EXPORT, {5, 6, 40, 41, 60})
    for _ in range(2_000):
        lines = list(whole)
        random.choice([change_a_sign, drop, cut_the_tail])(lines, random)
        if [json.loads(one) for one in lines if _reads(one)] == [json.loads(one) for one in whole]:
            continue
        try:
            found = journal_check.check_excerpt(lines)
        except Broken:
            continue
        assert found[2] != json.loads(whole[-1])["head"]["link"], (
            lines
        )  # a forged start ends elsewhere than the journal


def _reads(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
