"""Pages of help: a firm's own page, the office's firms with who helps them, helpers and their skills, goals of a plan."""

from __future__ import annotations

from typing import Annotated, ClassVar

from litestar import Controller
from litestar.params import FromPath, FromQuery
from pydantic import Field

from financing.acts import Act
from financing.helping import appointment_views, pairing, people, plans, surveys, task_views, views, visits
from financing.helping.model import Goal, HelperProfile, VisitPlan
from financing.helping.pairing import Chosen
from financing.helping.rules import Topic
from financing.helping.survey_views import own
from financing.helping.task_model import Task
from financing.helping.visits import Planned
from financing.inspections import service
from financing.roles import Role
from web.fields import Day, Phone, Text, Yes
from web.forms import Form
from web.one_of_several import sheet_of
from web.page import Answer, Page, get, post


class PairForm(Form):
    tag: ClassVar[str] = "pair-"
    help_leader: int
    help_helper: int
    help_deputy: int
    help_team: Annotated[list[int], Field(max_length=10)] = []
    hand_note: Annotated[str, Text(300, lines=True)] = ""


class GoalForm(Form):
    tag: ClassVar[str] = "goal-"
    help_topic: Topic
    goal_title: Annotated[str, Text(120)]
    owner: int
    goal_due: Day


class VisitForm(Form):
    tag: ClassVar[str] = "visit-"
    visited_on: Day
    met: Annotated[str, Text(60)]
    help_found: Annotated[str, Text(500, lines=True)]


class DropForm(Form):
    tag: ClassVar[str] = "drop-"
    reason: Annotated[str, Text(300, lines=True)]


class PlanForm(Form):
    tag: ClassVar[str] = "plan-"
    visit_day: Day
    visit_purpose: Annotated[str, Text(120)]
    anyway: Yes = False


class UnplanForm(DropForm):
    tag: ClassVar[str] = "unplan-"


class HelperForm(Form):
    help_unit: Annotated[str, Text(60)]
    phone: Phone
    skills: list[Topic] = []
    takes: Yes = False


class NoteForm(Form):
    help_word: Annotated[str, Text(500, lines=True)]


