"""Every act the platform knows. One word serves as permission, transition, journal line, route and button."""

from enum import StrEnum


class Act(StrEnum):
    # people
    SIGN_IN = "people.sign_in"
    SIGN_OUT = "people.sign_out"
    INVITE = "people.invite"
    JOIN = "people.join"
    DISABLE_USER = "people.disable"
    SEE_NOTICES = "notices.see"
    # firms, banks, the guarantor
    REGISTER_FIRM = "firm.register"
    CONFIRM_FIRM = "firm.confirm"
    EDIT_FIRM = "firm.edit"
    RECORD_FACTS = "firm.record"
    ADD_BANK = "bank.add"
    ADD_PRODUCT = "product.add"
    SET_GUARANTOR = "guarantor.set"
    # the guarantor's terms and limits, and documents of the zone's side
    PROPOSE_TERMS = "terms.propose"
    PROPOSE_LIMIT = "terms.propose_limit"
    ADOPT_TERMS = "terms.adopt"
    TURN_DOWN_TERMS = "terms.turn_down"
    ADD_DOCUMENT = "document.add"
    OPEN_DOCUMENT = "document.open"
    # related parties
    ADD_RELATION = "relation.add"
    END_RELATION = "relation.end"
    REPORT_CASE = "case.report"
    # papers
    ADD_PAPER = "paper.add"
    OPEN_PAPER = "paper.open"
    # needs
    DRAFT_NEED = "need.draft"
    EDIT_NEED = "need.edit"
    SUBMIT_NEED = "need.submit"
    WITHDRAW_NEED = "need.withdraw"
    RETURN_NEED = "need.return"
    ACCEPT_NEED = "need.accept"
    ASSESS_NEED = "need.assess"
    LOOK_AT_FLAG = "flag.look"
    REFUSE_NEED = "need.refuse"
    # scorecards
    DRAFT_CARD = "card.draft"
    PROPOSE_CARD = "card.propose"
    DROP_CARD = "card.drop"
    ADOPT_CARD = "card.adopt"
    RECALL_CARD = "card.recall"
    WITHDRAW_CARD = "card.withdraw"
    # due diligence
    RECORD_SURVEY = "survey.record"
    REVIEW_SURVEY = "survey.review"
    # guarantee cases and the committee
    OPEN_CASE = "case.open"
    CALL_MEETING = "meeting.call"
    OPEN_MEETING = "meeting.open"
    CLOSE_MEETING = "meeting.close"
    TABLE_CASE = "case.table"
    DECLARE_TIE = "case.recuse"
    CAST_VOTE = "case.vote"
    CLOSE_ROUND = "case.discuss"
    SEAL_CASE = "case.seal"
    APPROVE_CASE = "case.approve"
    CONDITION_CASE = "case.condition"
    REJECT_CASE = "case.reject"
    DEFER_CASE = "case.defer"
    PRINT_RESOLUTION = "case.print"
    SHOW_PROOF = "condition.show"
    ACCEPT_PROOF = "condition.accept"
    TURN_DOWN_PROOF = "condition.turn_down"
    # matching, consent, dossiers
    PROPOSE_MATCH = "match.propose"
    GRANT_CONSENT = "consent.grant"
    WITHDRAW_CONSENT = "consent.withdraw"
    PASS_OVER = "match.pass_over"
    SEND_DOSSIER = "dossier.send"
    OPEN_DOSSIER = "dossier.open"
    PRINT_DOSSIER = "dossier.print"
    # forum sessions
    PLAN_SESSION = "session.plan"
    SEAT_SESSION = "session.seat"
    OPEN_SESSION = "session.open"
    CLOSE_SESSION = "session.close"
    # offers
    MAKE_OFFER = "offer.make"
    DECLINE_NEED = "offer.decline"
    ACCEPT_OFFER = "offer.accept"
    # the platform itself
    READ_JOURNAL = "journal.read"
    DENIED = "denied"
    FILL_DEMO = "demo.fill"
