"""What is sealed: whole, in one form on every machine, provable from its digest (I-08)."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from financing.guarantees import record
from financing.guarantees.model import Resolution
from financing.guarantees.rules import Vote
from financing.money import Fen


def plain(value):
    """Only whole numbers, text, truth and nothing: no float anywhere."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(inner) for key, inner in value.items())
    return all(map(plain, value)) if isinstance(value, list) else value is None or type(value) in {int, str, bool}


def sealed(zone, *votes):
    case = zone.case()
    meeting = zone.meeting(case)
    for user, (vote, opinion) in zip(zone.everybody, votes, strict=False):
        zone.votes(case, user, vote, opinion)
    return case, meeting, zone.seals(case)


def test_the_digest_is_that_of_the_stored_record_written_by_anybody(zone):
    _, _, resolution = sealed(zone, *[(Vote.FOR, "同意")] * 4)
    stored = zone.get(Resolution, resolution.id)
    written = json.dumps(stored.record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(written).hexdigest() == stored.digest == record.digest(stored.record)
    assert plain(stored.record)


def test_the_record_names_everything_the_decision_rested_on(zone):
    case, meeting, resolution = sealed(zone, *[(Vote.FOR, "同意")] * 4)
    found = zone.get(Resolution, resolution.id).record
    assert (found["number"], found["outcome"], found["until"]) == ("JY2026-0001", "approved", "2027-05-23")
    assert found["case"]["line"] == Fen.wan(120).fen
    assert found["meeting"]["number"] == meeting.number
    assert [seat["chair"] for seat in found["seats"]] == [True, False, False, False, False]
    assert [ballot["round"] for ballot in found["ballots"]] == ["first"] * 4 + ["final"] * 4
    assert found["count"] == {
        "seats": 5, "cast": 4, "votes": {"for": 4, "conditional": 0, "against": 0, "abstain": 0},
        "quorum": [2, 3], "majority": [2, 3],
    }  # fmt: skip
    assert {rule["key"] for rule in found["rules"]} == {
        "quorum_part",
        "quorum_whole",
        "majority_part",
        "majority_whole",
    }
    assert all(rule["source"] for rule in found["rules"])
    assert [gate["key"] for gate in found["gates"]] == [gate["key"] for gate in case.gates]
    facility, sector, firm = found["limits"]
    assert (sector["scope"], facility["asked"]) == ("sector", Fen.wan(90).fen)  # a small firm weighs 75 per cent
    assert (facility["scope"], facility["cap"]) == ("facility", Fen.wan(200_000).fen)
    assert (firm["reserved"], firm["asked"], firm["reserved_after"]) == (0, Fen.wan(120).fen, Fen.wan(120).fen)
    assert found["assessment"]["id"] == case.assessment_id
    assert len(found["assessment"]["digest"]) == 64
    assert resolution.until == date(2027, 5, 23)


def test_conditions_stand_once_with_all_who_asked_for_them(zone):
    pledge, audit = "落实应收账款质押", "补充审计报告"
    votes = [(Vote.CONDITIONAL, pledge), (Vote.CONDITIONAL, audit), (Vote.CONDITIONAL, pledge), (Vote.FOR, "同意")]
    _, _, resolution = sealed(zone, *votes)
    asked = {one["says"]: set(one["names"]) for one in resolution.record["conditions"]}
    chair, first, second, _ = [user.name for user in zone.everybody[:4]]
    assert asked == {pledge: {chair, second}, audit: {first}}


def test_a_rejection_takes_nothing_and_has_no_end(zone):
    _, _, resolution = sealed(zone, *[(Vote.AGAINST, "风险过高")] * 4)
    assert resolution.until is None
    assert resolution.record["conditions"] == []
    assert all(
        room["asked"] == 0 and room["reserved"] == room["reserved_after"] for room in resolution.record["limits"]
    )
