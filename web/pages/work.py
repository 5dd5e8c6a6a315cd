"""The officer's day: the work list, acts on many of its rows at once, saved views of any list, and the next step of a need."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Annotated, Any
from urllib.parse import parse_qsl

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing import unmoved, wording
from financing.acts import Act
from financing.desk import Desk
from financing.hygiene import service as hygiene
from financing.hygiene import views as silence
from financing.needs import returns
from financing.needs import views as needs
from financing.needs.model import Need
from financing.office import bulk, handover, kept, worklist
from financing.office.model import BulkRun, KeptView
from financing.office.rules import LONGEST_VIEW, MOST_ROWS, Deed, Duty, Heat, Whose
from financing.parties.model import Firm
from financing.refusals import NotFound, Refusal
from reports.sheets_out import FORMULA_LIKE
from web.fields import Day, Text, Yes, one_of
from web.forms import Form
from web.page import Answer, Page, get, post
from web.render import LANGUAGES
from web.routes import ROUTES

#: Where each kind of row is worked on; the value after it is whether the page takes the row's key.
PLACES: dict[Duty, str] = {
    **dict.fromkeys((Duty.ACCEPT, Duty.SCORE, Duty.ITEM_LATE, Duty.PLANNED), "need.show"),
    Duty.OPEN_CASE: "case.open.form",
    Duty.MATCH: "matching.show",
    Duty.TABLE: "case.show",
    Duty.DECIDE_SMALL: "delegation.show",
    Duty.VISIT: "survey.form",
    Duty.SURVEY: "survey.show",
    Duty.CHECK_PROOF: "case.conditions",
    Duty.CONFIRM_REVERSAL: "commitments",
    Duty.CONTEST: "contest.show",
    Duty.CHECK: "check.show",
    **dict.fromkeys((Duty.WARNING, Duty.CONFIRM_CLOSING), "warning.show"),
    Duty.CONFIRM_FIRM: "firm.show",
    Duty.LOOK_AT_FLAG: "flag.show",
    Duty.RELEASE: "guarantee.show",
    Duty.FIGURES: "register",
    Duty.LOAN_CLASS: "loan_class.show",
    Duty.LOAN_CONSENT: "loan_change.show",
    Duty.MATURING: "loan.show",
    Duty.REPAYMENT_BACK: "repayment.show",
    **dict.fromkeys((Duty.LOOK_INTO, Duty.ANSWER_REPORT), "conduct.show"),
    Duty.RESERVES: "reserves",
    Duty.TAKE_CASES: "handovers",
    Duty.SIGN_BRIDGE: "bridge.show",
    Duty.CONFIRM_MOVE: "bridge",
    Duty.IDLE: "step.form",
    **dict.fromkeys((Duty.EXAMINE_CLAIM, Duty.PAY_CLAIM), "compensation.show"),
    Duty.ASK_PART: "compensation.part",
    Duty.RECOVER: "recovery.show",
    **dict.fromkeys((Duty.REVIEW, Duty.CHANGE_BY), "review.show"),
    Duty.PAY_SHARE: "recovery.share",
    Duty.HOLD_EVENT: "event.show",
    **dict.fromkeys((Duty.SIGN_REQUEST, Duty.ANSWER_REQUEST), "request.show"),
    **dict.fromkeys((Duty.PAIR_FIRM, Duty.HELP_VISIT), "helping.firm"),
    Duty.REACH_GOAL: "goal.show",
    **dict.fromkeys((Duty.ANSWER_APPOINTMENT, Duty.WRITE_APPOINTMENT), "appointment.show"),
    **dict.fromkeys((Duty.TASK, Duty.CONFIRM_TASK), "task.show"),
    **dict.fromkeys((Duty.WRITE_POLICY, Duty.PUBLISH_POLICY), "policy.show"),
    **dict.fromkeys((Duty.GRANT_SUBSIDY, Duty.PAY_SUBSIDY, Duty.CONFIRM_SUBSIDY), "policy.claim"),
    Duty.ANSWER_POLICY: "policies.questions",
    **dict.fromkeys((Duty.HOLD_DISPATCH, Duty.CLOSE_DISPATCH), "dispatch.show"),
    **dict.fromkeys((Duty.EDIT_BULLETIN, Duty.PUBLISH_BULLETIN), "bulletin.show"),
    Duty.RECORD_INSPECTION: "inspection.show",
    Duty.ANSWER_FIRM: "unannounced",
    Duty.ANSWER_OBJECTION: "objection.show",
    Duty.CARRY_OUT_ERASURE: "erasure.show",
    Duty.REVIEW_IMPACT: "impact.show",
    Duty.HANDLE_INCIDENT: "incident.show",
    **dict.fromkeys((Duty.VERIFY_RATING, Duty.RECTIFY, Duty.CALL_BACK), "call.show"),
}
KEYLESS = frozenset({"unannounced", "bridge", "commitments", "register", "reserves", "handovers"})
#: The lists whose filters can be kept.
LISTS = frozenset(
    {
        "work", "needs", "firms", "cases", "guarantees", "contests", "commitments", "matching", "sessions", "banks", "quality",
        "silent", "calls", "ratings", "journal", "register", "figures", "scoreboard", "delegated", "checks", "warnings",
    }
)  # fmt: skip


class ManyForm(Form):
    rows: Annotated[list[int], Field(max_length=MOST_ROWS)] = []
    deed: Deed
    to_officer: int | None = None
    hand_note: Annotated[str, Text(300)] = ""


class SheetForm(Form):
    rows: Annotated[list[int], Field(max_length=MOST_ROWS)] = []
    deed: str = ""
    to_officer: int | None = None
    hand_note: Annotated[str, Text(300)] = ""


class ViewForm(Form):
    page: Annotated[str, Text(40)]
    query: Annotated[str, Text(500)] = ""
    view_name: Annotated[str, Text(LONGEST_VIEW)]
    shared: Yes = False


class StepForm(Form):
    step_what: Annotated[str, Text(200, lines=True)]
    step_due: Day


class WorkPages(Controller):
    @get("/work", name="work")
    def work(
        self, request: Page, whose: FromQuery[str] = "", duty: FromQuery[str] = "", heat: FromQuery[str] = "",
        page: FromQuery[int] = 1,
    ) -> Answer:  # fmt: skip
        asked = worklist.Asked(one_of(Whose, whose) or Whose.ALL, one_of(Duty, duty), one_of(Heat, heat))
        with request.desk(write=False) as desk:
            found, counts = worklist.tasks(desk, asked, min(page, 100_000))
            beside = unmoved.kept(desk, ("beside the worklist", desk.actor, desk.today), lambda: _beside(desk))
        return request.show(
            "office/work.html", found=found, counts=counts, asked=asked, places=PLACES, keyless=KEYLESS, heats=Heat, duties=Duty,
            deed=Deed, act=Act, form=request.sheet(ManyForm), **beside,
        )  # fmt: skip

    @post("/many", name=Act.HANDLE_MANY, page=work)
    def many(self, request: Page) -> Answer:
        form = request.read(ManyForm)
        with request.desk() as desk:
            made = bulk.run(desk, form.deed, form.rows, said, to=form.to_officer, note=form.hand_note)
            return request.go("many.show", key=made.id)

    @get("/many/{key:int}", name="many.show")
    def done(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            made = desk.get(BulkRun, key)
        return request.show("office/many.html", made=made)

    @post("/many-sheet", name="many.sheet", page=work)
    def sheet(self, request: Page) -> Answer:
        form = request.read(SheetForm)
        with request.desk(write=False) as desk:
            found = desk.all(Need, Need.id.in_(form.rows[:MOST_ROWS]), by=Need.number)
            firms = {one.id: one.name for one in desk.all(Firm, Firm.id.in_([need.firm_id for need in found]))}
        return request.download(_csv(found, firms, request.lang), "needs.csv", "text/csv; charset=utf-8")

    @post("/views", name=Act.KEEP_VIEW)
    def keep(self, request: Page) -> Answer:
        form = request.read(ViewForm)
        if form.page not in LISTS or request.actor.role not in ROUTES[form.page]:
            raise NotFound(kind="List")
        with request.desk() as desk:
            kept.keep(desk, form.page, form.view_name, _filters(form.query), shared=form.shared)
            return request.go(form.page, **dict(parse_qsl(_filters(form.query))))

    @post("/views/{key:int}/drop", name=Act.DROP_VIEW)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            view = desk.get(KeptView, key)
            kept.drop(desk, view)
            return request.go(view.page)

    @get("/needs/{key:int}/step", name="step.form")
    def step_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            need, before = needs.one(desk, desk.get(Need, key)), silence.step(desk, key)
        return request.show("office/step.html", need=need, before=before, form=request.sheet(StepForm), act=Act)

    @post("/needs/{key:int}/step", name=Act.PLAN_STEP, page=step_form)
    def step(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(StepForm)
        with request.desk() as desk:
            hygiene.plan(desk, desk.get(Need, key), form.step_what, form.step_due)
            return request.go("need.show", key=key)

    @post("/needs/{key:int}/remind", name=Act.REMIND_FIRM)
    def remind(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk() as desk:
            bulk.remind(desk, desk.get(Need, key))
            return request.go("need.show", key=key)


def _beside(desk: Desk) -> dict[str, Any]:
    """What stands beside the list: colleagues to hand over to, for whom one stands in, what one returned twice, whose rows one may ask for."""
    me = desk.actor.id
    heads = handover.heads(desk) == me
    return {
        "colleagues": [one for one in handover.officers(desk) if one[0] != me],
        "absent": handover.stands_in_for(desk),
        "repeats": returns.repeats(desk),
        "whoses": [one for one in Whose if heads or one is not Whose.SECTION],
    }


def said(refusal: Refusal) -> dict[str, str]:
    """A refusal as people read it, in each language, so that the page of the result needs nothing else."""
    return {lang: wording.sentence(refusal, lang) for lang in LANGUAGES}


def _filters(query: str) -> str:
    """The filters of an address without what belongs to one visit: the page, the language, what was just done."""
    kept_ones = [(key, value) for key, value in parse_qsl(query.lstrip("?")) if key not in {"page", "done", "lang"}]
    return "&".join(f"{key}={value}" for key, value in kept_ones if not set("&=#") & set(key + value))


def _csv(found: list[Need], firms: dict[int, str], lang: str) -> bytes:
    """The ticked needs as a table that every spreadsheet opens; text that looks like a formula stays text."""
    sink = StringIO()
    rows = csv.writer(sink)
    heads = ("need_number", "firm_name", "need_state", "amount_wan", "months", "due_day", "officer_in_charge")
    rows.writerow([wording.field(head, lang) for head in heads])
    for need in found:
        shown = (
            need.number, firms.get(need.firm_id, ""), wording.name(need.state, lang), need.amount.fen // 10_000 / 100, need.months,
            need.due_on or "", need.officer_name,
        )  # fmt: skip
        rows.writerow([f"'{cell}" if isinstance(cell, str) and FORMULA_LIKE.match(cell) else cell for cell in shown])
    return b"\xef\xbb\xbf" + sink.getvalue().encode()
