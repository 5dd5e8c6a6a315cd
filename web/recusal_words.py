"""Why somebody steps aside (回避依据), said for a page and for the minutes: the ground, the party, and where both stand."""

from __future__ import annotations

from financing import wording
from financing.guarantees.interest_rules import Evidence, Ground, Party, Stand
from financing.words import _

PREPARED = _("本人经办或尽调本项目")
ONESELF = _("登记的关联关系：本人是{of}的{stand}")
DECLARED = _("{year} 年度申报第 {number} 份第 {line} 项（{ground}）：{party}是{of}的{stand}")
THE_FIRM = _("{year} 年度申报第 {number} 份第 {line} 项（{ground}）：{party}就是借款企业")
NAMESAKE = _("{of}的{stand}")


def evidence_word(one: Evidence, lang: str) -> str:
    """One piece of evidence as a sentence; of a near relative the name stays in the declaration."""
    say = wording.translate(lang)
    words = {"of": one.of, "stand": wording.name(one.stand, lang), "party": one.party}
    if one.ground is Ground.PREPARER:
        return say(PREPARED)
    if one.ground is Ground.ONESELF:
        return say(ONESELF).format(**words)
    place = {"year": one.year, "number": one.number, "line": one.line, "ground": wording.name(one.ground, lang)}
    return say(THE_FIRM if one.stand is Stand.FIRM else DECLARED).format(**words, **place)


def party_word(party: Party, lang: str) -> str:
    """How a namesake stands to the case."""
    return wording.translate(lang)(NAMESAKE).format(of=party.of, stand=wording.name(party.stand, lang))
