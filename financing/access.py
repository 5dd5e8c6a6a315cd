"""Who may do what, and who may see what. These two tables are the whole authorisation policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from financing.acts import Act
from financing.refusals import NotAllowed


class Role(StrEnum):
    """The thirteen kinds of actor; two letters in the brackets are the matrix's."""

    VISITOR = "visitor"  # ANON
    CLERK = "clerk"  # EU, fills in for the firm
    SIGNATORY = "signatory"  # EF, binds the firm
    OFFICER = "officer"  # CO, zone case officer
    MEMBER = "member"  # GM, guarantee committee
    CHAIR = "chair"  # GC
    BANKER = "banker"  # BO
    BANK_ADMIN = "bank_admin"  # BA
    FUND = "fund"  # FM
    LEADER = "leader"  # PL
    AUDITOR = "auditor"  # AU
    ADMIN = "admin"  # PA
    SYSTEM = "system"  # SYS


FIRM = frozenset({Role.CLERK, Role.SIGNATORY})
COMMITTEE = frozenset({Role.MEMBER, Role.CHAIR})
BANK = frozenset({Role.BANKER, Role.BANK_ADMIN})
#: Whoever can decide on a case: members of the committee, and officers on small ones (F41).
DECIDERS = COMMITTEE | {Role.OFFICER}


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    role: Role
    firm_id: int | None = None
    bank_id: int | None = None
    name: str = ""
    key_id: int | None = None  # a bank's own system acting for this officer, by this key


