"""One word from permission to button: every act has its rule, its name and its route, and no form does anything else."""

from __future__ import annotations

import pytest

from financing.access import EVERYONE, RULES, Role
from financing.acts import Act
from financing.models import metadata
from financing.settings import Settings
from financing.sights import OWN, SEEN
from financing.words import NAMES
from web.app import create_app
from web.routes import ROUTES

#: Acts that follow from another act or from no person at all, each with why it has no route.
INTERNAL = {
    Act.ROTATE_KEYS: "only the operator: `yuanrong keys rotate` and `drop`",
    Act.MOVE_UP: "follows from another firm's leaving",
    Act.LAPSE_COMPENSATION: "only the platform: its daily run, once the bank has had its time",
    Act.REMIND_COMPENSATION: "only the platform: its daily run tells the ladder",
    Act.WARN_BANK: "only the platform: its daily run looks at the rates of banks",
    Act.STOP_BANK: "follows from a payment, or from the daily run",
    Act.OPEN_RECOVERY: "follows from a payment under a guarantee, or from the daily run",
    Act.OPEN_REVIEW: "follows from a payment under a guarantee, or from the daily run",
    Act.REMIND_RECOVERY: "only the platform: its daily run tells the ladder",
    Act.WARN_RECOVERY: "only the platform: its daily run, before a period ends",
    Act.PLAN_LOAN: "follows from pay-outs, repayments and changes of a loan",
    Act.CALL_RENEWAL: "only the platform: its daily run, before a loan matures",
    **dict.fromkeys(
        (Act.ESCALATE_TASK, Act.ESCALATE_REQUEST, Act.ESCALATE_APPOINTMENT, Act.ESCALATE_POLICY),
        "only the platform: its daily run climbs the ladder",
    ),
    **dict.fromkeys((Act.REMIND_REQUEST, Act.REMIND_YEARLY), "only the platform: its daily run reminds"),
    Act.REMIND_OBJECTION: "only the platform: its daily run reminds",
    Act.REMIND_INCIDENT: "only the platform: when the hours of an incident are over",
    Act.EXPIRE_PERSONAL: "only the platform: its daily run, once a period is over",
    Act.ERASE_AGAIN: "only the platform: before it serves from an older picture",
    Act.SLEEP_USER: "only the platform: its daily run, once nobody has used an account for long",
    Act.UNUSUAL_SIGN_IN: "told by a sign-in that is not like those before it",
    Act.USE_KEY: "follows from a key's reading of a list",
    Act.LAPSE_BEHALF: "only the platform: once the firm has had its time",
    Act.DENIED: "written by the edge when somebody was refused",
    Act.FILL_DEMO: "only from the command line",
    Act.RECONCILE: "only from the command line, after a restore of an older picture",
    Act.PLAN_CHECK: "only the platform: its daily run, and a visit that is recorded",
    Act.END_CHECK: "only the platform: its daily run, once nothing is guaranteed",
    **dict.fromkeys((Act.ESCALATE_CHECK, Act.ESCALATE_WARNING), "only the platform: its daily run climbs the ladder"),
    Act.RAISE_WARNING: "found by rules each night, or by another room in the act that brings it about",
    Act.SET_GUARANTOR: "only for demo and rehearsal: people change terms by two",
    Act.ADD_DOCUMENT: "follows from the form a document is handed in with",
    Act.PASS_OVER: "follows from accepting another bank's offer",
    Act.CONFIRM_SMALL: "only the platform: its daily run, once nobody can call the case in",
    Act.LAPSE_CLAIM: "only the platform: once a claim has had its time",
    Act.REMIND_PAPER: "only the platform: its daily run reminds",
    Act.SUPPLY_PAPER: "follows from handing in the paper that was promised",
    Act.BREAK_PROMISE: "only the platform: its daily run, once a promised paper has not come",
    Act.END_PROMISE: "follows from the end of the need",
    Act.ESCALATE_STEP: "only the platform: its daily run tells the ladder",
    Act.RECOUNT_STEP: "only the platform: its daily run, once the year's calendar is there",
    Act.REMIND_REVIEW: "only the platform: its daily run reminds",
    Act.LAPSE_ITEM: "only the platform: once the firm has had its time, or the bank may no longer read",
    Act.LAPSE_RELEASE: "only the platform: its daily run, once the bank's leave to read has run out",
    Act.REMIND_BANK: "only the platform: its daily run reminds",
    Act.SILENT_BANK: "only the platform: its daily run, once a bank's limit is over",
    Act.OPEN_OFFERS: "only the platform: all offers of a need at once, at the deadline or after the last answer",
    Act.REMIND_GUESTS: "only the platform: its daily run reminds",
    Act.FOLLOW_UP: "only the platform: its daily run asks at each mark",
    Act.CASE_OVERDUE: "only the platform: its daily run reminds",
    Act.DERIVE_TIE: "follows from declarations and relations, by the platform",
    Act.CHECK_IMPORT: "only the platform: takes a workbook up",
    Act.PASS_IMPORT: "only the platform: every row is compared",
    Act.FAIL_IMPORT: "only the platform: something is wrong with a workbook",
    Act.GIVE_SHEET: "follows from any list that is asked for as a file",
    Act.CONVENE_DISPATCH: "only the platform: its daily run, on the meeting's day",
    Act.SEND_BULLETIN: "only the platform: packs an issue that is out",
    Act.PUBLISH_FIGURES: "the daily run publishes months that are over",
    Act.RAISE_ALARM: "the daily run finds a ratio beyond its bar",
    Act.END_ALARM: "the daily run finds it kept again",
    Act.ASK_LIFE: "only the platform: its daily run, when nothing is heard of a need",
    Act.DRAW_CALLS: "only the platform: its daily run, once a month is over",
    Act.APPROVE_CASE: "follows from sealing: the count decides",
    Act.CONDITION_CASE: "follows from sealing",
    Act.REJECT_CASE: "follows from sealing",
    Act.COMPENSATE: "follows from confirming an entry",
    Act.RECOVER: "follows from confirming an entry",
    Act.WRITE_OFF: "follows from confirming an entry",
    Act.RECEIVE_CONDUCT: "only the platform: its daily run, or what another room comes upon",
    Act.HEAR_WORD: "only the platform: its daily run tells the handlers",
    Act.NOTE_TRY: "follows from an offer that was refused",
    Act.REMIND_HANDLERS: "only the platform: its daily run reminds",
    Act.ASK_CHECK: "only the platform: its daily run, some days after a pay-out",
    Act.PROVE_BRIDGE: "follows from the form a proof is handed in with",
    Act.APPROVE_BRIDGE: "follows from the last signature",
    Act.ALERT_BRIDGE: "only the platform: its daily run",
    Act.TELL_WINDOW: "only the platform: its daily run",
    Act.EXPIRE_POLICY: "only the platform: its daily run",
    Act.BREACH_RENEWAL: "follows from a renewal that falls short, or from the daily run",
    Act.SUSPEND_BANK: "follows from a breach",
    **dict.fromkeys(
        (Act.RETURN_PART, Act.RETURN_BRIDGE, Act.SETTLE_BRIDGE, Act.LOSE_BRIDGE, Act.RECOVER_BRIDGE),
        "follows from confirming money",
    ),
}
#: Forms that do no act of the trade, each with why.
NO_ACT = {
    "conduct.follow.look": "answers whoever has the code of a report; nothing is kept",
    "policy.take": "enters a shipped policy and its clauses as policy.enter and policy.write do",
    "bridge.preset.propose": "proposes settings as setting.propose does, all of a county's that differ",
    "many.sheet": "gives out the ticked rows as a table; nothing is changed",
    "apply.keep": "keeps a group of answers that is not handed in yet",
    "need.keep": "keeps a group of answers that is not handed in yet",
    "typed.keep": "keeps one answer as its field is left",
    "account.leave_all": "ends one's own sessions",
    "passkey.challenge": "asks a passkey; nothing is kept but the question",
    "precheck.answer": "answers a stranger's question; nothing is kept",
    "precheck.carry": "fills in the first page of the form from what the stranger agrees to carry over",
    "judging.answer": "holds a score against outcomes; nothing is kept",
    "survey.photo": "puts a photo on file by the act paper.add, on the page of the visit",
    "check.photo": "puts a photo on file by the act paper.add, on the page of the visit",
    "relation.guarantor.add": "enters a relation as relation.add does, of the guarantor itself",
    "check.answer": "holds a paper against the record; nothing is kept",
    "offer.check": "works out what an offer costs; nothing is changed",
    "api.claim": "claims a need as match.claim does, by key",
    "api.ask": "asks for an item as item.ask does, by key",
    "api.decline": "declines as offer.decline does, by key",
    "api.offer": "offers as offer.make does, by key",
    "api.drawdown": "reports a payment as drawdown.report does, by key",
    "calendar.preview": "shows what a year's arrangement would change; nothing is kept",
    "calendar.import": "sets days as calendar.set does, a whole year of them",
    "appetite.count": "counts the needs that may fit, for who fills the form in",
}
#: Tables that no person reads through a desk, each with why.
UNSEEN = {
    "counter": "the last running number",
    "daily_run": "days whose daily run is done",
    "figure_stand": "figures as they stood, handed out by role with small groups hidden",
    "form_once": "answered forms, by token",
    "journal_head": "the end of the chain",
    "forbidden_try": "counted by the platform; what comes of it is a case",
    "login_session": "read with the request, by token",
    "notice_delivery": "which notices one message holds, for the platform as it sends",
    "outbox": "what waits to be sent",
    "search_word": "words by which things are found, never shown themselves",
    "printed_copy": "files that were given out, by their hash",
    "subject_key": "keys of the journal's commitments",
    "pool_need": "the last scores over again, in the order of the pool; needs and scores are read through their own sights",
    "track": "the journal over again, for what it adds up to",
    "tries": "counted attempts to sign in, and questions of strangers",
}


