"""What is held of people and firms (个人信息): classes, legal bases, how long, and what a firm may ask for. No database here."""

from __future__ import annotations

from enum import StrEnum

from financing.acts import Act
from financing.flow import Flow


class Held(StrEnum):
    """One kind of what is held; the tables of fields.toml, in the order of the page."""

    ACCOUNT = "account"
    INVITATION = "invitation"
    SIGN_IN = "sign_in"
    CONTACT = "contact"
    CHANNEL = "channel"
    TAKING_PART = "taking_part"
    UNFINISHED = "unfinished"
    RELATED = "related"
    MONEY_ACCOUNT = "money_account"
    PAPER = "paper"
    REPORT = "report"
    HANDLER = "handler"
    WORDS = "words"
    BUSINESS = "business"
    JOURNAL = "journal"


class Sensitivity(StrEnum):
    """How much it may hurt: 个人信息保护法 第二十八条 draws the line between the first two."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105  a class, no password


class Basis(StrEnum):
    """Why it may be processed at all (个人信息保护法 第十三条, 第二十九条)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    DUTY = "duty"
    SEPARATE = "separate"


class Since(StrEnum):
    """From when on the time of keeping counts."""

    BEGUN = "begun"
    SAVED = "saved"
    OVER = "over"
    CLOSED = "closed"
    HELD = "held"
    ENDED = "ended"


class Disputed(StrEnum):
    """What a firm may object to (征信业管理条例 第二十五条): nothing of it can the firm change itself."""

    FACT = "fact"  # something recorded or counted that a score rests on; the item is its name in scoring.facts
    FIELD = "field"  # what the office compared with the licence; the item is the column of the firm


class ObjectionState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


O = ObjectionState  # noqa: E741  as S stands for the states of a need
OBJECTION_FLOW = Flow(
    start=O.OPEN,
    steps={
        (O.OPEN, Act.UPHOLD_OBJECTION): O.UPHELD,
        (O.OPEN, Act.REFUSE_OBJECTION): O.REFUSED,
        (O.OPEN, Act.WITHDRAW_OBJECTION): O.WITHDRAWN,
    },
)


class ErasureState(StrEnum):
    ASKED = "asked"
    HELD = "held"  # refused: something has to be kept, until a day where it is known
    ERASED = "erased"
    WITHDRAWN = "withdrawn"


E = ErasureState
ERASURE_FLOW = Flow(
    start=E.ASKED,
    steps={
        (E.ASKED, Act.ERASE): E.ERASED,
        (E.ASKED, Act.HOLD_ERASURE): E.HELD,
        (E.ASKED, Act.WITHDRAW_ERASURE): E.WITHDRAWN,
    },
)


class Hold(StrEnum):
    """Why something may not be erased yet (个人信息保护法 第四十七条: 法律、行政法规规定的保存期限未届满)."""

    NEED = "need"  # a need is on its way
    GUARANTEE = "guarantee"  # a guarantee stands
    LOAN = "loan"  # a loan is not repaid
    CLAIM = "claim"  # a claim or a recovery is open
    BRIDGE = "bridge"  # money of the bridge fund is out
    DECISION = "decision"  # a sealed decision is younger than its time of keeping
    OBJECTION = "objection"  # an objection or a second look has no answer yet
    POST = "post"  # a person who works for the zone or a bank


class Processing(StrEnum):
    """What an assessment is about (个人信息保护法 第五十五条)."""

    SENSITIVE = "sensitive"
    SCORING = "scoring"
    BANKS = "banks"
    PUBLICATION = "publication"
    OTHER = "other"


#: Nothing goes live without an assessment of each of these.
ASSESSED = (Processing.SENSITIVE, Processing.SCORING, Processing.BANKS, Processing.PUBLICATION)
