"""G-12: every form pressed several times at once, again in another order, and again after its sender has left: one effect each (F-07, F-08, F-10).

`YUANRONG_ROUNDS` says how many presses beyond the first there are on each database (40 on each change, 20,000 in a campaign), `YUANRONG_SEED` which.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from financing.access import Role
from financing.acts import Act
from financing.journal import Entry
from tests.faults.yard import Press, Yard, yard_of

ROUNDS = int(os.environ.get("YUANRONG_ROUNDS", "40"))
SEED = int(os.environ.get("YUANRONG_SEED", "7"))
HANDS = 4  # presses of one form at once
#: Presses beyond the first of one form: at once, shuffled, after leaving.
BEYOND = HANDS - 1 + 2
#: A look, or an attempt that was refused, leaves a line each time and has no other effect.
LOOKS = {Act.DENIED, Act.OPEN_REPORTER}
#: Whose form ends the session that sends it is signed out before it could be pressed again.
LEAVES = {"sign_in.end", "people.sign_out", "account.leave_all", "people.leave"}


@pytest.fixture(params=["sqlite", "postgres"])
def yards(request, tmp_path) -> Iterator[tuple[Yard, Yard]]:
    """Twice the same zone: one in which everything is pressed once, and one in which it is not."""
    found = request.getfixturevalue("filled" if request.param == "sqlite" else "filled_postgres")
    for name in ("once", "often"):
        (tmp_path / name).mkdir()
    with yard_of(found, tmp_path / "once") as once, yard_of(found, tmp_path / "often") as often:
        yield once, often


def drawn(yard: Yard, random: Random) -> list[Press]:
    """One form of each kind in an order of its own, as many as the presses are shared among."""
    every = yard.presses()
    random.shuffle(every)
    of_kinds = {press.route: press for press in every if press.route not in LEAVES}
    return list(of_kinds.values())[: max(12, ROUNDS // BEYOND)]


def gone_through(answer: Any) -> bool:
    return answer.status_code == 303 and not answer.headers["location"].startswith("/sign-in?next=")


def test_G12_a_form_pressed_many_times_has_one_effect_and_one_answer(yards):
    once, often = yards
    random, beyond = Random(SEED), 0
    while beyond < ROUNDS:
        turn = str(beyond)
        presses = drawn(once, random)
        before = (once.counts(), often.counts())
        first = {press: once.sends(press, f"{press}{turn}") for press in presses}
        answers = {press: at_once(often, press, f"{press}{turn}") for press in presses}
        for press in presses:
            places = {answer.headers["location"] for answer in answers[press] if gone_through(answer)}
            assert len(places) <= 1, (str(press), places)
            assert bool(places) == gone_through(first[press]), (
                str(press),
                [answer.status_code for answer in answers[press]],
            )
        read = {
            press.route for press in presses if not gone_through(first[press])
        }  # what is only shown leaves a line each time
        assert acts(often, read) == acts(once, read)
        assert grown(before[1], often.counts()) == grown(before[0], once.counts())
        beyond += (HANDS - 1) * len(presses)
        beyond += again(often, [press for press in presses if gone_through(first[press])], turn, random)
    leave(often)
    whole = often.counts()
    for press in presses:
        assert not gone_through(often.sends(press, f"{press}{turn}")) or press.role == Role.VISITOR, str(press)
    assert {name for name, count in often.counts().items() if count != whole[name]} <= {"tries"}
    print(json.dumps({"seed": SEED, "beyond the first": beyond, "forms": len(presses)}))  # noqa: T201  shown with -rP


def at_once(yard: Yard, press: Press, token: str) -> list[Any]:
    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(lambda _n: yard.sends(press, token), range(HANDS)))


def again(yard: Yard, presses: list[Press], turn: str, random: Random) -> int:
    """What has had its effect is sent once more in another order: nothing grows, and it leads where it led."""
    whole = yard.counts()
    for press in random.sample(presses, len(presses)):
        answer = yard.sends(press, f"{press}{turn}")
        assert gone_through(answer), (str(press), answer.status_code)
    assert yard.counts() == whole
    return len(presses)


def leave(yard: Yard) -> None:
    for role, (sid, csrf) in yard.visits.items():
        if role != Role.VISITOR:
            yard.asks("POST", "/sign-out", sid, {"csrf": csrf, "once": f"leave{role}"})


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {
        name: after[name] - count
        for name, count in before.items()
        if after[name] != count and name not in {"tries", "journal"}
    }


def acts(yard: Yard, but: set[str]) -> dict[str, int]:
    """Lines of the journal by act."""
    with yard.database.reader.connect() as line:
        done = line.execute(select(Entry.act, func.count()).where(Entry.act.notin_(LOOKS)).group_by(Entry.act)).all()
    return {act: count for act, count in done if act not in but}