@pytest.fixture(scope="module")
def forms(migrated_file):
    """The name of every route that answers to a form."""
    from contextlib import closing

    from financing.db import Database

    with closing(Database(f"sqlite:///{migrated_file}")) as database:
        app = create_app(database, Settings())
    handlers = [handler for route in app.routes for handler in getattr(route, "route_handlers", ())]
    return {str(handler.name) for handler in handlers if "POST" in handler.http_methods}


@pytest.mark.parametrize("act", Act)
def test_an_act_has_a_rule_and_a_name(act):
    assert act in RULES
    assert NAMES[Act][act]


def test_an_act_has_a_route_or_is_listed_as_internal():
    assert set(Act) - set(ROUTES) == set(INTERNAL)


def test_a_form_does_one_act(forms):
    assert forms - set(Act) == set(NO_ACT)


def test_a_route_of_an_act_is_open_to_nobody_who_could_never_do_it():
    too_many = {act: ROUTES[act] - RULES[act].roles for act in Act if act in ROUTES}
    assert {act: roles for act, roles in too_many.items() if roles} == {}


def test_nothing_is_open_to_the_platform_itself_from_outside(forms):
    assert {name for name, roles in ROUTES.items() if Role.SYSTEM in roles and roles != EVERYONE and name in forms} <= {
        name for name in ROUTES if name in set(Act) and Role.SYSTEM in RULES[Act(name)].roles
    }


def test_every_table_is_seen_by_somebody_or_listed_as_internal():
    seen = {table for sights in SEEN.values() for table in sights} | OWN  # everybody sees what is their own
    assert set(metadata.tables) - seen == set(UNSEEN)
    assert seen <= set(metadata.tables)


def test_every_role_has_its_line_of_sight():
    assert set(SEEN) == set(Role)
