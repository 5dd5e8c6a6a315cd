"""The words of a consent (授权书): one dated file per version, never edited; what was shown is proved by its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from financing.matching.rules import TEXT_VERSION, Part
from financing.signed_text import Text, filled

FOLDER = Path(__file__).parent / "consent_texts"
#: What each part holds, as the signer reads it.
HOLDS = {
    Part.BASIC: "基本情况（登记信息、股东与关联方、融资需求与用款安排、材料目录与待查事项）",
    Part.STATEMENTS: "财务与发票（两年财务报表与比率、发票月度汇总、主要客户与供应商）",
    Part.SCORE: "评分（逐项得分、红线核查、优势与风险）",
    Part.GUARANTEE: "担保（增信方式、条件、风险分担）",
    Part.CONTACT: "联系人（姓名、电话）",
}


@dataclass(frozen=True, slots=True)
class Slots:
    """Who allows whom to see what, for how long; every blank of the text."""

    firm: str
    code: str
    representative: str
    zone: str
    bank: str
    need: str
    amount: str
    months: int
    parts: str
    days: int


def held(scope: Iterable[Part]) -> str:
    """The chosen parts in the order of the dossier, each with what it holds."""
    chosen = set(scope)
    return "；".join(words for part, words in HOLDS.items() if part in chosen)


def text(slots: Slots, version: str = TEXT_VERSION) -> Text:
    """Fill in the blanks of a version."""
    return filled(FOLDER / f"{version}.txt", version, asdict(slots))
