"""A round of matching: both assignments beside each other, the officer's choice with its reason, and the record of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field, model_validator

from financing.acts import Act
from financing.desk import Desk
from financing.matching import comparison
from financing.matching import round as rounds
from financing.matching.model import MatchRound
from financing.matching.rules import Assigning
from financing.round_refusals import NothingToAssign
from web.fields import Text, Whole
from web.forms import Form
from web.page import Answer, Page, get, post

MOST_BANKS, MOST_NEEDS = 3, 999
Key = Annotated[int, Field(ge=1, le=2**53)]


class RoundForm(Form):
    """The choice, with what was asked and the digest of what was seen; `banks` and `limits` stand in the same order."""

    way: Assigning
    why: Annotated[str, Text(200, lines=True)]
    each: Annotated[int, Whole(1, MOST_BANKS, "家")]
    banks: tuple[Key, ...] = ()
    limits: tuple[Annotated[int, Whole(0, MOST_NEEDS, "笔")], ...] = ()
    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _in_step(self) -> RoundForm:
        if len(self.banks) != len(self.limits):
            raise ValueError("a limit for each bank")
        return self

    @property
    def asked(self) -> rounds.Asked:
        return rounds.Asked(self.each, dict(zip(self.banks, self.limits, strict=True)))


class RoundPages(Controller):
    @get("/matching/rounds", name="round.compare")
    def compare(
        self,
        request: Page,
        each: FromQuery[int] = 1,
        banks: FromQuery[list[int] | None] = None,
        limits: FromQuery[list[int] | None] = None,
    ) -> Answer:
        asked = _typed(request) or _asked(each, banks or (), limits or ())
        with request.desk(write=False) as desk:
            return request.show(
                "matching/round.html",
                found=_found(desk, asked),
                asked=asked,
                ready=len(rounds.ready(desk)),
                before=desk.all(MatchRound, by=MatchRound.chosen_at.desc())[:20],
                form=request.sheet(RoundForm),
                most=(MOST_BANKS, MOST_NEEDS),
                usual=rounds.usual(desk),
                act=Act,
                ways=Assigning,
                round=None,
            )

    @post("/matching/rounds", name=Act.CHOOSE_ROUND, page=compare)
    def choose(self, request: Page) -> Answer:
        form = request.read(RoundForm)
        with request.desk() as desk:
            chosen = rounds.choose(desk, form.asked, form.way, why=form.why, seen=form.seen)
            return request.go("round.show", key=chosen.id)

    @get("/matching/rounds/{key:int}", name="round.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            chosen = desk.get(MatchRound, key)
        return request.show(
            "matching/round.html", found=comparison.kept(chosen.comparison), round=chosen, ways=Assigning, act=Act
        )


def _found(desk: Desk, asked: rounds.Asked) -> comparison.Comparison | None:
    try:
        return rounds.compare(desk, asked)
    except NothingToAssign:
        return None


def _asked(each: int, banks: Sequence[int], limits: Sequence[int]) -> rounds.Asked:
    """What the address asks for, kept within bounds; a limit without its bank says nothing."""
    kept = {bank: min(max(limit, 0), MOST_NEEDS) for bank, limit in zip(banks, limits, strict=False)}
    return rounds.Asked(min(max(each, 1), MOST_BANKS), kept)


def _typed(request: Page) -> rounds.Asked | None:
    """What a form that was not accepted asked for, so that the page shown again is the one that was looked at."""
    typed = [(name, value) for name, value in request.fields if isinstance(value, str) and value.isdecimal()]
    each, banks, limits = (
        [int(value[:17]) for name, value in typed if name == key] for key in ("each", "banks", "limits")
    )
    return _asked(each[0], banks, limits) if each else None
