"""A scorecard on one page (评分卡文本): every rule, lines for signatures, the digest that scores name."""

from __future__ import annotations

from dataclasses import dataclass

from reports.pdf import Job
from reports.square import square
from reports.typesetting import SOURCE, paper
from scoring.card import Card, Item
from scoring.card_text import asked, scales


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as printed: its words, how points are given or when it is hit, points for a gap, most points."""

    says: str
    how: str
    missing: int = 0
    most: int = 0


def card_paper(card: Card, zone: str, lang: str = SOURCE) -> Job:
    """The printing job of a card in one language; the same card gives the same bytes."""
    zh = lang == SOURCE
    blocks = [
        (
            block.says if zh else block.english,
            block.weight,
            [_item(item, lang) for item in card.item if item.block == block.key],
        )
        for block in card.block
    ]
    vetoes = [Rule(veto.says if zh else veto.english, asked(veto, lang)) for veto in card.veto]
    half = (len(vetoes) + 1) // 2
    html = paper(
        "card.html", lang, c=card, zone=zone, blocks=blocks, vetoes=[vetoes[:half], vetoes[half:]],
        title=card.title if zh else card.english, qr=square(f"yuanrong:card:{card.name}:{card.since}:{card.digest}", 1.6),
        rehearsal=False,
    )  # fmt: skip
    return Job(html, f"card-{card.digest}-{lang}")


def _item(item: Item, lang: str) -> Rule:
    """An item with its scales, those of industries after the general one."""
    says = item.says if lang == SOURCE else item.english
    return Rule(says, "； ".join(scales(item, lang, all_steps=False)), item.missing, item.most)
