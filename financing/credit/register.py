"""The register of scorecards (评分表登记): those shipped with the program and those the committee adopted, by date and by digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from financing.case_refusals import CardAltered, CardUnsound
from financing.credit.model import CardVersion
from financing.credit.rules import COUNTING, CardName
from financing.desk import Desk
from financing.refusals import NotFound
from scoring.card import Card, cards, read
from scoring.card_faults import CardFault
from scoring.dated import DatedFault

MOST_BYTES = 256 * 1024
MOST_MARKS = 10_000
MOST_WAN = 10_000_000
"""Bounds that keep points and fen within whole numbers of 64 bits, far above any card."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version that counts from its day on; `adopted` is the row of the committee's act, None for a shipped one."""

    card: Card
    adopted: CardVersion | None = None


def versions(desk: Desk, name: str) -> tuple[Version, ...]:
    """Every version that counts, earliest first; of one day's two the adopted one stands last, for it wins."""
    rows = desk.all(CardVersion, CardVersion.name == CardName(name), CardVersion.state.in_(COUNTING))
    found = [*(Version(card) for card in cards(name)), *(Version(document(row), row) for row in rows)]
    return tuple(sorted(found, key=lambda version: (version.card.since, version.adopted is not None)))


def in_force(desk: Desk, name: str, day: date) -> Card:
    """The card a need handed in on this day is scored by: the latest begun, an adopted one before a shipped one.

    Raises `DatedFault` before the first version.
    """
    begun = [version.card for version in versions(desk, name) if version.card.since <= day]
    if not begun:
        raise DatedFault("before_first", f"{name}：{day} 尚无适用版本", name=name, on=day)
    return begun[-1]


def by_digest(desk: Desk, name: str, digest: str) -> Card:
    """The very card with this digest, whatever has become of it since; NotFound when this reader knows none."""
    for card in cards(name):
        if card.digest == digest:
            return card
    row = desk.find(CardVersion, CardVersion.name == CardName(name), CardVersion.digest == digest)
    if row is None:
        raise NotFound(kind="Card")
    return document(row)


def document(row: CardVersion) -> Card:
    """The card of a row; CardAltered when its document is no longer the one that was put forward."""
    card = _read(row.document, row.name.value)
    if (card.digest, card.since) != (row.digest, row.since):
        raise CardAltered(title=row.title, since=row.since)
    return card


def checked(raw: bytes, name: CardName, file: str) -> Card:
    """A card from an uploaded file; CardUnsound says which key is wrong and what would be right."""
    if len(raw) > MOST_BYTES:
        raise _unsound(file, "", f"有 {len(raw)} 字节", f"不超过 {MOST_BYTES} 字节")
    try:
        card = read(raw, name.value, file)
    except CardFault as fault:
        raise _unsound(**{key: str(said) for key, said in fault.facts.items()}) from None
    except (ValueError, RecursionError, ArithmeticError):  # a number or a nesting beyond what any card holds
        raise _unsound(file, "", "含有过长的数字或过深的嵌套", "按已发布评分表的写法书写") from None
    _bounded(card, file)
    return card


def _bounded(card: Card, file: str) -> None:
    if card.full_marks > MOST_MARKS:
        raise _unsound(file, "full_marks", f"满分 {card.full_marks}", f"不超过 {MOST_MARKS}")
    if max(card.ceilings.values(), default=0) > MOST_WAN:
        raise _unsound(file, "ceilings", "担保上限过大", f"不超过 {MOST_WAN} 万元")
    if card.basis in {shipped.basis for shipped in cards(card.name)}:
        raise _unsound(file, "basis", "仍是产品自带的说明", "写明通过本评分表的文件，例如 经开区担保委〔2026〕5号")


def _unsound(file: str, key: str, wrong: str, right: str) -> CardUnsound:
    return CardUnsound(field="file", file=file, key=key or "全文", wrong=wrong, right=right)


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Card:
    return read(text.encode(), name)
