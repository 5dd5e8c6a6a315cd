"""Missing items: the bank asks from a list and sees what is on file, the firm answers once for all banks."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller
from litestar.params import FromPath

from financing.acts import Act
from financing.desk import Desk
from financing.matching import views as matching
from financing.matching.model import Match
from financing.needs.model import Need
from financing.offers import asks, held
from financing.offers.ask_model import ItemAsk
from financing.offers.ask_rules import AskState, Item
from financing.papers import service as papers
from financing.papers import store
from financing.papers.model import Paper
from financing.papers.rules import READ
from financing.parameters import figure
from financing.parties.model import Bank, Firm
from financing.refusals import NotFound
from reports.intake import Asked
from web import intake
from web.fields import Text, Upload, Whole, Yuan
from web.forms import Form
from web.page import Answer, Page, get, post


class AskForm(Form):
    item: Item
    note: Annotated[str, Text(200, lines=True)] = ""


class AmountForm(Form):
    amount: Yuan


class NumberForm(Form):
    number: Annotated[int, Whole(0, 10**12)]


class PaperForm(Form):
    file: Upload


class ChosenForm(Form):
    paper: Annotated[int, Whole(1, 2**53)]


class ItemPages(Controller):
    @get("/matches/{key:int}/items", name="items")
    def items(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            line, match = matching.received(desk, key), desk.get(Match, key)
            if line is None:
                raise NotFound(kind="Match")
            on_file = held.held(desk, match)
            asked = desk.all(ItemAsk, ItemAsk.match_id == key, by=ItemAsk.asked_at.desc())
            opening = {
                one.paper_id for one in on_file.values() if one.paper_id and held.may_open(desk, match, one.paper_id)
            }
            pause, may_ask = asks.pause(desk, key), match.state == "sent"
        return request.show(
            "offers/items.html", line=line, items=tuple(Item), on_file=on_file, asked=asked, opening=opening, pause=pause,
            may_ask=may_ask, form=request.sheet(AskForm), state=AskState, act=Act,
        )  # fmt: skip

    @post("/matches/{key:int}/items", name=Act.ASK_ITEM, page=items)
    def ask(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(AskForm)
        with request.desk() as desk:
            asks.ask(desk, desk.get(Match, key), form.item, form.note)
            return request.go("items", key=key)

    @post("/items/{key:int}/drop", name=Act.DROP_ITEM)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            asked = desk.get(ItemAsk, key)
            asks.drop(desk, asked)
            return request.go("items", key=asked.match_id)

    @get("/on-file/{key:int}", name=Act.OPEN_ITEM)
    def open(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=True) as desk:
            paper = held.opened(desk, key)
        return request.download(store.read(request.app.state.settings.uploads, paper), paper.name, paper.media)

    @get("/items/{key:int}", name="item.show")
    def show(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            asked = desk.get(ItemAsk, key)
            need, bank = desk.get(Need, asked.need_id), desk.get(Bank, asked.bank_id)
            choices = _choices(desk, asked)
            left = desk.calendar.left(desk.today, asked.due_on)
            whole = figure("ask_answer_days", desk.today).value
        return request.show(
            "offers/item.html", asked=asked, need=need, bank=bank, choices=choices, left=left, whole=whole, reads=asked.item.paper in READ,
            form=request.sheet(_form(asked)), state=AskState, act=Act, mib=request.app.state.settings.upload_mib,
        )  # fmt: skip

    @post("/items/{key:int}/answer", name=Act.ANSWER_ITEM, page=show, upload=True)
    def answer(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            asked = desk.get(ItemAsk, key)
        if "paper" in dict(request.fields):
            return _chosen(request, key, request.read(ChosenForm).paper)
        form = request.read(_form(asked))
        if isinstance(form, PaperForm):
            return _uploaded(request, key, form.file)
        with request.desk() as desk:
            asked = desk.get(ItemAsk, key)
            asks.answer(desk, asked, figure=_figure(form))
            return request.go("matches", key=asked.need_id)


def _form(asked: ItemAsk) -> type[AmountForm | NumberForm | PaperForm]:
    """The one field that answers the item: it is required, whatever it is."""
    if asked.item.paper is not None:
        return PaperForm
    return AmountForm if asked.item.money else NumberForm


def _chosen(request: Page, key: int, paper: int) -> Answer:
    """Answer with what is on file."""
    with request.desk() as desk:
        asked = desk.get(ItemAsk, key)
        asks.answer(desk, asked, paper=desk.get(Paper, paper))
        return request.go("matches", key=asked.need_id)


def _choices(desk: Desk, asked: ItemAsk) -> list[Paper]:
    """What the firm has on file of the kind, the newest first."""
    if asked.item.paper is None:
        return []
    return desk.all(Paper, Paper.firm_id == asked.firm_id, Paper.kind == asked.item.paper, by=Paper.added_at.desc())


def _figure(form: AmountForm | NumberForm) -> int:
    """The figure as it is kept: fen for money."""
    return form.amount.fen if isinstance(form, AmountForm) else form.number


def _uploaded(request: Page, key: int, file: Any) -> Answer:
    """Put the file into the vault and answer with it, both or neither."""
    settings, name, content = request.app.state.settings, file.filename, file.file.read()
    with request.desk(write=False) as desk:
        asked, today = desk.get(ItemAsk, key), desk.today
        kind = asked.item.paper
        code = desk.get(Firm, asked.firm_id).code
    if kind is None or kind in READ:
        raise NotFound(kind="Paper")
    taken = intake.take(
        kind, content, name, asked=Asked(None, None, code, today.year, {}), today=today, mib=settings.upload_mib
    )
    with store.keeping(settings.uploads, content) as kept:
        with request.desk() as desk:
            asked = desk.get(ItemAsk, key)
            paper = papers.add(
                desk, desk.get(Firm, asked.firm_id), kind=kind, name=name, media=taken.media, size=kept.size, sha256=kept.sha256,
                stored=kept.stored,
            )  # fmt: skip
            new = paper.stored == kept.stored
            asks.answer(desk, asked, paper=paper)
            answer = request.go("matches", key=asked.need_id)
        if not new:
            store.forget(settings.uploads, kept.stored)
    return answer
