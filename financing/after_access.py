"""Who may do what after the signature (保后): loans, watch, compensation, reserves, the bridge fund, conduct of banks."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import (
    Who,
    admin,
    bank_admin,
    banker,
    chair,
    chair_aside,
    committee,
    fund,
    its_handler,
    not_its_proposer,
    not_oneself,
    officer,
    own_bank,
    own_firm,
    system,
)

AFTER: Mapping[Act, Who] = {
    # loans and repayments
    **dict.fromkeys((Act.RECORD_LOAN, Act.REPAY_LOAN), (banker & own_bank) | officer),
    Act.PLAN_LOAN: (banker & own_bank) | officer | system,
    **dict.fromkeys((Act.CHANGE_LOAN_RATE, Act.EXTEND_LOAN), banker & own_bank),
    Act.PROPOSE_LOAN_CONSENT: officer,
    **dict.fromkeys((Act.AGREE_LOAN_EXTENSION, Act.REFUSE_LOAN_EXTENSION), (chair | chair_aside) & not_its_proposer),
    Act.PROPOSE_LOAN_CLASS: officer,
    **dict.fromkeys((Act.CONFIRM_LOAN_CLASS, Act.TURN_DOWN_LOAN_CLASS), (officer | chair) & not_its_proposer),
    Act.CALL_RENEWAL: system,
    Act.CHOOSE_RENEWAL: own_firm,
    # watch and warnings
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
    # reserves, and what they cover
    Act.PROPOSE_RESERVES: officer,
    **dict.fromkeys((Act.CONFIRM_RESERVES, Act.TURN_DOWN_RESERVES), (officer | chair) & not_its_proposer),
    # the bridge fund
    # conduct of banks
    Act.PROPOSE_HANDLER: admin,
    **dict.fromkeys((Act.ADOPT_HANDLER, Act.TURN_DOWN_HANDLER), (admin | chair) & not_its_proposer & not_oneself),
    **dict.fromkeys((Act.REPORT_CONDUCT, Act.ADD_WORD, Act.ANSWER_CHECK), own_firm),
    **dict.fromkeys((Act.RECEIVE_CONDUCT, Act.HEAR_WORD, Act.NOTE_TRY, Act.REMIND_HANDLERS, Act.ASK_CHECK), system),
    **dict.fromkeys((Act.OPEN_REPORTER, Act.OPEN_EVIDENCE, Act.LOOK_INTO, Act.ASK_BANK), its_handler),
    **dict.fromkeys((Act.FIND_BREACH, Act.FIND_NOTHING, Act.REFER_CONDUCT, Act.CLOSE_CONDUCT), its_handler),
    Act.ANSWER_LETTER: bank_admin & own_bank,
}
