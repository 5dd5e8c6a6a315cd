"""What people see of counter-guarantees: one case's list with what its grade allows, and the register of all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from financing.acts import Act
from financing.desk import Desk
from financing.guarantees import documents, securities
from financing.guarantees.documents import Document
from financing.guarantees.model import GuaranteeCase
from financing.guarantees.security_model import CounterGuarantee
from financing.guarantees.security_rules import LIVE, REGISTRABLE, SecurityCap, SecurityKind, SecurityState
from financing.listed import Listed, listed
from financing.money import Fen
from financing.needs.model import Need
from financing.parties import names
from financing.parties.model import Firm
from financing.price_refusals import NoPrice


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked, its contract, and what may be done about it now."""

    one: CounterGuarantee
    paper: Document | None
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Register:
    """The list of one case; `cap` is what its grade allows, `taken` what things asked for are worth."""

    case: GuaranteeCase
    need: Need
    firm: Firm
    lines: tuple[Line, ...]
    cap: SecurityCap | None
    most: Fen
    taken: Fen
    may_ask: bool
    may_forgo: bool
    may_release: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register of all cases."""

    one: CounterGuarantee
    case: str
    firm: str


def of_case(desk: Desk, case: GuaranteeCase) -> Register:
    """The list of a case as the person at the desk may see it."""
    asked = securities.of_case(desk, case)
    cap, live = _cap(desk, case), [one for one in asked if one.state in LIVE]
    still = not securities.fixed(desk, case)
    nothing = any(one.kind is SecurityKind.NOTHING for one in asked)
    return Register(
        case=case, need=desk.get(Need, case.need_id), firm=desk.get(Firm, case.firm_id),
        lines=tuple(_line(desk, one) for one in asked), cap=cap,
        most=cap.most(case.line) if cap else Fen(0), taken=sum((one.value for one in live), Fen(0)),
        may_ask=still and not nothing and cap is not None and desk.may(Act.ASK_SECURITY, case),
        may_forgo=still and not nothing and not live and desk.may(Act.FORGO_SECURITY, case),
        may_release=bool(live) and not still and not securities.stands(desk, case) and desk.may(Act.RELEASE_SECURITY, case),
    )  # fmt: skip


def register(desk: Desk, state: SecurityState | None = None, page: int = 1) -> Listed[Row]:
    """Everything asked of anybody, the newest first."""
    number = select(GuaranteeCase.number).where(GuaranteeCase.id == CounterGuarantee.case_id).scalar_subquery()
    query = desk.select(CounterGuarantee).add_columns(number, names.of_firm(CounterGuarantee.firm_id))
    if state is not None:
        query = query.where(CounterGuarantee.state == state)
    newest = query.order_by(CounterGuarantee.asked_at.desc(), CounterGuarantee.id)
    return listed(desk, newest, page, Row)


def _line(desk: Desk, one: CounterGuarantee) -> Line:
    papers = documents.about(desk, one.id)
    acts = frozenset(desk.acts(one)) - {Act.RELEASE_SECURITY}
    acts -= frozenset() if one.kind in REGISTRABLE else {Act.REGISTER_SECURITY}
    return Line(one, papers[0] if papers else None, acts)


def _cap(desk: Desk, case: GuaranteeCase) -> SecurityCap | None:
    try:
        return securities.cap(desk, case)
    except NoPrice:
        return None
