"""Who may do what after the signature (保后): loans, watch, compensation, reserves, the bridge fund, conduct of banks."""

from __future__ import annotations

from collections.abc import Mapping

from financing import roles
from financing.acts import Act
from financing.roles import (
    EVERYONE,
    Who,
    auditor,
    bank_admin,
    banker,
    chair,
    chair_aside,
    committee,
    fund,
    guards,
    its_handler,
    leader,
    not_its_proposer,
    not_oneself,
    officer,
    own_bank,
    own_firm,
    signatory,
    system,
)

not_its_asker = Who("not the one who asked for it", EVERYONE, lambda a, s: a.id != s.asked_by)
its_bank = banker & own_bank
_house = fund | officer | leader

AFTER: Mapping[Act, Who] = {
    # loans and repayments
    **dict.fromkeys((Act.RECORD_LOAN, Act.REPAY_LOAN), (banker & own_bank) | officer),
    Act.PLAN_LOAN: (banker & own_bank) | officer | system,
    **dict.fromkeys((Act.CHANGE_LOAN_RATE, Act.EXTEND_LOAN), banker & own_bank),
    Act.PROPOSE_LOAN_CONSENT: officer,
    **dict.fromkeys((Act.AGREE_LOAN_EXTENSION, Act.REFUSE_LOAN_EXTENSION), (chair | chair_aside) & not_its_proposer),
    Act.PROPOSE_LOAN_CLASS: officer,
    **dict.fromkeys((Act.CONFIRM_LOAN_CLASS, Act.TURN_DOWN_LOAN_CLASS), (officer | chair) & not_its_proposer),
    Act.ASK_REPAYMENT_BACK: (banker & own_bank) | officer,
    **dict.fromkeys((Act.TAKE_REPAYMENT_BACK, Act.KEEP_REPAYMENT), officer & not_its_asker),
    Act.CALL_RENEWAL: system,
    Act.CHOOSE_RENEWAL: own_firm,
    # watch and warnings
    Act.PLAN_CHECK: officer | system,
    Act.RAISE_WARNING: officer | banker | roles.fund | system,
    **dict.fromkeys((Act.END_CHECK, Act.ESCALATE_CHECK, Act.ESCALATE_WARNING), system),
    **dict.fromkeys((Act.RECORD_VISIT, Act.RECORD_OUTSIDE, Act.CLOSE_WARNING, Act.ASK_CLOSING), officer),
    **dict.fromkeys((Act.CONFIRM_CLOSING, Act.RETURN_CLOSING), officer & not_its_proposer),
    # compensation and recovery
    Act.FILE_ITEM: (banker & own_bank) | officer,
    **dict.fromkeys(
        (Act.LODGE_COMPENSATION, Act.WITHDRAW_COMPENSATION, Act.ACCEPT_COMPENSATION, Act.OBJECT_COMPENSATION),
        banker & own_bank,
    ),
    **dict.fromkeys((Act.HALT_COMPENSATION, Act.PROPOSE_COMPENSATION, Act.PAY_COMPENSATION), officer),
    Act.RESUME_COMPENSATION: officer | (banker & own_bank),
    **dict.fromkeys(
        (Act.RETURN_COMPENSATION, Act.GRANT_COMPENSATION, Act.REDUCE_COMPENSATION, Act.REFUSE_COMPENSATION),
        (chair | chair_aside) & not_its_proposer,
    ),
    **dict.fromkeys((Act.LAPSE_COMPENSATION, Act.REMIND_COMPENSATION, Act.WARN_BANK), system),
    Act.STOP_BANK: committee | system,  # what a payment brings about, whoever confirmed it
    Act.ASK_PART: officer | fund,
    Act.RECEIVE_PART: officer | fund,
    Act.ASK_LIFT: officer,
    **dict.fromkeys((Act.KEEP_STOP, Act.LIFT_STOP), chair & not_its_proposer),
    Act.OPEN_RECOVERY: committee | system,  # what a payment brings about, whoever confirmed it
    **dict.fromkeys((Act.RECORD_RECOVERY_STEP, Act.TAKE_RECOVERY, Act.CLOSE_RECOVERY), officer),
    **dict.fromkeys((Act.ORDER_SHARE, Act.PAY_SHARE, Act.RETURN_SHARE), officer | fund),
    **dict.fromkeys((Act.REMIND_RECOVERY, Act.WARN_RECOVERY), system),
    Act.OPEN_REVIEW: committee | system,  # what a payment brings about, whoever confirmed it
    **dict.fromkeys((Act.PROPOSE_REVIEW, Act.FINISH_REVIEW), officer),
    **dict.fromkeys((Act.RETURN_REVIEW, Act.CHANGE_NOTHING, Act.CHANGE_SOMETHING), (chair | leader) & not_its_proposer),
    Act.PRINT_REVIEW: officer | committee | fund | leader | auditor,
    Act.TAKE_CASE_FILE: officer | chair | auditor,
    Act.TAKE_OFFER_FILE: banker & own_bank,
    # reserves, and what they cover
    Act.PROPOSE_RESERVES: officer,
    **dict.fromkeys((Act.CONFIRM_RESERVES, Act.TURN_DOWN_RESERVES), (officer | chair) & not_its_proposer),
    # the bridge fund
    **dict.fromkeys((Act.OPEN_BRIDGE_POOL, Act.PROPOSE_MOVE, Act.RELEASE_BRIDGE), fund),
    **dict.fromkeys((Act.CONFIRM_MOVE, Act.TURN_DOWN_MOVE), _house & not_its_proposer),
    **dict.fromkeys((Act.APPLY_BRIDGE, Act.WITHDRAW_BRIDGE), (signatory & own_firm) | officer),
    Act.ASK_RENEWAL: signatory & own_firm,
    Act.PROVE_BRIDGE: own_firm | its_bank | fund | officer,
    Act.REFUSE_BRIDGE: fund | officer,
    **dict.fromkeys((Act.PROMISE_RENEWAL, Act.TAKE_BACK_PROMISE), its_bank),
    **dict.fromkeys((Act.DEPOSIT_OWN_PART, Act.REPORT_RENEWAL, Act.REPORT_RETURN), fund | its_bank),
    **dict.fromkeys((Act.SIGN_BRIDGE, Act.APPROVE_BRIDGE), _house | chair),
    **dict.fromkeys((Act.REPORT_FEE, Act.PROPOSE_LOSS, Act.PROPOSE_RECOVERY), fund),
    **dict.fromkeys(
        (Act.RETURN_PART, Act.RETURN_BRIDGE, Act.SETTLE_BRIDGE, Act.LOSE_BRIDGE, Act.RECOVER_BRIDGE), _house
    ),
    Act.ALERT_BRIDGE: system,
    **dict.fromkeys((Act.BREACH_RENEWAL, Act.SUSPEND_BANK), system | fund | its_bank),
    Act.ASK_BRIDGE_LIFT: fund | officer,
    **dict.fromkeys((Act.LIFT_SUSPENSION, Act.KEEP_SUSPENSION), _house & not_its_asker),
    Act.PRINT_BRIDGE: _house | auditor,
    # conduct of banks
    Act.PROPOSE_HANDLER: guards,
    **dict.fromkeys((Act.ADOPT_HANDLER, Act.TURN_DOWN_HANDLER), (guards | chair) & not_its_proposer & not_oneself),
    **dict.fromkeys((Act.REPORT_CONDUCT, Act.ADD_WORD, Act.ANSWER_CHECK), own_firm),
    **dict.fromkeys((Act.RECEIVE_CONDUCT, Act.HEAR_WORD, Act.NOTE_TRY, Act.REMIND_HANDLERS, Act.ASK_CHECK), system),
    **dict.fromkeys((Act.OPEN_REPORTER, Act.OPEN_EVIDENCE, Act.LOOK_INTO, Act.ASK_BANK), its_handler),
    **dict.fromkeys((Act.FIND_BREACH, Act.FIND_NOTHING, Act.REFER_CONDUCT, Act.CLOSE_CONDUCT), its_handler),
    Act.ANSWER_LETTER: bank_admin & own_bank,
}
