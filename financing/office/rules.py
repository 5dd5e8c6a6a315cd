"""The office's day (经开区的一天): what lies on the work list and how urgent it is, and cases that change hands. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class Duty(StrEnum):
    """What is to be done, one word for each kind of row of the work list."""

    ACCEPT = "accept"
    SCORE = "score"
    OPEN_CASE = "open_case"
    TABLE = "table"
    DECIDE_SMALL = "decide_small"
    VISIT = "visit"
    SURVEY = "survey"
    CHECK_PROOF = "check_proof"
    MATCH = "match"
    ITEM_LATE = "item_late"
    CONFIRM_REVERSAL = "confirm_reversal"
    CONTEST = "contest"
    CHECK = "check"
    WARNING = "warning"
    CONFIRM_CLOSING = "confirm_closing"
    CONFIRM_FIRM = "confirm_firm"
    LOOK_AT_FLAG = "look_at_flag"
    RELEASE = "release"
    FIGURES = "figures"
    RESERVES = "reserves"
    TAKE_CASES = "take_cases"
    SIGN_BRIDGE = "sign_bridge"
    CONFIRM_MOVE = "confirm_move"
    IDLE = "idle"
    PLANNED = "planned"
    VERIFY_RATING = "verify_rating"
    RECTIFY = "rectify"
    CALL_BACK = "call_back"
    EXAMINE_CLAIM = "examine_claim"
    PAY_CLAIM = "pay_claim"
    ASK_PART = "ask_part"
    RECOVER = "recover"
    PAY_SHARE = "pay_share"
    REVIEW = "review"
    CHANGE_BY = "change_by"
    LOAN_CLASS = "loan_class"
    LOAN_CONSENT = "loan_consent"
    MATURING = "maturing"
    REPAYMENT_BACK = "repayment_back"
    LOOK_INTO = "look_into"
    ANSWER_REPORT = "answer_report"
    HOLD_EVENT = "hold_event"
    TASK = "task"
    CONFIRM_TASK = "confirm_task"
    WRITE_POLICY = "write_policy"
    PUBLISH_POLICY = "publish_policy"
    GRANT_SUBSIDY = "grant_subsidy"
    PAY_SUBSIDY = "pay_subsidy"
    CONFIRM_SUBSIDY = "confirm_subsidy"
    ANSWER_POLICY = "answer_policy"
    HOLD_DISPATCH = "hold_dispatch"
    CLOSE_DISPATCH = "close_dispatch"
    EDIT_BULLETIN = "edit_bulletin"
    PUBLISH_BULLETIN = "publish_bulletin"
    RECORD_INSPECTION = "record_inspection"
    ANSWER_FIRM = "answer_firm"
    SIGN_REQUEST = "sign_request"
    ANSWER_REQUEST = "answer_request"
    PAIR_FIRM = "pair_firm"
    REACH_GOAL = "reach_goal"
    HELP_VISIT = "help_visit"
    ANSWER_APPOINTMENT = "answer_appointment"
    WRITE_APPOINTMENT = "write_appointment"
    ANSWER_OBJECTION = "answer_objection"
    CARRY_OUT_ERASURE = "carry_out_erasure"
    REVIEW_IMPACT = "review_impact"
    HANDLE_INCIDENT = "handle_incident"


class Heat(StrEnum):
    """How urgent a row is: red first, grey has no date."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


class Whose(StrEnum):
    """Whose rows are shown."""

    ALL = "all"
    SECTION = "section"
    MINE = "mine"
    NOBODYS = "nobodys"
    OTHERS = "others"


class HandState(StrEnum):
    """Where a hand-over of cases stands."""

    OFFERED = "offered"
    TAKEN = "taken"
    REFUSED = "refused"
    DROPPED = "dropped"


S = HandState
HAND_FLOW = Flow(
    start=S.OFFERED,
    steps={
        (S.OFFERED, Act.TAKE_CASES): S.TAKEN,
        (S.OFFERED, Act.REFUSE_CASES): S.REFUSED,
        (S.OFFERED, Act.UNOFFER_CASES): S.DROPPED,
        (S.OFFERED, Act.ASSIGN_CASES): S.TAKEN,
    },
)


class Cause(StrEnum):
    """Why cases change hands."""

    LEAVE = "leave"
    POST = "post"
    LOAD = "load"
    CONFLICT = "conflict"


class Deed(StrEnum):
    """What can be done with many rows at once."""

    ACCEPT = "accept"
    REMIND = "remind"
    HAND_OVER = "hand_over"


#: The most rows that one form can carry: what a page shows.
MOST_ROWS = 50
#: The longest name of a saved view.
LONGEST_VIEW = 40