class HelpingPages(Controller):
    @get("/helping/mine", name="helping.mine")
    def mine(self, request: Page) -> Answer:
        firm = request.actor.firm_id or 0
        with request.desk(write=False) as desk:
            found, survey = views.helped(desk, firm, desk.today.year), surveys.of_year(desk, desk.today.year)
            due = survey is not None and desk.today <= survey.due_on and own(desk, survey, firm) is None
            met = appointment_views.of_firm(desk, firm)
            set_tasks = task_views.of_source(desk, Task.firm_id == firm)
        return request.show(
            "helping/mine.html",
            found=found,
            survey=survey if due else None,
            met=met,
            tasks=set_tasks,
            firm_id=firm,
            act=Act,
        )

    @get("/helping", name="helping")
    def firms(self, request: Page, which: FromQuery[str] = "", page: FromQuery[int] = 1) -> Answer:
        shown = which if which in {"all", "without"} or request.actor.role is Role.AUDITOR else "mine"
        with request.desk(write=False) as desk:
            found = views.firms(desk, mine=shown == "mine", without=shown == "without", page=min(page, 10_000))
        return request.show("helping/firms.html", found=found, which=shown)

    @get("/helping/firms/{key:int}", name="helping.firm")
    def firm(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            firm, found = people.firm(desk, key), views.helped(desk, key, desk.today.year)
            offer = pairing.propose(desk, key)
            staff, leaders = people.helpers(desk), people.helpers(desk, Role.LEADER)
            today, may = (
                desk.today,
                {
                    act: desk.may(act, firm)
                    for act in (Act.PAIR_FIRM, Act.SET_GOAL, Act.PLAN_HELP_VISIT, Act.RECORD_HELP_VISIT)
                },
            )
        first = offer.fits[0].candidate.id if offer.fits else None
        second = offer.fits[1].candidate.id if len(offer.fits) > 1 else None
        given = {"help_helper": first, "help_deputy": second, "help_team": [fit.candidate.id for fit in offer.team]}
        return request.show(
            "helping/firm.html", firm=firm, found=found, offer=offer, may=may, act=Act, staff=[(one.id, one.name) for one in staff],
            leaders=[(one.id, one.name) for one in leaders], pair=sheet_of(request, Act.PAIR_FIRM, PairForm, **given),
            goal=sheet_of(request, Act.SET_GOAL, GoalForm, owner=request.actor.id), visit=sheet_of(request, Act.RECORD_HELP_VISIT, VisitForm, visited_on=today),
            plan=sheet_of(request, Act.PLAN_HELP_VISIT, PlanForm), unplan=sheet_of(request, Act.DROP_HELP_VISIT, UnplanForm), quiet=service.quiet(today),
        )  # fmt: skip

    @post("/helping/firms/{key:int}/pair", name=Act.PAIR_FIRM, page=firm)
    def pair(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(PairForm)
        chosen = Chosen(form.help_leader, form.help_helper, form.help_deputy, form.help_team, form.hand_note)
        with request.desk() as desk:
            pairing.pair(desk, people.firm(desk, key), chosen)
            return request.go("helping.firm", key=key)

    @post("/helping/firms/{key:int}/goals", name=Act.SET_GOAL, page=firm)
    def set_goal(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(GoalForm)
        with request.desk() as desk:
            plans.set_goal(
                desk,
                people.firm(desk, key),
                topic=form.help_topic,
                title=form.goal_title,
                owner=form.owner,
                due_on=form.goal_due,
            )
            return request.go("helping.firm", key=key)

    @post("/helping/firms/{key:int}/visits", name=Act.RECORD_HELP_VISIT, page=firm)
    def visited(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(VisitForm)
        with request.desk() as desk:
            visits.record(desk, people.firm(desk, key), on=form.visited_on, met=form.met, found=form.help_found)
            return request.go("helping.firm", key=key)

    @post("/helping/firms/{key:int}/plan-visit", name=Act.PLAN_HELP_VISIT, page=firm)
    def plan_visit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(PlanForm)
        with request.desk() as desk:
            said = Planned(form.visit_day, form.visit_purpose)
            visits.plan(desk, people.firm(desk, key), said, anyway=form.anyway)
            return request.go("helping.firm", key=key)

    @post("/helping/visits/{key:int}/drop", name=Act.DROP_HELP_VISIT)
    def drop_visit(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(UnplanForm)
        with request.desk() as desk:
            one = desk.get(VisitPlan, key)
            visits.drop(desk, one, form.reason)
            return request.go("helping.firm", key=one.firm_id)

    @get("/goals/{key:int}", name="goal.show")
    def goal(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            one = desk.get(Goal, key)
            (found,) = [shown for shown in views.goals(desk, one.firm_id, one.year) if shown.goal.id == key]
            firm = people.firm(desk, one.firm_id)
        return request.show(
            "helping/goal.html",
            found=found,
            firm=firm,
            note=request.sheet(NoteForm),
            drop=request.sheet(DropForm),
            act=Act,
        )

    @post("/goals/{key:int}/note", name=Act.NOTE_GOAL, page=goal)
    def note(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(NoteForm)
        with request.desk() as desk:
            plans.note(desk, desk.get(Goal, key), form.help_word)
            return request.go("goal.show", key=key)

    @post("/goals/{key:int}/reach", name=Act.REACH_GOAL, page=goal)
    def reach(self, request: Page, key: FromPath[int]) -> Answer:
        request.read(Form)
        with request.desk() as desk:
            plans.reach(desk, desk.get(Goal, key))
            return request.go("goal.show", key=key)

    @post("/goals/{key:int}/drop", name=Act.DROP_GOAL, page=goal)
    def drop(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(DropForm)
        with request.desk() as desk:
            plans.drop(desk, desk.get(Goal, key), form.reason)
            return request.go("goal.show", key=key)

    @get("/helpers", name="helpers")
    def helpers(self, request: Page) -> Answer:
        with request.desk(write=False) as desk:
            staff, held = people.helpers(desk), pairing.loads(desk)
            profiles = {one.user_id: one for one in desk.all(HelperProfile)}
        skills = {key: [Topic(skill) for skill in one.skills] for key, one in profiles.items()}
        return request.show("helping/helpers.html", staff=staff, loads=held, profiles=profiles, skills=skills)

    @get("/helpers/{key:int}", name="helper.form")
    def helper_form(self, request: Page, key: FromPath[int]) -> Answer:
        with request.desk(write=False) as desk:
            user = people.colleague(desk, key)
            one = desk.find(HelperProfile, HelperProfile.user_id == key)
            may = desk.may(Act.SET_HELPER, one or pairing.Whose(key))
        known = (
            {"help_unit": one.unit, "phone": one.phone, "skills": one.skills, "takes": one.takes}
            if one
            else {"takes": True}
        )
        return request.show("helping/helper.html", user=user, form=request.sheet(HelperForm, **known), may=may, act=Act)

    @post("/helpers/{key:int}", name=Act.SET_HELPER, page=helper_form)
    def set_helper(self, request: Page, key: FromPath[int]) -> Answer:
        form = request.read(HelperForm)
        with request.desk() as desk:
            pairing.set_profile(
                desk,
                people.colleague(desk, key),
                unit=form.help_unit,
                phone=form.phone,
                skills=form.skills,
                takes=form.takes,
            )
            return request.go("helpers")
