"""What a decline may rest on (依据): the fields and papers of the very dossier the bank has read, and nothing else (F23)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from financing.answer_refusals import NotInDossier
from financing.desk import Desk
from financing.matching.model import Dossier, Match
from financing.matching.rules import Part, open_to_bank
from financing.matching.service import effective
from financing.matching.snapshot import Snapshot
from financing.matching.snapshot_terms import Absent
from financing.matching.viewing import content
from financing.offers.rules import Ground


@dataclass(frozen=True, slots=True)
class Named:
    """One thing a decline may rest on: `code` picks it, `detail` says it in the words of the dossier."""

    code: str
    ground: Ground
    detail: str


def grounds(desk: Desk, match: Match) -> tuple[Named, ...]:
    """What this bank may name, in the order of the dossier; nothing beyond the scope of its consent."""
    dossier, consent = desk.find(Dossier, Dossier.need_id == match.need_id), effective(desk, match)
    if dossier is None or consent is None:
        return ()
    return tuple(_named(content(dossier), consent.scope))


def named(desk: Desk, match: Match, code: str) -> Named:
    """The thing of this code; NotInDossier for anything that the dossier does not hold."""
    for each in grounds(desk, match):
        if each.code == code:
            return each
    raise NotInDossier(field="rests_on")


def _named(held: Snapshot, scope: list[str]) -> Iterator[Named]:
    yield Named("amount", Ground.AMOUNT, f"{Decimal(held.need.amount) / 100:,.2f}")
    yield Named("months", Ground.MONTHS, str(held.need.months))
    yield Named("use", Ground.USE, held.need.use[:200])
    if not isinstance(held.firm.industry, Absent):
        yield Named("industry", Ground.INDUSTRY, held.firm.industry.value)
    if open_to_bank(scope, Part.SCORE) and not isinstance(held.score, Absent):
        yield from _many(Ground.SCORE, (line.says for line in held.score.lines))
    if open_to_bank(scope, Part.GUARANTEE) and not isinstance(held.guarantee, Absent):
        yield Named("guarantee", Ground.GUARANTEE, held.guarantee.guarantor)
    if open_to_bank(scope, Part.STATEMENTS):
        if not isinstance(held.statements, Absent):
            yield from _many(Ground.RATIO, (line.says for line in held.statements.ratios))
        yield from _many(Ground.PAPER, (paper.name for paper in held.papers))
    yield from _many(Ground.OPEN, (item.what for item in held.open_items))
    yield Named("own", Ground.OWN, "")


def _many(ground: Ground, details: Iterable[str]) -> Iterator[Named]:
    for number, detail in enumerate(details, 1):
        yield Named(f"{ground.value}.{number}", ground, detail)
