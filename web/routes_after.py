"""Routes of what happens after the signature (保后), and who may call them."""

from __future__ import annotations

from financing.access import RULES
from financing.acts import Act
from web.doors import (
    ADMIN,
    AUDITOR,
    BANK,
    BANK_ADMIN,
    BANKER,
    CHAIR,
    COMMITTEE,
    EVERYONE,
    FIRM,
    FUND,
    LEADER,
    OFFICER,
    SIGNATORY,
    Roles,
    acts,
)

_FUND_HOUSE = OFFICER | FUND | LEADER | CHAIR | AUDITOR

AFTER: dict[str, Roles] = {
    # loans and repayments
    **dict.fromkeys(("lending", "loan.show", "renewals"), FIRM | BANKER | OFFICER | CHAIR | AUDITOR),
    "repayment.show": FIRM | BANKER | OFFICER | CHAIR | AUDITOR,
    "loan.form": RULES[Act.RECORD_LOAN].roles,
    "loan_change.show": FIRM | BANKER | OFFICER | COMMITTEE | AUDITOR,
    "loan_class.show": OFFICER | CHAIR | AUDITOR,
    **acts(Act.RECORD_LOAN, Act.REPAY_LOAN, Act.CHANGE_LOAN_RATE, Act.EXTEND_LOAN, Act.CHOOSE_RENEWAL),
    **acts(Act.PROPOSE_LOAN_CONSENT, Act.AGREE_LOAN_EXTENSION, Act.REFUSE_LOAN_EXTENSION),
    **acts(Act.ASK_REPAYMENT_BACK, Act.TAKE_REPAYMENT_BACK, Act.KEEP_REPAYMENT),
    **acts(Act.PROPOSE_LOAN_CLASS, Act.CONFIRM_LOAN_CLASS, Act.TURN_DOWN_LOAN_CLASS),
    # watch and warnings
    **dict.fromkeys(("checks", "check.show"), FIRM | BANKER | OFFICER | AUDITOR),
    **dict.fromkeys(("check.form", "check.photo"), OFFICER),
    **dict.fromkeys(("warnings", "warning.show"), BANKER | OFFICER | AUDITOR),
    **dict.fromkeys(("risk", "risk.list", "outside"), OFFICER | AUDITOR),
    **acts(
        Act.RECORD_VISIT,
        Act.RECORD_OUTSIDE,
        Act.CLOSE_WARNING,
        Act.ASK_CLOSING,
        Act.CONFIRM_CLOSING,
        Act.RETURN_CLOSING,
    ),
    # compensation and recovery
    "compensations": OFFICER | COMMITTEE | FUND | LEADER | AUDITOR | BANKER,
    "compensation.show": OFFICER | COMMITTEE | FUND | LEADER | AUDITOR | BANKER,
    **dict.fromkeys(("compensation.files", "compensation.folder"), OFFICER | COMMITTEE | AUDITOR | BANKER),
    "compensation.decision": OFFICER | COMMITTEE | FUND | LEADER | AUDITOR,
    **dict.fromkeys(("compensation.parts", "compensation.part"), OFFICER | COMMITTEE | FUND | LEADER | AUDITOR),
    **dict.fromkeys(("breakers", "breaker.show"), OFFICER | COMMITTEE | FUND | LEADER | AUDITOR),
    **dict.fromkeys(
        ("recoveries", "recovery.show", "recovery.shares", "recovery.share"),
        OFFICER | CHAIR | FUND | LEADER | AUDITOR,
    ),
    **dict.fromkeys(("reviews", "review.show"), OFFICER | COMMITTEE | FUND | LEADER | AUDITOR),
    **acts(
        Act.PROPOSE_REVIEW,
        Act.RETURN_REVIEW,
        Act.CHANGE_NOTHING,
        Act.CHANGE_SOMETHING,
        Act.FINISH_REVIEW,
        Act.PRINT_REVIEW,
    ),
    **acts(Act.RECORD_RECOVERY_STEP, Act.TAKE_RECOVERY, Act.CLOSE_RECOVERY, Act.ORDER_SHARE, Act.PAY_SHARE),
    **acts(Act.RETURN_SHARE, Act.TAKE_CASE_FILE, Act.TAKE_OFFER_FILE),
    **acts(Act.FILE_ITEM, Act.LODGE_COMPENSATION, Act.WITHDRAW_COMPENSATION, Act.HALT_COMPENSATION),
    **acts(Act.RESUME_COMPENSATION, Act.PROPOSE_COMPENSATION, Act.RETURN_COMPENSATION, Act.GRANT_COMPENSATION),
    **acts(Act.REDUCE_COMPENSATION, Act.REFUSE_COMPENSATION, Act.ACCEPT_COMPENSATION, Act.OBJECT_COMPENSATION),
    **acts(Act.PAY_COMPENSATION, Act.ASK_PART, Act.RECEIVE_PART, Act.ASK_LIFT, Act.KEEP_STOP, Act.LIFT_STOP),
    # reserves, and what they cover
    **dict.fromkeys(
        ("reserves", "reserves.ratios", "reserves.lines", "stress", "stress.paper", "calibration"),
        OFFICER | COMMITTEE | FUND | LEADER | AUDITOR,
    ),
    **acts(Act.PROPOSE_RESERVES, Act.CONFIRM_RESERVES, Act.TURN_DOWN_RESERVES),
    # the bridge fund
    **dict.fromkeys(("bridge", "bridge.show"), FIRM | BANK | _FUND_HOUSE),
    "bridge.form": SIGNATORY | OFFICER,
    "bridge.pool": _FUND_HOUSE,
    "bridge.pool.form": FUND,
    "bridge.presets": _FUND_HOUSE | ADMIN,
    "bridge.preset.propose": ADMIN,
    **acts(
        Act.OPEN_BRIDGE_POOL, Act.PROPOSE_MOVE, Act.CONFIRM_MOVE, Act.TURN_DOWN_MOVE, Act.APPLY_BRIDGE, Act.ASK_RENEWAL
    ),
    **acts(Act.PROMISE_RENEWAL, Act.TAKE_BACK_PROMISE, Act.WITHDRAW_BRIDGE, Act.REFUSE_BRIDGE, Act.DEPOSIT_OWN_PART),
    **acts(
        Act.SIGN_BRIDGE, Act.RELEASE_BRIDGE, Act.REPORT_RENEWAL, Act.REPORT_RETURN, Act.REPORT_FEE, Act.PROPOSE_LOSS
    ),
    **acts(Act.PROPOSE_RECOVERY, Act.ASK_BRIDGE_LIFT, Act.LIFT_SUSPENSION, Act.KEEP_SUSPENSION, Act.PRINT_BRIDGE),
    # conduct of banks
    **dict.fromkeys(("conduct.mine", "conduct.report.form", "conduct.own", "payout.show"), FIRM),
    **dict.fromkeys(("conduct.follow", "conduct.follow.look"), EVERYONE),
    **dict.fromkeys(("conduct", "conduct.show"), OFFICER | LEADER),
    "conduct.figures": OFFICER | LEADER | AUDITOR,
    **dict.fromkeys(("conduct.letters", "conduct.letter"), BANK_ADMIN),
    "handlers": ADMIN | CHAIR | AUDITOR,
    **acts(Act.REPORT_CONDUCT, Act.ADD_WORD, Act.ANSWER_CHECK, Act.ANSWER_LETTER, Act.OPEN_REPORTER, Act.OPEN_EVIDENCE),
    **acts(Act.LOOK_INTO, Act.ASK_BANK, Act.FIND_BREACH, Act.FIND_NOTHING, Act.REFER_CONDUCT, Act.CLOSE_CONDUCT),
    **acts(Act.PROPOSE_HANDLER, Act.ADOPT_HANDLER, Act.TURN_DOWN_HANDLER),
}