VISITOR = Actor(0, Role.VISITOR)
SYSTEM = Actor(0, Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Who:
    """A readable test of an actor against the thing acted upon; `roles` is who can ever pass it."""

    says: str
    roles: frozenset[Role]
    test: Callable[[Actor, Any], bool]

    def __and__(self, other: Who) -> Who:
        return Who(
            f"{self.says}, {other.says}", self.roles & other.roles, lambda a, s: self.test(a, s) and other.test(a, s)
        )

    def __or__(self, other: Who) -> Who:
        return Who(
            f"{self.says} or {other.says}", self.roles | other.roles, lambda a, s: self.test(a, s) or other.test(a, s)
        )


def role(says: str, *roles: Role) -> Who:
    return Who(says, frozenset(roles), lambda actor, _: actor.role in roles)


EVERYONE = frozenset(Role)
anyone = role("anyone", *Role)
signed_in = role("anyone signed in", *(EVERYONE - {Role.VISITOR, Role.SYSTEM}))
visitor = role("a visitor", Role.VISITOR)
own_firm = Who(
    "the firm itself", FIRM, lambda a, s: a.role in FIRM and a.firm_id is not None and a.firm_id == s.firm_id
)
signatory = role("its signatory", Role.SIGNATORY)
officer = role("a zone officer", Role.OFFICER)
committee = role("a committee member", *COMMITTEE)
chair = role("the chair", Role.CHAIR)
chair_aside = Who(
    "in place of a tied chair", COMMITTEE, lambda a, s: a.role in COMMITTEE and getattr(s, "chair_aside", False)
)
banker = role("a bank officer", Role.BANKER)
bank_admin = role("a bank's administrator", Role.BANK_ADMIN)
own_bank = Who("of the bank it was sent to", BANK, lambda a, s: a.bank_id is not None and a.bank_id == s.bank_id)
its_holder = Who("who answers for it", EVERYONE, lambda a, s: a.id == s.user_id)
not_its_officer = Who("not the one who brought the case", EVERYONE, lambda a, s: a.id != s.officer_id)
of_the_zone = Who("of what the zone decided", EVERYONE, lambda _, s: getattr(s, "of_the_zone", False))
no_decider = Who("nobody who had decided", EVERYONE, lambda a, s: a.id not in getattr(s, "deciders", ()))
fund = role("the fund manager", Role.FUND)
not_its_proposer = Who("not the one who proposed it", EVERYONE, lambda a, s: a.id != s.proposed_by)
not_its_preparer = Who("not the one who prepared it", EVERYONE, lambda a, s: a.id != s.prepared_by)
not_its_recaller = Who("not the one who asked for it back", EVERYONE, lambda a, s: a.id != s.recalled_by)
not_the_visitor = Who("another officer than the one who went there", EVERYONE, lambda a, s: a.id != s.officer_id)
not_who_handed_in = Who("not the one who handed it in", EVERYONE, lambda a, s: a.id != s.shown_by)
its_proposer = Who("who put it forward", EVERYONE, lambda a, s: a.id == s.proposed_by)
leader = role("a leader", Role.LEADER)
heads_section = officer & Who("who heads the section", EVERYONE, lambda a, s: a.id == getattr(s, "head_id", 0))
staff = role("whoever keeps lists of the zone", Role.OFFICER, Role.LEADER, Role.AUDITOR)
admin = role("an administrator", Role.ADMIN)
auditor = role("an auditor", Role.AUDITOR)
system = role("the platform itself", Role.SYSTEM)

RULES: Mapping[Act, Who] = {
    Act.SIGN_IN: anyone,
    Act.SIGN_OUT: signed_in,
    Act.INVITE: admin | system,
    Act.JOIN: visitor | system,
    Act.OPEN_ACCOUNT: visitor,
    Act.DISABLE_USER: admin,
    **dict.fromkeys((Act.SEE_NOTICES, Act.SET_NOTICES, Act.ADD_ADDRESS), signed_in),
    **dict.fromkeys((Act.CONFIRM_ADDRESS, Act.DROP_ADDRESS), signed_in & its_holder),
    Act.STOP_NOTICES: anyone,
    Act.SEND_AGAIN: admin,
    Act.REGISTER_FIRM: signatory | system,
    **dict.fromkeys((Act.TYPE_FIRM, Act.INVITE_FIRM), officer),
    Act.CONFIRM_FIRM: officer,
    Act.EDIT_FIRM: own_firm | officer,
    Act.RECORD_FACTS: officer,
    Act.ADD_BANK: officer | system,
    Act.ADD_PRODUCT: officer | (bank_admin & own_bank) | system,
    Act.WITHDRAW_PRODUCT: officer | (bank_admin & own_bank),
    Act.GIVE_RIGHT: bank_admin & own_bank,
    Act.GIVE_KEY: bank_admin & own_bank,
    Act.TAKE_KEY: banker & own_bank & its_holder,
    Act.REVOKE_KEY: (banker | bank_admin) & own_bank,
    Act.USE_KEY: banker & own_bank & its_holder,
    Act.STATE_LOANS: own_firm,
    Act.ISSUE_STATISTICS: officer | system,
    Act.SET_TARGET: officer | role("a leader", Role.LEADER),
    **dict.fromkeys((Act.TAKE_LIST, Act.GIVE_LIST, Act.VERIFY_LOANS), officer),
    **dict.fromkeys(
        (Act.BEGIN_IMPORT, Act.CONFIRM_IMPORT, Act.STOP_IMPORT, Act.RESUME_IMPORT), officer | (bank_admin & own_bank)
    ),
    **dict.fromkeys((Act.CHECK_IMPORT, Act.PASS_IMPORT, Act.FAIL_IMPORT, Act.PUBLISH_FIGURES), system),
    Act.GIVE_SHEET: signed_in,
    Act.COMMENT_SCORE: (banker | bank_admin) & own_bank,
    Act.SET_APPETITE: (banker | bank_admin) & own_bank,
    Act.SET_GUARANTOR: system,
    **dict.fromkeys((Act.PROPOSE_TERMS, Act.PROPOSE_LIMIT, Act.PROPOSE_AGREEMENT), officer | fund),
    **dict.fromkeys((Act.ADOPT_TERMS, Act.TURN_DOWN_TERMS), chair & not_its_proposer),
    **dict.fromkeys((Act.ADOPT_AGREEMENT, Act.TURN_DOWN_AGREEMENT), chair & not_its_proposer),
    Act.ADD_RELATION: officer,
    Act.END_RELATION: officer,
    Act.REPORT_CASE: officer,
    Act.ADD_DOCUMENT: officer | fund | chair,
    Act.OPEN_DOCUMENT: officer | fund | committee | auditor,
    Act.ADD_PAPER: own_firm | officer,
    Act.OPEN_PAPER: own_firm | officer | committee | auditor,
    Act.SUPPLY_PAPER: own_firm | officer,
    Act.END_PROMISE: own_firm | officer | system,
    **dict.fromkeys((Act.REMIND_PAPER, Act.BREAK_PROMISE, Act.ESCALATE_STEP, Act.RECOUNT_STEP), system),
    **dict.fromkeys((Act.REJECT_PAPER, Act.HALT_STEP, Act.RESUME_STEP, Act.EXPLAIN_STEP, Act.ASK_EXTENSION), officer),
    **dict.fromkeys((Act.AGREE_EXTENSION, Act.TURN_DOWN_EXTENSION), officer & not_its_proposer),
    Act.SET_POST: admin,
    Act.DRAFT_NEED: own_firm,
    Act.EDIT_NEED: own_firm,
    Act.SUBMIT_NEED: own_firm & signatory,
    Act.WITHDRAW_NEED: own_firm & signatory,
    Act.TYPE_NEED: officer,
    **dict.fromkeys((Act.CONFIRM_BEHALF, Act.OBJECT_BEHALF), own_firm & signatory),
    Act.RETURN_NEED: officer,
    Act.ACCEPT_NEED: officer,
    Act.ASSESS_NEED: officer | system,
    Act.LOOK_AT_FLAG: officer,
    Act.REFUSE_NEED: officer,
    **dict.fromkeys((Act.LAPSE_BEHALF, Act.ASK_LIFE), system),
    Act.CONFIRM_LIFE: own_firm,
    Act.CLOSE_NEED: (own_firm & signatory) | system,
    **dict.fromkeys((Act.DRAFT_CARD, Act.PROPOSE_CARD, Act.DROP_CARD), officer | committee),
    Act.ADOPT_CARD: committee & not_its_proposer,
    Act.RECALL_CARD: officer | committee,
    Act.WITHDRAW_CARD: committee & not_its_recaller,
    Act.RECORD_SURVEY: officer,
    Act.REVIEW_SURVEY: officer & not_the_visitor,
    Act.OPEN_CASE: officer,
    **dict.fromkeys((Act.ASK_SECURITY, Act.FORGO_SECURITY, Act.WAIVE_SECURITY), officer),
    **dict.fromkeys((Act.GIVE_SECURITY, Act.REGISTER_SECURITY, Act.RELEASE_SECURITY), officer),
    Act.CALL_MEETING: officer | chair,
    **dict.fromkeys((Act.OPEN_MEETING, Act.CLOSE_MEETING), chair),
    Act.TABLE_CASE: officer,
    Act.JUMP_CASE: (chair | chair_aside) & not_its_officer,
    Act.DECLARE_INTERESTS: committee | officer,
    Act.OPEN_INTERESTS: chair | auditor,
    Act.REMIND_INTERESTS: officer | chair,
    **dict.fromkeys((Act.ENTER_EXPERT, Act.END_EXPERT), officer),
    Act.DRAW_EXPERTS: officer | chair,
    Act.DECLARE_TIE: committee,
    Act.DERIVE_TIE: system,
    Act.IMPOSE_TIE: (chair | chair_aside) & not_its_officer,
    Act.CAST_VOTE: committee & not_its_officer,
    Act.CLOSE_ROUND: (chair | chair_aside) & not_its_officer,
    Act.SEAL_CASE: (chair | chair_aside) & not_its_officer,
    Act.APPROVE_CASE: (chair | chair_aside) & not_its_officer,
    Act.CONDITION_CASE: (chair | chair_aside) & not_its_officer,
    Act.REJECT_CASE: (chair | chair_aside) & not_its_officer,
    Act.DEFER_CASE: (chair | chair_aside) & not_its_officer,
    Act.CASE_OVERDUE: system,
    Act.DELEGATE_CASE: officer,
    Act.DECIDE_SMALL: officer & not_its_officer & not_its_proposer,
    Act.REFER_CASE: officer & not_its_officer & not_its_proposer,
    Act.CALL_IN: committee & not_its_officer,
    Act.CONFIRM_SMALL: system,
    Act.PRINT_RESOLUTION: officer | committee | auditor,
    Act.SHOW_PROOF: own_firm | officer,
    Act.ACCEPT_PROOF: officer & not_who_handed_in,
    Act.TURN_DOWN_PROOF: officer & not_who_handed_in,
    Act.PROPOSE_MATCH: officer,
    Act.CHOOSE_ROUND: officer,
    Act.ASK_CONSENT: banker & own_bank,
    Act.GRANT_CONSENT: own_firm & signatory,
    Act.WITHDRAW_CONSENT: own_firm & signatory,
    Act.PASS_OVER: own_firm & signatory,
    Act.PASS_ON: own_firm & signatory,
    Act.SEND_DOSSIER: officer,
    **dict.fromkeys((Act.RELEASE_OFFER, Act.ASK_RELEASE, Act.RETURN_RELEASE), banker & own_bank),
    Act.LAPSE_RELEASE: system,
    Act.OPEN_DOSSIER: own_firm | officer | auditor | banker,
    Act.PRINT_DOSSIER: own_firm | officer | auditor | banker,
    **dict.fromkeys(
        (Act.PLAN_SESSION, Act.SEAT_SESSION, Act.MEND_SESSION, Act.OPEN_SESSION, Act.CLOSE_SESSION), officer
    ),
    Act.INVITE_GUESTS: officer,
    Act.REMIND_GUESTS: system,
    Act.ANSWER_INVITE: own_firm | (banker & own_bank),
    **dict.fromkeys((Act.CHECK_IN, Act.START_CLOCK, Act.STOP_CLOCK, Act.NEXT_ROUND), officer),
    Act.RECORD_INTENT: banker & own_bank,
    Act.TYPE_ANSWER: officer,
    Act.REPORT_OUTCOME: banker & own_bank,
    Act.FOLLOW_UP: system,
    Act.CLAIM_NEED: banker & own_bank,
    Act.LAPSE_CLAIM: system,
    Act.REMIND_BANK: system,
    Act.SILENT_BANK: system,
    Act.CONTEST: own_firm & signatory,
    Act.REVIEW_CONTEST: (officer & of_the_zone & no_decider) | (banker & own_bank & no_decider),
    Act.REMIND_REVIEW: system,
    Act.ASK_ITEM: banker & own_bank,
    Act.ANSWER_ITEM: own_firm,
    Act.DROP_ITEM: banker & own_bank,
    Act.LAPSE_ITEM: system,
    Act.OPEN_ITEM: banker & own_bank,
    **dict.fromkeys((Act.MAKE_OFFER, Act.DECLINE_NEED), banker & own_bank),
    Act.OPEN_OFFERS: system,
    Act.ACCEPT_OFFER: own_firm & signatory,
    Act.REPORT_DRAWDOWN: banker & own_bank,
    Act.ASK_REVERSAL: banker & own_bank,
    Act.CONFIRM_REVERSAL: officer,
    **dict.fromkeys((Act.PREPARE_LETTER, Act.DROP_LETTER), officer),
    Act.ISSUE_LETTER: (chair | chair_aside) & not_its_preparer,
    Act.WRITE_LETTER: officer,
    Act.WRITE_MINUTES: officer,
    Act.PRINT_LETTER: own_firm | (banker & own_bank) | officer | committee | auditor | role("a leader", Role.LEADER),
    Act.RECORD_REPAYMENT: officer,
    Act.RELEASE_LETTER: officer,
    Act.PROPOSE_ENTRY: officer,
    Act.CONFIRM_ENTRY: (chair | chair_aside) & not_its_proposer,
    Act.TURN_DOWN_ENTRY: (chair | chair_aside) & not_its_proposer,
    **dict.fromkeys((Act.COMPENSATE, Act.RECOVER, Act.WRITE_OFF), chair | chair_aside),
    Act.TYPE_FIGURES: officer,
    Act.CONFIRM_FIGURES: officer & not_its_proposer,
    Act.TURN_DOWN_FIGURES: officer & not_its_proposer,
    Act.PRINT_RETURN: officer | leader | auditor,
    Act.RAISE_ALARM: system,
    Act.END_ALARM: system,
    Act.PROPOSE_SETTING: admin,
    **dict.fromkeys((Act.ADOPT_SETTING, Act.TURN_DOWN_SETTING), (admin | chair) & not_its_proposer),
    Act.SET_CALENDAR: admin | system,  # the system: `yuanrong holidays`
    **dict.fromkeys((Act.PLAN_STEP, Act.REMIND_FIRM, Act.HANDLE_MANY, Act.OFFER_CASES, Act.ACCEPT_FINDING), officer),
    **dict.fromkeys((Act.TAKE_CASES, Act.REFUSE_CASES), officer & its_holder),
    Act.UNOFFER_CASES: officer & its_proposer,
    Act.ASSIGN_CASES: leader | heads_section,
    **dict.fromkeys((Act.SET_DEPUTY, Act.END_DEPUTY), officer | leader),
    Act.KEEP_VIEW: staff,
    Act.DROP_VIEW: staff & its_holder,
    Act.RATE: own_firm,
    Act.DRAW_CALLS: system,
    **dict.fromkeys(
        (Act.VERIFY_RATING, Act.RECTIFY, Act.CALL_BACK, Act.MISS_CALL), (officer | leader) & not_its_officer
    ),
    Act.READ_JOURNAL: auditor,
    Act.DENIED: anyone,
    Act.FILL_DEMO: system,
}


def may(actor: Actor, act: Act, subject: object) -> bool:
    return RULES[act].test(actor, subject)


def require(actor: Actor, act: Act, subject: object) -> None:
    if not may(actor, act, subject):
        raise NotAllowed(act=act, who=RULES[act].says)
