from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.issued import Issued
from reports.letter import MinutesView, letter, minutes
from reports.resolution import resolution
from reports.square import square
from tests.reports.reading import bare, reader, text
from tests.reports.samples import HOSTILE
from tests.reports.samples_meetings import ISSUED, RESOLUTION

RECORD = {
    "title": "担保函",
    "guarantor": "信江融资担保有限公司",
    "day": "2026-11-18",
    "before": ["致：信江农商银行", "现就以下主债权出具本函。"],
    "rows": [["债务人", "信江市锐丰精密铜材有限公司"], ["担保金额", "2,400,000.00 元"]],
    "after": ["一、保证方式：连带责任保证。"],
}
MINUTES = MinutesView(
    "信江经济开发区融资担保评审委员会", {"number": "PS2026-0014", "day": "2026-11-18", "place": "305 室"},
    [{"name": "周明远", "chair": True}, {"name": "何静", "chair": False}], [RESOLUTION],
    [{"case": "DB2026-0009", "over": ["DB2026-0007"], "reason": "合同明日到期", "by": "周明远"}],
    [{"case": "DB2026-0007", "reason": "到会不足", "until": "2026-12-02"}],
    [{"number": 1, "seed": "5f" * 32, "reason": "", "pool": [{"expert": 7, "name": "严教授"}, {"expert": 9, "name": "鲁会计师"}, {"expert": 11, "name": "施律师"}],
      "drawn": [9], "unable": [11]}],
)  # fmt: skip
JOBS = {
    "letter": lambda issued: letter(issued, RECORD),
    "minutes": lambda issued: minutes(issued, MINUTES),
    "resolution": lambda issued: resolution(issued, RESOLUTION),
}


@pytest.mark.parametrize("kind", JOBS)
def test_the_same_record_gives_the_same_bytes_and_another_standing_others(press, kind):
    over = replace(ISSUED, over=datetime(2026, 12, 1, tzinfo=UTC))
    first, again, ended = press.print([JOBS[kind](ISSUED), JOBS[kind](ISSUED), JOBS[kind](over)])
    assert first == again
    assert ended != first


@pytest.mark.parametrize("kind", JOBS)
def test_every_issued_paper_carries_its_number_code_digest_and_the_square_that_leads_to_its_check(printed, kind):
    job = JOBS[kind](ISSUED)
    said = text(printed(job))
    for words in (ISSUED.number, ISSUED.code, ISSUED.digest[:12], ISSUED.check):
        assert bare(words) in said
    assert square("https://zone.example/check?code=K7Q2-MX4P-9TRB") in job.html


def test_the_link_of_a_code_is_one_address_whatever_is_in_it():
    odd = Issued("", "", "A&B=C D", "", "https://zone.example/check", datetime(2026, 1, 1, tzinfo=UTC))
    assert odd.link == "https://zone.example/check?code=A%26B%3DC+D"


def test_minutes_tell_the_order_the_opinions_and_what_was_put_off(printed):
    said = text(printed(minutes(ISSUED, MINUTES)))
    for words in (
        "先于 DB2026-0007",
        "合同明日到期（周明远）",
        "延期，2026-12-02 前再议",
        "A 角 林晓 赞成，订单和回款属实",
        "偿债备付率",
    ):
        assert bare(words) in said


def test_minutes_print_pool_seed_and_result_of_the_lots_for_anybody_to_draw_again(printed):
    said = text(printed(minutes(ISSUED, MINUTES)))
    for words in ("严教授（7）", "鲁会计师（9）抽中", "施律师（11）不能到会", "5f" * 32, "从小到大排列"):
        assert bare(words) in said


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_in_a_letter_are_printed_letter_by_letter(printed, hostile):
    hostile = hostile.format(port=9)
    record = RECORD | {"title": hostile, "before": [hostile], "rows": [[hostile, hostile]], "after": [hostile]}
    assert text(printed(letter(ISSUED, record))).count(bare(hostile)) >= 5


def test_a_paper_that_is_over_says_since_when(printed):
    over = replace(ISSUED, over=datetime(2026, 12, 1, tzinfo=UTC))
    assert "本函自2026-12-0108:00起失效" in text(printed(letter(over, RECORD)))
    assert len(reader(printed(letter(over, RECORD))).pages) == 1
