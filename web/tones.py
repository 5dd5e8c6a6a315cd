"""How a state looks (状态徽章): a tone and a picture beside its word; colour never stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from financing.bridge.rules import BanState, MoveState, UseState
from financing.clocks.promise_rules import Promised
from financing.clocks.rules import Extending, Timing
from financing.commitments.rules import Stage, Standing
from financing.compensation.recovery_rules import RecoveryState, ShareState
from financing.compensation.review_rules import ReviewState
from financing.compensation.rules import ClaimState, DecisionState, Level, PartState, StopState
from financing.conduct.rules import ConductState, SeatState
from financing.contests.rules import ContestState, Outcome
from financing.credit.rules import CardState
from financing.dated.rules import ProposalState as SettingState
from financing.diligence.affordability import Cover
from financing.diligence.rules import Advice, Result, SurveyState
from financing.forums.day_rules import Deed, Reply, Said, Ticking
from financing.forums.rules import SessionState
from financing.guarantees.change_rules import ChangeState
from financing.guarantees.delegation_rules import DelegationState
from financing.guarantees.rules import CaseState, ConditionState, MeetingState, Vote
from financing.guarantees.security_rules import SecurityState
from financing.imports.rules import Fate, ImportState
from financing.letters.rules import GuaranteeState, ProposalState
from financing.lists.rules import ListStatus
from financing.loans.change_rules import BackState, ClassState, LoanChangeState
from financing.loans.rules import FiveClass
from financing.loans.shown import RowState
from financing.matching.rules import MatchState
from financing.needs.behalf_rules import BehalfState
from financing.needs.rules import NeedState
from financing.notices.rules import Fate as Delivered
from financing.offers.ask_rules import AskState
from financing.offers.release_rules import ReleaseState
from financing.offers.rules import OfferState, ReversalState
from financing.office.rules import HandState, Heat
from financing.papers.rules import Standing as PaperStanding
from financing.parties.rules import FirmState, Shelved
from financing.people.key_rules import KeyState
from financing.quality.rules import Severity
from financing.ratings.rules import CallState, Grade
from financing.register.figure_rules import FiguresState
from financing.register.policy import Alarm
from financing.register.rules import RegisterState
from financing.reserves.rules import PostingState
from financing.watch.rules import CheckState, Seen, WarningState
from financing.watch.rules import Level as Gravity
from scoring.replay import Effect
from web.event_looks import EVENT_LOOKS
from web.looks import CARE, DRAFT, GOOD, GOOD_IF, LATER, MOVING, NO, OTHERWISE, OVER, OWED, PLANNED, WAITING, Look
from web.policy_looks import POLICY_LOOKS
from web.signing_looks import SIGNING_LOOKS
from web.tones_helping import HELPING_LOOKS
from web.tones_rhythm import RHYTHM_LOOKS

__all__ = ["Look"]

#: By kind first, as in words.NAMES: states of different kinds may share a value.
LOOKS: Mapping[type[StrEnum], Mapping[StrEnum, Look]] = {
    **HELPING_LOOKS,
    Extending: {Extending.ASKED: WAITING, Extending.AGREED: GOOD, Extending.TURNED_DOWN: OVER},
    Timing: {Timing.RUNNING: MOVING, Timing.PAUSED: LATER, Timing.STOPPED: GOOD},
    PaperStanding: {
        PaperStanding.GOOD: GOOD,
        PaperStanding.REPLACED: OVER,
        PaperStanding.UNFIT: NO,
        PaperStanding.OVER: CARE,
    },
    Promised: {Promised.OWED: OWED, Promised.SUPPLIED: GOOD, Promised.BROKEN: NO, Promised.ENDED: OVER},
    BehalfState: {
        BehalfState.OPEN: CARE,
        BehalfState.CONFIRMED: GOOD,
        BehalfState.OBJECTED: NO,
        BehalfState.LAPSED: OVER,
    },
    FirmState: {FirmState.REGISTERED: WAITING, FirmState.CONFIRMED: GOOD},
    Shelved: {Shelved.OFFERED: GOOD, Shelved.TO_COME: PLANNED, Shelved.EXPIRED: OVER, Shelved.TAKEN_OFF: OVER},
    ListStatus: {
        ListStatus.PENDING: WAITING,
        ListStatus.GRANTED: GOOD,
        ListStatus.DECLINED: NO,
        ListStatus.OVERDUE: Look("red", "alert-triangle"),
    },
    ImportState: {
        ImportState.QUEUED: WAITING,
        ImportState.CHECKING: MOVING,
        ImportState.WAITING: OWED,
        ImportState.DONE: GOOD,
        ImportState.FAILED: NO,
        ImportState.STOPPED: OVER,
    },
    Fate: {Fate.ADDED: Look("green", "plus"), Fate.CHANGED: CARE, Fate.SAME: OVER},
    KeyState: {KeyState.WAITING: WAITING, KeyState.IN_FORCE: GOOD, KeyState.OVER: OVER, KeyState.REVOKED: OVER},
    NeedState: {
        NeedState.DRAFT: DRAFT,
        NeedState.SUBMITTED: WAITING,
        NeedState.RETURNED: OWED,
        NeedState.ACCEPTED: Look("blue", "clipboard-check"),
        NeedState.SCORED: Look("blue", "chart-bar"),
        NeedState.INELIGIBLE: NO,
        NeedState.COMMITTEE: Look("blue", "gavel"),
        NeedState.APPROVED: GOOD,
        NeedState.CONDITIONAL: GOOD_IF,
        NeedState.REJECTED: NO,
        NeedState.LISTED: Look("blue", "send"),
        NeedState.OFFERED: Look("blue", "coins"),
        NeedState.SETTLED: GOOD,
        NeedState.WITHDRAWN: OVER,
        NeedState.TERMINATED: NO,
        NeedState.CLOSED: OVER,
    },
    Alarm: {Alarm.GREEN: GOOD, Alarm.AMBER: CARE, Alarm.RED: Look("red", "alert-triangle"), Alarm.NONE: OTHERWISE},
    RegisterState: {
        RegisterState.IN_FORCE: GOOD,
        RegisterState.OVERDUE: Look("red", "alert-triangle"),
        RegisterState.PAID_FOR: NO,
        RegisterState.REPAID: WAITING,
        RegisterState.RELEASED: OVER,
    },
    PostingState: {PostingState.PROPOSED: WAITING, PostingState.CONFIRMED: GOOD, PostingState.TURNED_DOWN: NO},
    FiguresState: {FiguresState.PROPOSED: WAITING, FiguresState.CONFIRMED: GOOD, FiguresState.TURNED_DOWN: NO},
    CardState: {
        CardState.DRAFT: DRAFT,
        CardState.PROPOSED: WAITING,
        CardState.ADOPTED: GOOD,
        CardState.RECALLED: OWED,
        CardState.WITHDRAWN: OVER,
        CardState.DROPPED: NO,
    },
    Effect: {
        Effect.IN: Look("green", "arrow-right"),
        Effect.OUT: Look("red", "arrow-left"),
        Effect.RAISED: Look("green", "trending-up"),
        Effect.LOWERED: Look("red", "trending-down"),
        Effect.GAINED: Look("blue", "plus"),
        Effect.LOST: Look("amber", "minus"),
        Effect.SAME: OVER,
    },
    ChangeState: {ChangeState.PROPOSED: WAITING, ChangeState.ADOPTED: GOOD, ChangeState.TURNED_DOWN: NO},
    SecurityState: {
        SecurityState.ASKED: OWED,
        SecurityState.GIVEN: Look("blue", "file-certificate"),
        SecurityState.REGISTERED: GOOD,
        SecurityState.RELEASED: OVER,
        SecurityState.WAIVED: Look("grey", "ban"),
    },
    CaseState: {
        CaseState.IN_REVIEW: WAITING,
        CaseState.ON_AGENDA: Look("blue", "gavel"),
        CaseState.APPROVED: GOOD,
        CaseState.CONDITIONAL: GOOD_IF,
        CaseState.REJECTED: NO,
        CaseState.DEFERRED: LATER,
        CaseState.DROPPED: OVER,
        CaseState.DELEGATED: WAITING,
    },
    DelegationState: {
        DelegationState.PROPOSED: OWED,
        DelegationState.REFERRED: LATER,
        DelegationState.DECIDED: WAITING,
        DelegationState.IN_FORCE: GOOD,
        DelegationState.CALLED_IN: Look("blue", "gavel"),
        DelegationState.VOID: OVER,
    },
    SurveyState: {SurveyState.VISITED: WAITING, SurveyState.REVIEWED: GOOD},
    Result: {Result.FINE: GOOD, Result.DOUBTFUL: CARE, Result.UNSEEN: OVER},
    Advice: {Advice.SUPPORT: GOOD, Advice.OPPOSE: NO},
    Cover: {Cover.ENOUGH: GOOD, Cover.TIGHT: CARE, Cover.SHORT: NO},
    ConditionState: {ConditionState.OWED: OWED, ConditionState.SHOWN: WAITING, ConditionState.MET: GOOD},
    MeetingState: {MeetingState.CALLED: PLANNED, MeetingState.OPEN: MOVING, MeetingState.CLOSED: OVER},
    Vote: {Vote.FOR: GOOD, Vote.CONDITIONAL: GOOD_IF, Vote.AGAINST: NO, Vote.ABSTAIN: OVER},
    MatchState: {
        MatchState.PROPOSED: OWED,
        MatchState.CONSENTED: Look("blue", "key"),
        MatchState.SENT: WAITING,
        MatchState.OFFERED: Look("blue", "coins"),
        MatchState.DECLINED: NO,
        MatchState.CHOSEN: GOOD,
        MatchState.PASSED_OVER: OVER,
        MatchState.WITHDRAWN: OVER,
        MatchState.SILENT: NO,
    },
    Reply: {Reply.WAITING: WAITING, Reply.COMING: GOOD, Reply.NOT_COMING: NO},
    Ticking: {Ticking.READY: PLANNED, Ticking.RUNNING: MOVING, Ticking.STOPPED: LATER},
    Said: {Said.INTENDS: GOOD, Said.WANTS_PAPERS: OWED, Said.NOT: OVER},
    Stage: {Stage.PENDING: WAITING, Stage.CONTRACT: MOVING, Stage.PAID: GOOD, Stage.DROPPED: NO},
    Standing: {
        Standing.INTENDED: WAITING,
        Standing.CONTRACTED: MOVING,
        Standing.PAYING: GOOD_IF,
        Standing.KEPT: GOOD,
        Standing.DROPPED: NO,
    },
    Deed: {Deed.CLAIMED: MOVING, Deed.OFFERED: GOOD},
    ReversalState: {ReversalState.ASKED: WAITING, ReversalState.CONFIRMED: OVER},
    SessionState: {SessionState.PLANNED: PLANNED, SessionState.OPEN: MOVING, SessionState.CLOSED: OVER},
    GuaranteeState: {
        GuaranteeState.PREPARED: WAITING,
        GuaranteeState.IN_FORCE: GOOD,
        GuaranteeState.COMPENSATED: NO,
        GuaranteeState.RELEASED: OVER,
        GuaranteeState.DROPPED: OVER,
    },
    SettingState: {SettingState.PROPOSED: WAITING, SettingState.ADOPTED: GOOD, SettingState.TURNED_DOWN: NO},
    Delivered: {Delivered.WAITING: WAITING, Delivered.SENT: GOOD, Delivered.DEAD: NO, Delivered.DROPPED: OVER},
    ClaimState: {
        ClaimState.EXAMINING: MOVING,
        ClaimState.WAITING: OWED,
        ClaimState.PROPOSED: WAITING,
        ClaimState.REDUCED: OWED,
        ClaimState.DENIED: OWED,
        ClaimState.OBJECTED: CARE,
        ClaimState.FINAL: WAITING,
        ClaimState.PAYABLE: Look("amber", "coins"),
        ClaimState.PAYING: WAITING,
        ClaimState.PAID: GOOD,
        ClaimState.REFUSED: NO,
        ClaimState.WITHDRAWN: OVER,
    },
    DecisionState: {DecisionState.PROPOSED: WAITING, DecisionState.DECIDED: GOOD, DecisionState.RETURNED: OVER},
    PartState: {PartState.BORNE: OVER, PartState.OWED: OWED, PartState.ASKED: WAITING, PartState.RECEIVED: GOOD},
    Level: {
        Level.CALM: GOOD,
        Level.NEAR: CARE,
        Level.COMMITTEE: Look("amber", "gavel"),
        Level.STOPPED: Look("red", "alert-triangle"),
    },
    StopState: {StopState.STANDING: Look("red", "alert-triangle"), StopState.ASKED: WAITING, StopState.LIFTED: OVER},
    RecoveryState: {RecoveryState.OPEN: MOVING, RecoveryState.CLOSED: OVER},
    ReviewState: dict(zip(ReviewState, (OWED, WAITING, MOVING, GOOD), strict=True)),
    ShareState: {ShareState.KEPT: OVER, ShareState.OWED: OWED, ShareState.ORDERED: WAITING, ShareState.PAID: GOOD},
    ProposalState: {ProposalState.PROPOSED: WAITING, ProposalState.CONFIRMED: GOOD, ProposalState.TURNED_DOWN: NO},
    ConductState: {
        ConductState.RECEIVED: WAITING,
        ConductState.LOOKING: MOVING,
        ConductState.ASKED: WAITING,
        ConductState.FOUND: NO,
        ConductState.NOT_FOUND: OVER,
        ConductState.REFERRED: MOVING,
        ConductState.CLOSED: GOOD,
    },
    SeatState: {SeatState.PROPOSED: WAITING, SeatState.ADOPTED: OVER, SeatState.TURNED_DOWN: NO},
    ContestState: {ContestState.OPEN: WAITING, ContestState.DECIDED: GOOD},
    Outcome: {Outcome.UPHELD: OVER, Outcome.OVERTURNED: GOOD, Outcome.PARTLY: GOOD_IF},
    AskState: {
        AskState.OPEN: OWED,
        AskState.ANSWERED: GOOD,
        AskState.LAPSED: NO,
        AskState.DROPPED: OVER,
        AskState.ENDED: OVER,
    },
    ReleaseState: {
        ReleaseState.OPEN: WAITING,
        ReleaseState.RELEASED: GOOD,
        ReleaseState.RETURNED: NO,
        ReleaseState.ENDED: OVER,
    },
    Heat: {
        Heat.RED: Look("red", "clock-exclamation"),
        Heat.AMBER: Look("amber", "clock"),
        Heat.GREEN: Look("green", "clock"),
        Heat.GREY: OTHERWISE,
    },
    HandState: {HandState.OFFERED: WAITING, HandState.TAKEN: GOOD, HandState.REFUSED: NO, HandState.DROPPED: OVER},
    Severity: {Severity.ERROR: NO, Severity.WARNING: CARE},
    CallState: {CallState.VERIFY: OWED, CallState.RECTIFY: MOVING, CallState.CALL: WAITING, CallState.CALLED: GOOD},
    CheckState: {CheckState.DUE: PLANNED, CheckState.DONE: GOOD, CheckState.ENDED: OVER},
    WarningState: {WarningState.OPEN: CARE, WarningState.CLOSING: LATER, WarningState.CLOSED: GOOD},
    Gravity: {Gravity.RED: NO, Gravity.AMBER: CARE},
    Seen: {Seen.FINE: GOOD, Seen.DOUBTFUL: CARE, Seen.BAD: NO, Seen.UNSEEN: OTHERWISE},
    Grade: {Grade.FIVE: GOOD, Grade.FOUR: GOOD, Grade.THREE: GOOD_IF, Grade.TWO: NO, Grade.ONE: NO},
    FiveClass: dict(zip(FiveClass, (GOOD, CARE, NO, NO, NO), strict=True)),
    RowState: {RowState.COVERED: GOOD, RowState.LATE: NO, RowState.OPEN: WAITING},
    LoanChangeState: dict(zip(LoanChangeState, (GOOD, WAITING, OWED, GOOD, NO), strict=True)),
    BackState: {BackState.ASKED: WAITING, BackState.TAKEN_BACK: OVER, BackState.KEPT: GOOD},
    ClassState: {ClassState.PROPOSED: WAITING, ClassState.CONFIRMED: GOOD, ClassState.TURNED_DOWN: OVER},
    UseState: dict(zip(UseState, (WAITING, WAITING, GOOD_IF, MOVING, OWED, GOOD, NO, NO, OVER), strict=True)),
    MoveState: {MoveState.PROPOSED: WAITING, MoveState.CONFIRMED: GOOD, MoveState.TURNED_DOWN: NO},
    BanState: {BanState.SUSPENDED: NO, BanState.LIFT_ASKED: WAITING, BanState.LIFTED: GOOD},
    **EVENT_LOOKS,
    **RHYTHM_LOOKS,
    **POLICY_LOOKS,
    **SIGNING_LOOKS,
    OfferState: {OfferState.MADE: WAITING, OfferState.ACCEPTED: GOOD, OfferState.NOT_CHOSEN: OVER},
}


def look(state: StrEnum) -> Look:
    """The look of a state; a neutral one for a kind that has none."""
    return LOOKS.get(type(state), {}).get(state, OTHERWISE)


def share(part: int, whole: int) -> str:
    """A part of a whole as SVG takes it: 43.5%; nothing of nothing is nothing, more than all is all."""
    return f"{min(1000, max(0, part * 1000 // whole)) / 10:g}%" if whole > 0 else "0%"
