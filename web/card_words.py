"""A scorecard in words (评分表用语): its rules for reading, and a draft's comparison for page and paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from financing import wording
from financing.credit.card_views import FirmLine, TrialView
from financing.money import Fen
from financing.words import _
from reports.laboratory import Change, Firm, LaboratoryView, Moved, Pair, signed
from scoring.card import Block, Card, Item, Rule, Scale, Veto
from scoring.card_diff import Difference
from scoring.facts import UNITS, Fact, Kind
from scoring.industries import industry

MOST_MOVES = 3
"""Rules named for one firm: those that moved its points most."""

FIELDS: Mapping[str, str] = {
    "title": _("名称"), "english": _("英文名称"), "basis": _("依据"), "from": _("生效日期"), "full_marks": _("满分"),
    "line": _("准入线"), "missing_limit": _("缺失分值上限（占满分）"), "grades": _("等级下限"), "ceilings": _("担保上限（万元）"),
    "says": _("说法"), "fact": _("依据的数据"), "weight": _("权重"), "block": _("板块"), "better": _("方向"), "bands": _("分档"),
    "choices": _("选项分值"), "missing": _("缺失时得分"), "industry": _("分行业分档"), "is": _("比较方式"), "value": _("界限"),
    "valid_days": _("有效天数"),
}  # fmt: skip
SIGNS: Mapping[str, str] = {"at_least": "≥", "at_most": "≤", "equals": "=", "one_of": "∈"}


class Words:
    """Says a card in one language; templates call its methods."""

    def __init__(self, lang: str) -> None:
        self.lang, self.say = lang, wording.translate(lang)

    def says(self, rule: Rule) -> str:
        return rule.says if self.lang == "zh" else rule.english

    def title(self, card: Card) -> str:
        return card.title if self.lang == "zh" else card.english

    def steps(self, item: Item, scale: Scale) -> list[tuple[str, int]]:
        """The steps of a scale in words, best first, with their points."""
        fact, sign = item.held, "≤" if item.better == "lower" else "≥"
        ranked = sorted(scale.choices.items(), key=lambda choice: -choice[1])
        choices = [(self._choice(fact, code), points) for code, points in ranked]
        return [(f"{sign} {self._edge(fact, edge)}", points) for edge, points in scale.bands] or choices

    def trade(self, code: str) -> str:
        """An industry by name, where a scale is for it alone."""
        entry = industry(code)
        return f"{code} {entry.name}"

    def condition(self, veto: Veto) -> str:
        """When a red line is hit."""
        fact, values = veto.held, veto.value if isinstance(veto.value, tuple) else (veto.value,)
        if isinstance(veto.value, bool):
            return f"{fact.term if self.lang == 'zh' else fact.english} = {fact.shown(veto.value, self.lang)}"
        told = ("、" if self.lang == "zh" else ", ").join(self._value(fact, value) for value in values)
        return f"{fact.term if self.lang == 'zh' else fact.english} {SIGNS[veto.operator]} {told}"

    def told(self, view: TrialView, zone: str) -> LaboratoryView:
        """A draft beside the card it would replace, for page and paper."""
        version, new = view.version, view.new
        return LaboratoryView(
            zone=zone, card=version.name, title=self.title(new), state=version.state, since=new.since, basis=new.basis,
            digest=new.digest, replaced=f"{self.title(view.old)}（{view.old.since}）", on=view.trial.on,
            people=list(self._people(view)), figures=self._figures(view),
            effects=[(effect, len(view.touched(effect))) for effect in view.effects],
            changes=[self._change(view, one) for one in view.changes], migration=view.migration,
            moved=[Moved(self._named(view, one.key), (one.most_old, one.most_new), one.up, one.down, one.won, one.lost) for one in view.moved],
            firms=[self._firm(view, place, line) for place, line in enumerate(view.lines, 1)],
            missing=[(self._fact(view.new, fact), count) for fact, count in view.missing.items()],
            rates=self.say(_("代偿按各等级预计代偿率估算（产品默认值，待以本区代偿记录校准）；担保责任比例 {share}")).format(share=f"{view.trial.share_ppm // 10_000} %"),
        )  # fmt: skip

    def _people(self, view: TrialView) -> Iterator[tuple[str, str]]:
        row = view.version
        yield self.say(_("起草")), f"{row.drafter}　{wording.day(row.drafted_at)}"
        if row.proposed_at:
            yield self.say(_("提请")), f"{row.proposer}　{wording.day(row.proposed_at)}"
        if row.adopted_at:
            told = self.say(_("同意 {0} 票，反对 {1} 票，弃权 {2} 票")).format(*row.votes)
            yield self.say(_("采纳")), f"{row.adopter}　{wording.day(row.adopted_at)}　{told}"
        if row.recaller:
            yield self.say(_("提请撤回")), f"{row.recaller}　{row.recalled_for}"
        if row.withdrawn_on:
            yield self.say(_("确认撤回")), f"{row.withdrawer}　{wording.day(row.withdrawn_on)}"

    def _figures(self, view: TrialView) -> list[Pair]:
        seen = view.trial.figures
        firms, insufficient = (
            seen["firms"],
            [int(view.trial.replay.firms[f"insufficient_{s}"].sum()) for s in ("old", "new")],
        )
        count = self.say(_("{count} 家"))
        return [
            Pair(self.say(_("参与回放的企业")), *[count.format(count=firms)] * 2),
            Pair(self.say(_("达到准入线")), *(count.format(count=n) for n in seen["qualified"])),
            Pair(self.say(_("资料不足")), *(count.format(count=n) for n in insufficient)),
            Pair(self.say(_("可担保金额合计")), *map(self._wan, seen["sum_fen"])),
            Pair(self.say(_("预计代偿")), *map(self._wan, seen["expected_fen"])),
            Pair(self.say(_("压力情形代偿")), *map(self._wan, seen["stressed_fen"])),
            Pair(self.say(_("总分分布变动（PSI）")), "—", seen["stability"]),
        ]

    def _change(self, view: TrialView, one: Difference) -> Change:
        said = (one.says if self.lang == "zh" else one.english) or self.say(_("整卡"))
        if one.field:
            return Change(said, self.say(FIELDS[one.field]), one.old or "", one.new or "")
        none = self.say(_("没有"))
        before, after = (self._rule(card, one.part, one.key) or none for card in (view.old, view.new))
        return Change(said, self.say(_("整条规则")), before, after)

    def _rule(self, card: Card, part: str, key: str) -> str:
        """A whole rule in one line, empty where the card has none of this key."""
        match next((rule for rule in getattr(card, part) if rule.key == key), None):
            case Item() as item:
                return "，".join(f"{said} → {points}" for said, points in self.steps(item, item))
            case Veto() as veto:
                return self.condition(veto)
            case Block() as block:
                return f"{self.say(FIELDS['weight'])} {block.weight}"
        return ""

    def _firm(self, view: TrialView, place: int, line: FirmLine) -> Firm:
        because = [wording.name(why, self.lang) for why in line.why]
        because += [self._named(view, key) for key in line.hits] if line.why else []
        because += [f"{self._named(view, key)} {signed(points)}" for key, points in line.moves[:MOST_MOVES]]
        return Firm(
            line.firm or self.say(_("企业 {place}（名称不对您开放）")).format(place=place), line.effect, line.totals, line.grades,
            (line.sums[0].fen, line.sums[1].fen), because, [self._fact(view.new, fact) for fact in line.missing],
        )  # fmt: skip

    def _named(self, view: TrialView, key: str) -> str:
        return view.items[key][0 if self.lang == "zh" else 1]

    def _fact(self, card: Card, fact: str) -> str:
        return card.facts[fact].term if self.lang == "zh" else card.facts[fact].english

    def _wan(self, fen: int) -> str:
        return wording.wan(Fen(fen), self.lang)

    def _value(self, fact: Fact, value: Decimal | str | bool) -> str:  # noqa: FBT001  as the card holds it
        return self._choice(fact, value) if isinstance(value, str) else self._edge(fact, Decimal(value))

    def _choice(self, fact: Fact, code: str) -> str:
        return fact.shown(code == "yes" if fact.kind is Kind.FLAG else code, self.lang)

    def _edge(self, fact: Fact, edge: Decimal) -> str:
        unit = "万元" if fact.kind is Kind.MONEY else fact.unit
        return f"{edge.normalize():f} {UNITS.get(unit, unit) if self.lang == 'en' else unit}".rstrip()
