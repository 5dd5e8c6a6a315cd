"""The scoreboard of banks: every number with what it counts, out of how many, and the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from litestar import Controller
from litestar.params import FromPath, FromQuery

from financing import wording
from financing.access import BANK
from financing.acts import Act
from financing.bridge import views as bridge
from financing.desk import BEIJING
from financing.figures import banks, comments
from financing.figures.bank_rules import OF_DOSSIERS, UNRECORDED, Measure, Score
from financing.money import Rate, divide_half_up
from financing.parties.model import Bank
from financing.refusals import NotFound
from financing.words import _
from web.fields import Day, Text
from web.forms import Form
from web.page import Answer, Page, get, post
from web.pages.figures import period
from web.places import address

#: What each number is, in the words of the page.
DEFINITIONS: Mapping[Measure, str] = {
    Measure.ANSWER_TIME: _("从发送档案到第一次答复（报价或婉拒）的中位工作日数，发送当天不计。"),
    Measure.SILENCE: _("答复期限已过的档案中，到期没有答复的比例；到期前企业收回或另选他行的不计。"),
    Measure.WIN_RATE: _("报过价且企业已作选择的档案中，选中该行的比例。"),
    Measure.COST: _("该行现有报价的综合年成本（复利，含各项费用）的中位数。"),
    Measure.RETRADES: _("已放款的贷款中，放款利率高于报价或选定后新增条件的比例。"),
    Measure.REPEATS: _("同一家银行向同一企业再次索取同一事项的次数；样本为该行提过补充事项的档案。"),
    Measure.PAY_OUT: _("企业接受的报价中，至今已经放款（含部分）的比例。"),
    Measure.RENEWAL: _("到期前承诺续贷的贷款中按时续贷的比例。"),
    Measure.BREACHES: _(
        "行为核查认定属实并结案的件数，截至上季度末累计，不随所选期间变化；由企业举报认定的，涉及企业太少时不公布。"
    ),
    Measure.COMPENSATED: _(
        "期间内代偿额除以同期解除担保额（还款、解保、代偿之和），按金额计；样本为同期有解除的担保。"
    ),
}
SHARES = frozenset(
    {Measure.SILENCE, Measure.WIN_RATE, Measure.RETRADES, Measure.REPEATS, Measure.PAY_OUT, Measure.RENEWAL}
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as the page shows it; empty `value` means that nothing is on record."""

    measure: Measure
    value: str
    of: int
    few: bool
    others: str
    how: str
    url: str


class CommentForm(Form):
    since: Day
    until: Day
    says: Annotated[str, Text(500, lines=True)]


class ScoreboardPages(Controller):
    path = "/scoreboard"

    @get("/", name="scoreboard")
    def board(self, request: Page, since: FromQuery[str] = "", until: FromQuery[str] = "") -> Answer:
        if request.actor.role in BANK and request.actor.bank_id:
            return request.go("scoreboard.bank", key=request.actor.bank_id)
        with request.desk() as desk:
            first, last = period(desk, since, until)
            board, said_by = (
                banks.stood(request.app.state.database, desk, first, last),
                comments.latest(desk, first, last),
            )
        rows = [(line, {m: said(m, line.scores[m].value, request.lang) for m in Measure}) for line in board.lines]
        shown = [(m, DEFINITIONS[m]) for m in Measure]
        return request.show(
            "figures/banks.html",
            rows=rows,
            measures=shown,
            unrecorded=UNRECORDED,
            since=first,
            until=last,
            comments=said_by,
            at=board.at.astimezone(BEIJING),
        )

    @get("/{key:int}", name="scoreboard.bank")
    def bank(self, request: Page, key: FromPath[int], since: FromQuery[str] = "", until: FromQuery[str] = "") -> Answer:
        with request.desk() as desk:
            first, last = period(desk, *_asked(request, since, until))
            board = banks.stood(request.app.state.database, desk, first, last)
            sheet, versions = banks.sheet(desk, key, first, last, board.lines), comments.beside(desk, key, first, last)
            writes, bridged = comments.may_write(desk, key), bridge.kept(desk, key, first, last)
        query = {"key": key, "since": first, "until": last}
        numbers = [_number(request, score, sheet.others[m], query) for m, score in sheet.line.scores.items()]
        own = request.actor.role in BANK
        form = request.sheet(CommentForm, since=first, until=last, says=versions[0].says if versions else None)
        return request.show(
            "figures/bank.html", line=sheet.line, numbers=numbers, since=first, until=last, own=own, versions=versions,
            bridged=bridged, writes=writes, form=form, act=Act,
        )  # fmt: skip

    @post("/{key:int}/comment", name=Act.COMMENT_SCORE, page=bank)
    def comment(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(CommentForm)
        with request.desk() as desk:
            comments.write(desk, desk.get(Bank, key), form.since, form.until, says=form.says)
            return request.go("scoreboard.bank", key=key, since=form.since, until=form.until)

    @get("/{key:int}/cases", name="scoreboard.cases")
    def cases(
        self,
        request: Page,
        key: FromPath[int],
        measure: FromQuery[str] = Measure.ANSWER_TIME.value,
        since: FromQuery[str] = "",
        until: FromQuery[str] = "",
    ) -> Answer:
        if measure not in OF_DOSSIERS:
            raise NotFound(kind="Measure")
        asked = Measure(measure)
        with request.desk() as desk:
            first, last = period(desk, since, until)
            found, sheet = banks.behind(desk, key, asked, first, last), banks.sheet(desk, key, first, last, ())
        return request.show(
            "figures/bank_cases.html", line=sheet.line, measure=asked, how=DEFINITIONS[asked], found=found,
            struck=asked in SHARES, since=first, until=last, act=Act,
        )  # fmt: skip


def _asked(request: Page, since: str, until: str) -> tuple[str, str]:
    """The period of the address, or of a comment that was not accepted, so that the page shown again is the one looked at."""
    sent = {name: value for name, value in request.fields if isinstance(value, str)}
    return since or sent.get("since", ""), until or sent.get("until", "")


def said(measure: Measure, value: object, lang: str) -> str:
    """A number with its unit; empty where there is none."""
    if value is None:
        return ""
    if measure is Measure.ANSWER_TIME:
        return wording.translate(lang)(_("{days} 个工作日")).format(days=value)
    if measure is Measure.REPEATS:
        return wording.translate(lang)(_("{count} 次")).format(count=value)
    if measure is Measure.BREACHES:
        return wording.translate(lang)(_("{count} 件")).format(count=value)
    if measure is Measure.COST:
        return wording.percent(Rate(round(Decimal(str(value)))))
    return f"{Decimal(divide_half_up(round(Decimal(str(value))), 1_000)) / 10:.1f}%"


def _number(request: Page, score: Score, others: object, query: Mapping[str, object]) -> Number:
    lists = (
        address(request.app, "scoreboard.cases", measure=score.measure.value, **query)
        if score.of and score.measure in OF_DOSSIERS
        else ""
    )
    return Number(
        measure=score.measure,
        value=said(score.measure, score.value, request.lang),
        of=score.of,
        few=score.few,
        others=said(score.measure, others, request.lang),
        how=wording.translate(request.lang)(DEFINITIONS[score.measure]),
        url=lists,
    )
