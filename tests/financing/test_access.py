"""Who may do what and who may see what, against a table written down by hand from the access matrix."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import configure_mappers

from financing import models  # noqa: F401  every table is known
from financing.access import RULES, SYSTEM, VISITOR, Actor, Role, may, require
from financing.acts import Act
from financing.db import Base
from financing.matching.model import Consent, Match
from financing.matching.rules import Consented, MatchState
from financing.needs.model import Need
from financing.needs.rules import NeedState
from financing.parties.model import Bank, Firm
from financing.people.model import User
from financing.refusals import NotAllowed
from financing.sights import SEEN, seen_by
from tests.makers import NOW, TODAY, a_bank, a_firm, a_need, a_product, a_user, at, writing

LETTERS = dict(zip("VCSOMHBAFLUDY", Role, strict=True))
EVERY = "".join(LETTERS)

#: Act -> roles that pass on their own matter / on a stranger's. V visitor, C clerk, S signatory, O officer, M member, H chair,
#: B banker, A bank administrator, F fund, L leader, U auditor, D administrator, Y the platform.
MATRIX = {
    "objection.raise": ("S", ""), "objection.withdraw": ("S", ""), **dict.fromkeys(("objection.uphold", "objection.refuse"), ("O", "O")), "objection.remind": ("Y", "Y"),
    **dict.fromkeys(("personal.take", "erasure.ask"), ("S", "")), **dict.fromkeys(("personal.take_account", "erasure.ask_account", "erasure.withdraw"), ("CSOMHBAFLUD", "CSOMHBAFLUD")),
    **dict.fromkeys(("erasure.carry_out", "erasure.hold", "impact.file"), ("OD", "OD")), **dict.fromkeys(("personal.expire", "personal.erase_again"), ("Y", "Y")),
    **dict.fromkeys(("permit.give", "permit.withdraw"), ("S", "")), "incident.remind": ("Y", "Y"),
    **dict.fromkeys(("incident.record", "incident.edit", "incident.draw", "incident.leave_out", "incident.tell", "incident.report", "incident.close"), ("OD", "OD")),
    "journal.reconcile": ("Y", "Y"), "people.sign_in": (EVERY, EVERY), "people.sign_out": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "people.invite": ("DY", "DY"),
    "people.join": ("VY", "VY"), "people.open": ("V", "V"), "people.disable": ("D", "D"), "factor.reset": ("D", "D"), "identity.link": ("D", "D"), "identity.unlink": ("D", "D"), "people.wake": ("D", "D"), "people.confirm": ("D", "D"), "people.withdraw": ("D", "D"), "people.sleep": ("Y", "Y"), "people.unusual": ("Y", "Y"), **dict.fromkeys(("identity.confirm", "password.change", "sign_in.end", "people.prove", "factor.set", "factor.drop", "factor.renew_codes", "passkey.add", "passkey.drop"), ("CSOMHBAFLUD", "CSOMHBAFLUD")), "notices.see": ("CSOMHBAFLUD", "CSOMHBAFLUD"),
    "notices.set": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "address.add": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "address.confirm": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "address.drop": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "address.stop": (EVERY, EVERY), "parcel.send_again": ("D", "D"),
    "setting.propose": ("D", "D"), "setting.adopt": ("HD", "HD"), "setting.turn_down": ("HD", "HD"), "calendar.set": ("DY", "DY"),
    "firm.register": ("SY", "SY"), "firm.type": ("O", "O"), "firm.invite": ("O", "O"), "firm.confirm": ("O", "O"), "firm.edit": ("CSO", "O"), "firm.record": ("O", "O"),
    "bank.add": ("OY", "OY"), "product.add": ("OAY", "OY"), "product.withdraw": ("OA", "O"), "right.give": ("A", ""),
    **dict.fromkeys(("import.begin", "import.confirm", "import.stop", "import.resume"), ("OBA", "O")), **dict.fromkeys(("import.check", "import.pass", "import.fail"), ("Y", "Y")), "sheet.give": ("CSOMHBAFLUD", "CSOMHBAFLUD"),
    "loans.state": ("CS", ""), "loans.verify": ("O", "O"), "figures.publish": ("Y", "Y"), "statistics.issue": ("OY", "OY"), "target.set": ("OL", "OL"), "list.take": ("O", "O"), "list.give": ("O", "O"), "score.comment": ("BA", ""), "key.give": ("A", ""), "key.take": ("B", ""), "key.revoke": ("BA", ""), "key.use": ("B", ""), "appetite.set": ("BA", ""), "guarantor.set": ("Y", "Y"),
    "terms.propose": ("OF", "OF"), "terms.propose_limit": ("OF", "OF"), "terms.adopt": ("H", "H"), "terms.turn_down": ("H", "H"),
    "agreement.propose": ("OF", "OF"), "agreement.adopt": ("H", "H"), "agreement.turn_down": ("H", "H"),
    "security.ask": ("O", "O"), "security.forgo": ("O", "O"), "security.waive": ("O", "O"), "security.give": ("O", "O"), "security.register": ("O", "O"), "security.release": ("O", "O"),
    "relation.add": ("O", "O"), "relation.end": ("O", "O"), "case.report": ("O", "O"),
    "document.add": ("OHBF", "OHBF"), "document.open": ("OMHFU", "OMHFU"),
    "paper.add": ("CSO", "O"), "paper.open": ("CSOMHU", "OMHU"),
    "paper.reject": ("O", "O"), "paper.remind": ("Y", "Y"), "promise.supply": ("CSO", "O"), "promise.break": ("Y", "Y"),
    "promise.end": ("CSOY", "OY"), "step.halt": ("O", "O"), "step.resume": ("O", "O"), "step.explain": ("O", "O"),
    "step.escalate": ("Y", "Y"), "step.recount": ("Y", "Y"), "extension.ask": ("O", "O"), "extension.agree": ("O", "O"),
    "extension.turn_down": ("O", "O"), "post.set": ("D", "D"),
    "need.draft": ("CS", ""), "need.edit": ("CS", ""), "need.submit": ("S", ""), "need.withdraw": ("S", ""),
    "need.type": ("O", "O"), "behalf.confirm": ("S", ""), "behalf.object": ("S", ""), "behalf.lapse": ("Y", "Y"),
    "need.return": ("O", "O"), "need.accept": ("O", "O"), "need.assess": ("OY", "OY"), "need.refuse": ("O", "O"),
    "flag.look": ("O", "O"),
    "survey.record": ("O", "O"), "survey.review": ("O", "O"), "condition.show": ("CSO", "O"),
    "condition.accept": ("O", "O"), "condition.turn_down": ("O", "O"), "interest.declare": ("OMH", "OMH"), "interest.open": ("HU", "HU"), "interest.remind": ("OH", "OH"), "case.derive_tie": ("Y", "Y"),
    "expert.enter": ("O", "O"), "expert.end": ("O", "O"), "meeting.draw": ("OH", "OH"), "case.discuss": ("H", "H"), "case.set_aside": ("H", "H"),
    "case.open": ("O", "O"), "meeting.call": ("OH", "OH"), "meeting.open": ("H", "H"), "meeting.close": ("H", "H"),
    "case.table": ("O", "O"), "case.recuse": ("MH", "MH"), "case.vote": ("MH", "MH"), "case.seal": ("H", "H"),
    "case.approve": ("H", "H"), "case.condition": ("H", "H"), "case.reject": ("H", "H"), "case.defer": ("H", "H"), "case.jump": ("H", "H"), "case.overdue": ("Y", "Y"),
    "case.delegate": ("O", "O"), "case.decide_small": ("O", "O"), "case.refer": ("O", "O"), "case.call_in": ("MH", "MH"),
    "case.take_effect": ("Y", "Y"),
    "case.print": ("OMHU", "OMHU"),
    "loan.record": ("OB", "O"), "loan.repay": ("OB", "O"), "loan.plan": ("OBY", "OY"), "loan.rate": ("B", ""), "loan.extend": ("B", ""),
    "loan.propose_consent": ("O", "O"), "loan.agree_extension": ("H", "H"), "loan.refuse_extension": ("H", "H"),
    "dispatch.convene": ("Y", "Y"), **dict.fromkeys(("dispatch.decide", "dispatch.minute", "dispatch.join", "dispatch.close", "dispatch.return"), ("OL", "OL")),
    "bulletin.draft": ("OY", "OY"), **dict.fromkeys(("bulletin.edit", "bulletin.propose", "bulletin.drop"), ("O", "O")), **dict.fromkeys(("bulletin.publish", "bulletin.return"), ("OL", "OL")),
    "bulletin.send": ("Y", "Y"), "subscription.choose": ("CSOMHBAFLUD", "CSOMHBAFLUD"), "subscription.stop": (EVERY, EVERY),
    "reserves.propose": ("O", "O"), "reserves.confirm": ("OH", "OH"), "reserves.turn_down": ("OH", "OH"),
    "loan_class.propose": ("O", "O"), "loan_class.confirm": ("OH", "OH"), "loan_class.turn_down": ("OH", "OH"), "repayment.ask_back": ("OB", "O"), "repayment.take_back": ("O", "O"), "repayment.keep": ("O", "O"),
    "renewal.call": ("Y", "Y"), "renewal.choose": ("CS", ""),
    "compensation.file": ("OB", "O"), **dict.fromkeys(("compensation.lodge", "compensation.withdraw", "compensation.accept", "compensation.object"), ("B", "")),
    **dict.fromkeys(("compensation.halt", "compensation.propose", "compensation.pay", "breaker.ask"), ("O", "O")), "compensation.resume": ("OB", "O"),
    **dict.fromkeys(("compensation.return", "compensation.grant", "compensation.reduce", "compensation.refuse", "breaker.keep", "breaker.lift"), ("H", "H")),
    **dict.fromkeys(("compensation.lapse", "compensation.remind", "breaker.warn"), ("Y", "Y")), "breaker.stop": ("MHY", "MHY"),
    "part.ask": ("OF", "OF"), "part.receive": ("OF", "OF"),
    "recovery.open": ("MHY", "MHY"), **dict.fromkeys(("recovery.record", "recovery.take", "recovery.close"), ("O", "O")),
    **dict.fromkeys(("share.order", "share.pay", "share.return"), ("OF", "OF")), **dict.fromkeys(("recovery.remind", "recovery.warn"), ("Y", "Y")),
    "review.open": ("MHY", "MHY"), **dict.fromkeys(("review.propose", "review.finish"), ("O", "O")), "review.print": ("OMHFLU", "OMHFLU"),
    **dict.fromkeys(("review.return", "review.change_nothing", "review.change"), ("HL", "HL")),
    "case.take_file": ("OHU", "OHU"), "offer.take_file": ("B", ""),
    "card.draft": ("OMH", "OMH"), "card.propose": ("OMH", "OMH"), "card.drop": ("OMH", "OMH"), "card.adopt": ("MH", "MH"),
    "card.recall": ("OMH", "OMH"), "card.withdraw": ("MH", "MH"),
    "match.propose": ("O", "O"), "match.round": ("O", "O"), "match.pass_over": ("S", ""), "consent.grant": ("S", ""), "consent.withdraw": ("S", ""),
    "dossier.pass_on": ("S", ""), "dossier.send": ("O", "O"), "dossier.open": ("CSOBU", "OBU"), "dossier.print": ("CSOBU", "OBU"),
    "session.plan": ("O", "O"), "session.seat": ("O", "O"), "session.mend": ("O", "O"), "session.open": ("O", "O"), "session.close": ("O", "O"),
    "session.invite": ("O", "O"), "session.remind": ("Y", "Y"), "guest.answer": ("CSB", ""), "guest.arrive": ("O", "O"),
    "clock.start": ("O", "O"), "clock.stop": ("O", "O"), "clock.next": ("O", "O"),
    "intent.record": ("B", ""), "intent.type": ("O", "O"), "commitment.report": ("B", ""), "commitment.follow": ("Y", "Y"),
    "match.claim": ("B", ""), "claim.lapse": ("Y", "Y"), "match.remind": ("Y", "Y"), "match.silent": ("Y", "Y"),
    "contest.ask": ("S", ""), "contest.review": ("B", ""), "contest.remind": ("Y", "Y"), "item.ask": ("B", ""), "item.answer": ("CS", ""), "item.drop": ("B", ""), "item.lapse": ("Y", "Y"), "item.open": ("B", ""),
    "drawdown.report": ("B", ""), "reversal.ask": ("B", ""), "reversal.confirm": ("O", "O"), "offer.make": ("B", ""), "offer.decline": ("B", ""), "offer.accept": ("S", ""), "offer.open": ("Y", "Y"),
    "consent.ask": ("B", ""), "offer.release": ("B", ""), "release.ask": ("B", ""), "release.return": ("B", ""), "release.lapse": ("Y", "Y"),
    "letter.prepare": ("O", "O"), "letter.drop": ("O", "O"), "letter.issue": ("H", "H"), "letter.repay": ("O", "O"),
    "letter.release": ("O", "O"), "letter.compensate": ("H", "H"), "letter.recover": ("H", "H"), "letter.write_off": ("H", "H"),
    "letter.write": ("O", "O"), "meeting.minutes": ("O", "O"), "letter.print": ("CSOMHBFLU", "OMHFLU"),
    "entry.propose": ("O", "O"), "entry.confirm": ("H", "H"), "entry.turn_down": ("H", "H"),
    "check.plan": ("OY", "OY"), "check.end": ("Y", "Y"), "check.visit": ("O", "O"), "check.escalate": ("Y", "Y"), "outside.record": ("O", "O"),
    "warning.raise": ("OBFY", "OBFY"), "warning.close": ("O", "O"), "warning.ask": ("O", "O"), "warning.confirm": ("O", "O"),
    "warning.return": ("O", "O"), "warning.escalate": ("Y", "Y"),
    "return.type": ("O", "O"), "return.confirm": ("O", "O"), "return.turn_down": ("O", "O"), "return.print": ("OLU", "OLU"),
    "alarm.raise": ("Y", "Y"), "alarm.end": ("Y", "Y"),
    "life.ask": ("Y", "Y"), "life.confirm": ("CS", ""), "need.close": ("SY", "Y"), "step.plan": ("O", "O"), "need.remind": ("O", "O"),
    "work.many": ("O", "O"), "view.keep": ("OLU", "OLU"), "view.drop": ("OLU", "OLU"), "handover.offer": ("O", "O"),
    "handover.take": ("O", "O"), "handover.refuse": ("O", "O"), "handover.drop": ("", ""), "handover.assign": ("L", "L"),
    "deputy.set": ("OL", "OL"), "deputy.end": ("OL", "OL"), "finding.accept": ("O", "O"), "rating.give": ("CS", ""),
    "rating.verify": ("OL", "OL"), "rating.rectify": ("OL", "OL"), "calls.draw": ("Y", "Y"), "call.back": ("OL", "OL"), "call.miss": ("OL", "OL"),
    "handler.propose": ("D", "D"), "handler.adopt": ("", ""), "handler.turn_down": ("", ""),  # never for oneself
    **dict.fromkeys(("conduct.report", "conduct.add", "payout.answer"), ("CS", "")), "conduct.answer_letter": ("A", ""),
    **dict.fromkeys(("conduct.receive", "conduct.hear", "conduct.note_try", "conduct.remind", "payout.ask"), ("Y", "Y")),
    **dict.fromkeys(  # only the two on the seats, whom the matter itself names: tests/financing/conduct
        ("conduct.open_reporter", "conduct.open_evidence", "conduct.look_into", "conduct.ask_bank", "conduct.find_breach",
         "conduct.find_nothing", "conduct.refer", "conduct.close"), ("", "")),
    **dict.fromkeys(("policy.enter", "policy.edit", "policy.write", "policy.propose", "policy.propose_clause", "policy.adopt", "policy.turn_down", "policy.adopt_clause", "policy.turn_down_clause", "policy.repeal", "policy.answer", "policy.notify", "policy.print", "policy.review", "policy.refuse", "policy.publicise", "policy.ask_payment", "policy.pay", "policy.return_payment"), ("O", "O")),
    **dict.fromkeys(("policy.expire", "policy.tell_window", "policy.escalate"), ("Y", "Y")), **dict.fromkeys(("policy.state_facts", "policy.ask"), ("CS", "")), **dict.fromkeys(("policy.apply", "policy.withdraw"), ("S", "")),
    "bridge.open_pool": ("F", "F"), "bridge.propose_move": ("F", "F"), "bridge.confirm_move": ("OFL", "OFL"), "bridge.turn_down_move": ("OFL", "OFL"),
    "bridge.apply": ("SO", "O"), "bridge.withdraw": ("SO", "O"), "bridge.ask_renewal": ("S", ""), "bridge.prove": ("CSOBF", "OF"), "bridge.refuse": ("OF", "OF"),
    "bridge.promise": ("B", ""), "bridge.take_back": ("B", ""), "bridge.deposit": ("BF", "F"), "bridge.sign": ("OHFL", "OHFL"), "bridge.approve": ("OHFL", "OHFL"),
    "bridge.release": ("F", "F"), "bridge.renewed": ("BF", "F"), "bridge.report_return": ("BF", "F"), **dict.fromkeys(("bridge.report_fee", "bridge.propose_loss", "bridge.propose_recovery"), ("F", "F")),
    **dict.fromkeys(("bridge.return_part", "bridge.return", "bridge.settle", "bridge.lose", "bridge.recover"), ("OFL", "OFL")),
    "bridge.alert": ("Y", "Y"), "bridge.breach": ("BFY", "FY"), "bridge.suspend": ("BFY", "FY"), "bridge.ask_lift": ("OF", "OF"),
    "bridge.lift": ("OFL", "OFL"), "bridge.keep": ("OFL", "OFL"), "bridge.print": ("OFLU", "OFLU"),
    **dict.fromkeys(("inspection.book", "inspection.join", "inspection.cancel", "inspection.record", "charge.list", "charge.end"), ("O", "O")),
    **dict.fromkeys(("inspection.approve", "inspection.refuse"), ("L", "L")), "unannounced.say": ("CS", ""), "unannounced.answer": ("OL", "OL"),
    **dict.fromkeys(("event.plan", "event.move", "event.cancel", "event.hold", "event.came", "event.missed"), ("O", "O")),
    **dict.fromkeys(("event.sign_up", "event.leave", "event.rate"), ("CS", "")), "event.move_up": ("CS", "CS"),
    "task.set": ("OL", "OL"), "task.prove": ("", ""), "task.accept": ("OL", "OL"), "task.return": ("OL", "OL"), "task.drop": ("OL", "OL"), "task.escalate": ("Y", "Y"),
    **dict.fromkeys(("helper.set", "pairing.set", "pairing.visit", "visit.plan", "visit.drop", "goal.set", "goal.note", "goal.reach", "goal.drop"), ("OL", "OL")),
    "request.add": ("CSOL", "OL"), **dict.fromkeys(("request.sign", "request.answer"), ("OL", "OL")),
    **dict.fromkeys(("request.raise", "request.reopen", "request.close", "request.withdraw"), ("CS", "")), **dict.fromkeys(("request.escalate", "request.remind"), ("Y", "Y")),
    **dict.fromkeys(("slot.publish", "slot.withdraw", "appointment.accept", "appointment.refer", "appointment.shift"), ("OL", "OL")),
    **dict.fromkeys(("appointment.hold", "appointment.miss_firm", "appointment.miss_leader"), ("OL", "OL")),
    "appointment.book": ("CS", ""), "appointment.cancel": ("CSOL", "OL"), "appointment.escalate": ("Y", "Y"),
    "yearly.open": ("OY", "OY"), "yearly.remind": ("Y", "Y"), "yearly.answer": ("CSO", "O"),
    "keys.rotate": ("Y", "Y"), "contact.show": ("U", "U"), "emergency.ask": ("D", "D"), **dict.fromkeys(("emergency.open", "emergency.turn_down"), ("U", "U")), **dict.fromkeys(("emergency.withdraw", "emergency.look"), ("", "")), "emergency.end": ("UY", "UY"),  # the rest: who asked
    "journal.read": ("U", "U"), "denied": (EVERY, EVERY), "demo.fill": ("Y", "Y"),
}  # fmt: skip
OTHERS = {
    "proposed_by": 98,
    "prepared_by": 98,
    "recalled_by": 98,
    "shown_by": 98,
    "invited_by": 98,
    "user_id": 7,
    "asked_by": 98,
    "made_by": 98,
}
OWN = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS, chair_aside=False)
STRANGE = SimpleNamespace(firm_id=2, bank_id=2, officer_id=99, **OTHERS, chair_aside=False)
NOBODYS = SimpleNamespace(firm_id=None, bank_id=None, officer_id=99, **OTHERS, chair_aside=False)


def actor(letter, **facts):
    return Actor(7, LETTERS[letter], **facts)


def passing(act, subject, **owner):
    return "".join(letter for letter in EVERY if may(actor(letter, **owner), act, subject))


def test_every_act_stands_in_the_matrix():
    assert set(MATRIX) == {act.value for act in Act} == {act.value for act in RULES}


@pytest.mark.parametrize("act", Act)
def test_the_rules_are_the_matrix(act):
    own, strange = MATRIX[act.value]
    assert passing(act, OWN, firm_id=1, bank_id=1) == own
    assert passing(act, STRANGE, firm_id=1, bank_id=1) == strange
    assert passing(act, NOBODYS) == strange  # who has no firm owns nothing, not everything without an owner


@pytest.mark.parametrize("act", Act)
def test_only_the_roles_that_a_rule_names_can_ever_pass(act):
    everything = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS, chair_aside=True)
    found = {LETTERS[letter] for letter in passing(act, everything, firm_id=1, bank_id=1)}
    assert found <= RULES[act].roles
    assert RULES[act].says


def test_nobody_who_had_decided_gives_a_second_look():
    facts = {"firm_id": 1, "officer_id": 99, **OTHERS, "chair_aside": False}
    for deciders, zone, bank in (([], "O", "B"), ([7], "", "")):
        assert (
            passing(Act.REVIEW_CONTEST, SimpleNamespace(**facts, bank_id=None, of_the_zone=True, deciders=deciders))
            == zone
        )
        assert (
            passing(
                Act.REVIEW_CONTEST, SimpleNamespace(**facts, bank_id=1, of_the_zone=False, deciders=deciders), bank_id=1
            )
            == bank
        )


def test_who_brought_a_case_neither_votes_nor_seals():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=7, **OTHERS, chair_aside=True)
    for act in (
        "case.vote", "case.seal", "case.approve", "case.condition", "case.reject", "case.defer", "case.jump", "case.call_in",
        "case.decide_small", "case.refer",
    ):  # fmt: skip
        assert passing(Act(act), mine) == ""


def test_who_put_a_card_forward_does_not_adopt_it_and_who_wants_it_back_does_not_confirm_that():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, chair_aside=False, proposed_by=7, recalled_by=98)
    assert (passing(Act.ADOPT_CARD, mine), passing(Act.WITHDRAW_CARD, mine)) == ("", "MH")
    mine.proposed_by, mine.recalled_by = 98, 7
    assert (passing(Act.ADOPT_CARD, mine), passing(Act.WITHDRAW_CARD, mine)) == ("MH", "")


def test_I20_nobody_reviews_their_own_visit_or_accepts_their_own_proof():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=7, **OTHERS | {"shown_by": 7}, chair_aside=False)
    assert [passing(act, mine) for act in (Act.REVIEW_SURVEY, Act.ACCEPT_PROOF, Act.TURN_DOWN_PROOF)] == ["", "", ""]


def test_a_hand_over_is_answered_by_its_receiver_and_taken_back_by_whoever_offered_it():
    somebody_elses = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, user_id=8, proposed_by=8)
    own = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, user_id=8, proposed_by=7)
    acts = (Act.TAKE_CASES, Act.REFUSE_CASES, Act.UNOFFER_CASES)
    assert [passing(act, somebody_elses) for act in acts] == ["", "", ""]
    assert [passing(act, own) for act in acts] == ["", "", "O"]


def test_who_handled_a_matter_neither_verifies_what_was_said_of_it_nor_calls():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=7, user_id=8, proposed_by=8)
    for act in (Act.VERIFY_RATING, Act.RECTIFY, Act.CALL_BACK, Act.MISS_CALL):
        assert passing(act, mine) == ""


def test_a_key_is_taken_and_used_by_the_officer_who_answers_for_it_alone():
    somebody_elses = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS | {"user_id": 8}, chair_aside=False)
    found = [passing(act, somebody_elses, bank_id=1) for act in (Act.TAKE_KEY, Act.USE_KEY, Act.REVOKE_KEY)]
    assert found == ["", "", "BA"]


def test_an_address_is_confirmed_and_dropped_by_its_owner_alone():
    for act in (Act.CONFIRM_ADDRESS, Act.DROP_ADDRESS):
        who = [may(Actor(number, Role.OFFICER), act, SimpleNamespace(user_id=7)) for number in (7, 8)]
        assert who == [True, False]


def test_a_task_is_proved_by_its_owner_and_accepted_by_somebody_else():
    acts = (Act.PROVE_TASK, Act.ACCEPT_TASK, Act.RETURN_TASK)
    assert [passing(act, SimpleNamespace(owner_id=7)) for act in acts] == ["OL", "", ""]
    assert [passing(act, SimpleNamespace(owner_id=8)) for act in acts] == ["", "OL", "OL"]


def test_I20_nobody_decides_what_they_proposed():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS | {"proposed_by": 7}, chair_aside=False)
    assert [
        passing(act, mine)
        for act in (Act.ADOPT_TERMS, Act.TURN_DOWN_TERMS, Act.ADOPT_AGREEMENT, Act.TURN_DOWN_AGREEMENT)
    ] == [""] * 4
    assert [passing(act, mine) for act in (Act.DECIDE_SMALL, Act.REFER_CASE)] == ["", ""]


def test_I20_nobody_issues_the_letter_they_prepared_or_confirms_the_entry_they_put_forward():
    mine = SimpleNamespace(
        firm_id=1, bank_id=1, officer_id=99, **OTHERS | {"prepared_by": 7, "proposed_by": 7}, chair_aside=True
    )
    assert [passing(act, mine) for act in (Act.ISSUE_LETTER, Act.CONFIRM_ENTRY, Act.TURN_DOWN_ENTRY)] == ["", "", ""]


def test_I20_nobody_confirms_the_money_they_reported_or_lifts_the_suspension_they_asked_to_lift():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS | {"proposed_by": 7, "asked_by": 7})
    acts = (Act.CONFIRM_MOVE, Act.TURN_DOWN_MOVE, Act.LIFT_SUSPENSION, Act.KEEP_SUSPENSION)
    assert [passing(act, mine) for act in acts] == [""] * 4


def test_I20_nobody_publishes_the_policy_they_wrote_or_confirms_the_payment_they_asked_for():
    mine = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS | {"proposed_by": 7, "asked_by": 7})
    acts = (
        Act.ADOPT_POLICY,
        Act.TURN_DOWN_POLICY,
        Act.ADOPT_CLAUSE,
        Act.TURN_DOWN_CLAUSE,
        Act.PAY_CLAIM,
        Act.RETURN_PAYMENT,
    )
    assert [passing(act, mine) for act in acts] == [""] * 6


def test_I20_a_handler_is_confirmed_by_who_neither_proposed_them_nor_is_meant():
    """Found by mutants: the hand table knows the seat of oneself alone."""

    def found(proposer, meant):
        post = SimpleNamespace(proposed_by=proposer, user_id=meant)
        return [passing(act, post) for act in (Act.ADOPT_HANDLER, Act.TURN_DOWN_HANDLER)]

    assert found(proposer=8, meant=9) == ["HD", "HD"]
    assert found(proposer=8, meant=None) == ["HD", "HD"]  # a seat left empty is confirmed too
    assert found(proposer=7, meant=9) == ["", ""]
    assert found(proposer=8, meant=7) == ["", ""]


def test_when_the_chair_is_aside_members_may_declare_the_count():
    aside = SimpleNamespace(firm_id=1, bank_id=1, officer_id=99, **OTHERS, chair_aside=True)
    assert passing(Act.SEAL_CASE, aside) == "MH"
    assert passing(Act.DEFER_CASE, aside) == "MH"


def test_a_refused_act_says_who_may():
    with pytest.raises(NotAllowed) as refusal:
        require(actor("M"), Act.SEAL_CASE, OWN)
    assert refusal.value.facts["act"] is Act.SEAL_CASE
    assert "chair" in refusal.value.facts["who"]
    require(actor("H"), Act.SEAL_CASE, OWN)


#: Table -> roles that see anything of it at all.
SIGHT = {
    "firm": "CSOMHUD", "need": "CSOMHBUD", "paper": "CSOMHUD", "invoice": "CSO", "statement_line": "CSO",
    "assessment": "CSOMHU", "raised_flag": "OMHU", "guarantee_case": "CSOMHUD", "meeting": "OMHLU", "seat": "OMHU", "agenda_jump": "OMHU", "deferral": "OMHU", "delegation": "OMHU", "tie": "MHU", "ballot": "MHU",
    "resolution": "OMHU", "exposure_limit": "OMHFLU", "terms_change": "OMHFLU", "sharing_agreement": "OMHBAFLU", "counter_guarantee": "CSOMHU", "document": "OMHBFU", "relation": "OMHU", "journal": "CSOU", "checkpoint": "U", "invitation": "D", "decline": "CSOBU", "card_version": EVERY[:-1],
    "objection": "CSOMHBLU", "erasure": "CSOMHBAFLUD", "expired": "OUD", "impact": "OLUD",
    "permit": "CSOMHBU", **dict.fromkeys(("incident", "incident_party"), "CSOMHBAFLUD"),  # of the others: what they were told
    "watch_check": "CSOBU", "watch_visit": "OU", "warning": "OBU", "outside_fact": "OU", "watch_escalation": "OU",
    **dict.fromkeys(("inspection", "inspection_party", "unannounced_word"), "CSOLU"), "charge": "VCSOMHBAFLUD",
    **dict.fromkeys(("emergency", "emergency_look"), "CSUD"),  # of an administrator: what they asked for and looked at
    "event": "VCSOMHBAFLUD", "event_place": "CSOU", "event_rating": "CS",
    "interest_declaration": "OMHU", "expert": "OMHU", "expert_draw": "OMHU",
    "guarantee": "CSOMHBUD", "guarantee_entry": "CSOMHBU", "entry_proposal": "OMHU",
    "loan": "CSOHBUD", **dict.fromkeys(("loan_plan", "loan_repayment", "repayment_reversal", "renewal_call", "renewal_choice"), "CSOHBU"), "loan_change": "CSOMHBU", "loan_class": "OHU",
    **dict.fromkeys(("conduct_case", "reporter", "conduct_evidence", "conduct_note"), "OL"),  # of them the two on the seats alone
    "reserve_posting": "OMHFLU",
    **dict.fromkeys(("dispatch", "dispatch_decision"), "OLU"), "bulletin": EVERY[:-1], "bulletin_delivery": "OU",
    "conduct_letter": "OAL", "payout_check": "CS", "handler_post": "HUD",
    **dict.fromkeys(("compensation_claim", "compensation_item", "compensation_promise", "compensation_pause", "compensation_answer"), "OMHBFLU"),
    **dict.fromkeys(("compensation_decision", "compensation_cut", "bank_stop"), "OMHBFLU"), "compensation_part": "OMHFLU", **dict.fromkeys(("recovery_case", "recovery_step", "recovery_share"), "OHFLU"), "compensation_review": "OMHFLU",
    "issued_paper": "CSOMHBFLU",  # of leaders: the periodic statistics alone; of fund managers: promises of renewal
    **dict.fromkeys(("bridge_use", "bridge_promise", "bridge_release", "bridge_renewal", "bridge_alert", "bridge_move", "bridge_posting"), "CSOHBAFLU"),
    **dict.fromkeys(("bridge_breach", "bridge_ban"), "OHBAFLU"), "bridge_pool": "OHFLU",
    **dict.fromkeys(("help_task", "help_escalation", "help_pairing", "help_goal", "help_goal_note", "help_visit", "help_visit_plan", "help_request", "help_word"), "CSOLU"),
    **dict.fromkeys(("help_appointment", "help_survey_answer", "help_helper", "help_slot", "help_survey", "help_rating"), "CSOLU"), "help_survey_reminder": "OLU",
    **dict.fromkeys(("policy", "policy_clause", "policy_question", "policy_claim"), EVERY[:-1]),  # of the last two what is published
    "policy_line": "CSOLU", "policy_facts": "CSOU", "policy_alert": "CSOU",
}  # fmt: skip


@pytest.mark.parametrize("table", SIGHT)
def test_a_table_that_is_not_granted_is_not_seen(table):
    assert "".join(letter for letter, role in LETTERS.items() if table in SEEN[role]) == SIGHT[table]


@pytest.fixture
def two_firms(database):
    with writing(database) as session:
        firms = [a_firm(session), a_firm(session)]
        for firm in firms:
            a_need(session, firm)
            a_need(session, firm, state=NeedState.SUBMITTED)
        a_bank(session)
        for role in (Role.MEMBER, Role.CHAIR, Role.ADMIN):
            a_user(session, role)
        return firms


def seen(database, who, kind):
    with writing(database) as session:
        return list(session.scalars(select(kind).where(seen_by(who, kind, NOW))))


def test_a_firm_sees_itself_alone_and_others_see_no_draft(database, two_firms):
    one, other = two_firms
    for role in (Role.CLERK, Role.SIGNATORY):
        assert {need.firm_id for need in seen(database, Actor(7, role, firm_id=one.id), Need)} == {one.id}
        assert [firm.id for firm in seen(database, Actor(7, role, firm_id=other.id), Firm)] == [other.id]
        assert seen(database, Actor(7, role), Firm) == []
    for letter, count in (
        ("O", 2),
        ("U", 2),
        ("Y", 4),
        ("V", 0),
        ("M", 0),
        ("H", 0),
        ("B", 0),
        ("A", 0),
        ("L", 0),
        ("D", 0),
    ):
        who = SYSTEM if letter == "Y" else actor(letter, bank_id=5)
        assert len(seen(database, who, Need)) == count, letter
    assert len(seen(database, actor("L"), Bank)) == 1
    assert seen(database, VISITOR, Bank) == []


#: State of the match, days from now of the consent's beginning and end, withdrawn, for this bank -> whether the bank reads.
CONSENTS = [
    ("sent", -1, 1, False, True, True),
    ("offered", -1, 1, False, True, True),
    ("chosen", -1, 1, False, True, True),
    ("declined", -1, 1, False, True, True),
    ("proposed", -1, 1, False, True, False),
    ("consented", -1, 1, False, True, False),
    ("withdrawn", -1, 1, False, True, False),
    ("sent", -1, 1, True, True, False),
    ("sent", 0, 1, False, True, True),  # from this very moment
    ("sent", -1, 0, False, True, False),  # until, and not at, this moment
    ("sent", 1, 2, False, True, False),
    ("sent", -1, 1, False, False, False),
]


@pytest.mark.parametrize(("state", "since", "until", "withdrawn", "ours", "reads"), CONSENTS)
def test_a_bank_reads_under_an_effective_consent_alone(
    database, two_firms, state, since, until, withdrawn, ours, reads
):
    with writing(database) as session:
        bank, other = a_bank(session), a_bank(session)
        need = session.scalars(select(Need).where(Need.state == NeedState.SUBMITTED)).first()
        match = Match(need_id=need.id, firm_id=need.firm_id, bank_id=bank.id, product_id=a_product(session, bank).id, fit=1,
                      reasons=[], proposed_on=TODAY, state=MatchState(state))  # fmt: skip
        consent = Consent(
            number="SQ2026-0001", firm_id=need.firm_id, need_id=need.id, bank_id=bank.id if ours else other.id, scope=[],
            purpose=Consented.FINANCING, text_version="1", text_hash="", granted_by=1,
            valid_from=NOW + timedelta(days=since), valid_until=NOW + timedelta(days=until),
            withdrawn_at=NOW if withdrawn else None,
        )  # fmt: skip
        session.add_all([match, consent])
    banker = actor("B", bank_id=bank.id)
    assert [found.id for found in seen(database, banker, Match)] == ([match.id] if reads else [])
    assert [found.id for found in seen(database, banker, Need)] == ([need.id] if reads else [])
    assert seen(database, actor("B"), Match) == []
    assert seen(database, actor("B", bank_id=other.id), Match) == []
    for letter in "CS":
        assert len(seen(database, actor(letter, firm_id=need.firm_id), Consent)) == 1


def test_who_calls_a_meeting_sees_the_committee_and_no_other_account(database, two_firms):
    assert {user.role for user in seen(database, actor("H"), User)} == {Role.MEMBER, Role.CHAIR}
    assert {user.role for user in seen(database, actor("D"), User)} == {Role.MEMBER, Role.CHAIR, Role.ADMIN}
    assert Role.ADMIN not in {user.role for user in seen(database, actor("O"), User)}
    for letter in "MLBAFU":
        assert seen(database, actor(letter), User) == []


FLOWING = sorted(
    {mapper.class_ for mapper in Base.registry.mappers if hasattr(mapper.class_, "flow")},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", FLOWING, ids=lambda kind: kind.__name__)
def test_whoever_looks_at_a_thing_in_any_state_may_be_asked_what_they_may_do(kind):
    """What only follows from another thing has rules about that thing: nobody is asked about it here."""
    configure_mappers()
    manager = inspect(kind).class_manager
    for state in {before for before, _act in kind.flow.steps}:
        thing = manager.new_instance()
        manager.setup_instance(thing)
        thing.state, thing.deciders = state, []
        for role in Role:
            asked = {act: may(Actor(7, role, 1, 1, ""), act, thing) for act in kind.flow.acts_from(state)}
            assert set(asked.values()) <= {True, False}


def test_an_officer_looks_at_a_need_that_an_objection_may_open_again(sqlite_database):
    with writing(sqlite_database) as session:
        need = a_need(session, a_firm(session), state=NeedState.INELIGIBLE)
        people = [a_user(session, Role.OFFICER).actor, a_user(session, Role.BANKER, bank_id=a_bank(session).id).actor]
        key = need.id
    for person in people:
        with at(sqlite_database, person, write=False) as desk:
            offered = desk.acts(desk.session.get_one(Need, key))
        assert not {act for _, act in Need.flow.follows} & set(offered)  # said of the objection, the need follows
