"""What a sealed record says beside its votes, in words: the order it was heard in, opinions of the survey, cover of debts, price."""

from __future__ import annotations

from typing import Any

from financing import wording
from financing.diligence.affordability import Affordability
from financing.diligence.rules import Advice
from financing.guarantees import price
from financing.guarantees.security_rules import SecurityKind, SecurityState
from financing.guarantees.sharing import Party
from financing.money import Fen
from financing.parties.rules import Support
from financing.words import _
from reports.resolution import Opinion
from reports.typesetting import percent, wan, yuan
from web.affording import times

Record = dict[str, Any]


def order(record: Record, lang: str) -> tuple[str, ...]:
    """What was taken ahead, who was passed over, and every time it was put off; nothing where all went in order."""
    told, say = record.get("order") or {}, wording.translate(lang)
    heard = [
        (told.get("taken_ahead"), _("先于 {over} 审议，{by} 决定：{reason}")),
        (told.get("passed_over"), _("本次会议未列入提交更早的 {over}，{by} 决定：{reason}")),
    ]
    jumps = (say(words).format(**{**one, "over": "、".join(one["over"])}) for one, words in heard if one)
    put_off = (say(_("曾延期至 {until} 前再议，{by} 决定：{reason}")).format(**one) for one in told.get("put_off", ()))
    return (*jumps, *put_off)


def opinions(record: Record, lang: str) -> tuple[Opinion, ...]:
    """Both officers' advice; nothing in a record of before the survey."""
    survey, say = record.get("survey") or {}, wording.translate(lang)
    parts = (
        (survey[key], part) for key, part in (("first", say(_("A 角"))), ("second", say(_("B 角")))) if key in survey
    )
    return tuple(
        Opinion(part, one["name"], wording.name(Advice(one["advice"]), lang), one["opinion"])
        for one, part in parts
        if one["advice"]
    )


def afford(record: Record, lang: str) -> str:
    """How often the cash of the tightest year covers what falls due; empty where it could not be read."""
    if not record.get("affordability"):
        return ""
    found = Affordability.from_json(record["affordability"])
    says = _(
        "偿债备付率（DSCR，按现状）{dscr}，{cover}：最紧的一年可用现金 {cash} 万元，应还本息 {service} 万元；{least} 以上为足够。依据：{source}。"
    )
    year = found.base.year
    return wording.translate(lang)(says).format(
        dscr=times(found.base.dscr), cover=wording.name(found.base.cover, lang), cash=wan(year.cash), service=wan(year.service),
        least=times(found.least_ppm), source=found.source,
    )  # fmt: skip


def price_rows(record: Record, lang: str) -> tuple[tuple[str, str], ...]:
    """Share, fee of the whole term, what stands behind it, who would bear a loss; only what the record holds."""
    say = wording.translate(lang)
    rows = (
        (say(_("责任比例")), _share(record)),
        (say(_("全期担保费")), _fee(record, lang)),
        (say(_("反担保")), _securities(record, lang)),
        (say(_("风险分担")), _sharing(record, lang)),
    )
    return tuple(row for row in rows if row[1])


def _share(record: Record) -> str:
    return (
        f"{percent(record['case']['share'])} %"
        if Support(record["case"]["support"]) is not Support.RECOMMENDATION
        else ""
    )


def _fee(record: Record, lang: str) -> str:
    case = record["case"]
    found = price.read(
        record.get("price") or {}, support=Support(case["support"]), amount=Fen(case["line"]), months=case["months"]
    )
    says = _("{amount} 元（等级 {grade}，累计使用 {years} 年，费率表 {since} 起施行）")
    return (
        wording.translate(lang)(says).format(amount=yuan(found.whole.fen), grade=found.grade, years=found.years, since=found.since)
        if found
        else ""
    )  # fmt: skip


def _securities(record: Record, lang: str) -> str:
    """Each with its value in 万元 where it has one, and how far it is."""

    def one(told: Record) -> str:
        worth = (
            wording.translate(lang)(_("，评估 {value} 万元")).format(value=wan(told["value"])) if told["value"] else ""
        )
        return f"{wording.name(SecurityKind(told['kind']), lang)}：{told['about']}{worth}（{wording.name(SecurityState(told['state']), lang)}）"

    return "；".join(map(one, record.get("securities") or ()))


def _sharing(record: Record, lang: str) -> str:
    told = record.get("sharing") or {}
    parts = "，".join(
        f"{wording.name(who, lang)} {percent(ppm)} %"
        for who in Party
        if (ppm := (told.get("shares") or {}).get(who, 0))
    )
    return f"{parts}（{told['agreement']}）" if parts and told.get("agreement") else parts
