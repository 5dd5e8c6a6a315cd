"""The paper path (代填): an officer types a signed form on a firm's behalf, and the firm confirms it or objects within dated days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from financing.acts import Act
from financing.desk import BEIJING, Desk
from financing.form_refusals import BehalfOver, SignedWhen
from financing.journal import Private
from financing.needs import service
from financing.needs.behalf_model import Behalf
from financing.needs.behalf_rules import BehalfState, signed_in_time
from financing.needs.model import Need
from financing.papers.model import Paper
from financing.parameters import figure
from financing.parties.identity import line, passage
from financing.parties.model import Firm


@dataclass(frozen=True, slots=True)
class Typed:
    """A need typed from paper as its pages show it: by whom, from which form, until when the firm may object."""

    id: int
    need_id: int
    number: str
    scan_id: int
    edition: str
    signed_by: str
    signed_on: date
    typed_on: date
    typed_by: str
    until: date
    state: BehalfState
    why: str
    left: int
    whole: int  # working days the firm has in all


def type_in(
    desk: Desk,
    firm: Firm,
    scan: Paper,
    *,
    edition: str,
    signed_by: str,
    signed_on: date,
    promises: bool = False,
    **asked: Any,
) -> Behalf:
    """Hand a need in from a signed form (代填需求); its clock starts as for any other. SignedWhen, and what `submit` refuses."""
    if not signed_in_time(signed_on, desk.today):
        raise SignedWhen(field="signed_on")
    need = service.begun(desk, firm, **asked)
    service.handed_in(desk, need, Act.TYPE_NEED, promises=promises)
    behalf = desk.add(
        Behalf(
            need_id=need.id, firm_id=firm.id, scan_id=scan.id, edition=edition, signed_by=line(signed_by, "signed_by", 60), signed_on=signed_on,
            typed_at=desk.now, typed_by=desk.actor.id, typed_by_name=desk.actor.name, until=_until(desk),
        )
    )  # fmt: skip
    desk.session.flush()
    _tell(desk, Act.TYPE_NEED, behalf, need, {"firm": firm.id})
    return behalf


def confirm(desk: Desk, behalf: Behalf) -> None:
    """The firm says that what was typed is what it asked for."""
    _answer(desk, Act.CONFIRM_BEHALF, behalf)


def object_to(desk: Desk, behalf: Behalf, why: str) -> Need:
    """The firm says that it is not: the need ends; whoever calls drops what later stages made of it. BehalfOver, NotText."""
    why = passage(why, "why")
    _answer(desk, Act.OBJECT_BEHALF, behalf, why)
    need = desk.get(Need, behalf.need_id)
    service.withdraw(desk, need)
    return need


def over(desk: Desk) -> list[int]:
    """Typed needs whose time for an objection is over."""
    open_ones = desk.select(Behalf, Behalf.id).where(Behalf.state == BehalfState.OPEN, Behalf.until < desk.today)
    return list(desk.session.scalars(open_ones.order_by(Behalf.until, Behalf.id)))


def lapse(desk: Desk, key: int) -> int:
    """The firm has said nothing: what its signature said stands."""
    behalf = desk.get(Behalf, key, lock=True)
    if behalf.state is not BehalfState.OPEN:
        return 0
    desk.take(Act.LAPSE_BEHALF, behalf)
    behalf.answered_at = desk.now
    return 1


def of_need(desk: Desk, need_id: int) -> Typed | None:
    """How a need was typed from paper, for those who may see it; None for one the firm typed itself."""
    found = desk.find(Behalf, Behalf.need_id == need_id)
    return _shown(desk, found) if found else None


def of_firm(desk: Desk, firm_id: int) -> list[Typed]:
    """Every need of a firm that was typed from paper, the newest first, for those who may see it."""
    typed = desk.all(Behalf, Behalf.firm_id == firm_id, by=Behalf.typed_at.desc())
    return [_shown(desk, one) for one in typed]


def waiting(desk: Desk) -> list[Typed]:
    """What the firm at the desk still has to look at, the most urgent first."""
    mine = desk.all(Behalf, Behalf.state == BehalfState.OPEN, Behalf.until >= desk.today, by=Behalf.until)
    return [_shown(desk, one) for one in mine]


def _answer(desk: Desk, act: Act, behalf: Behalf, why: str = "") -> None:
    if behalf.state is not BehalfState.OPEN or desk.today > behalf.until:
        raise BehalfOver(until=behalf.until)
    desk.take(act, behalf, **({"why": Private(why)} if why else {}))
    behalf.answered_at, behalf.answered_by, behalf.why = desk.now, desk.actor.id, why
    need = desk.get(Need, behalf.need_id)
    _tell(desk, act, behalf, need, {"user": behalf.typed_by})


def _until(desk: Desk) -> date:
    return desk.calendar.after(desk.today, figure("behalf_days", desk.today).value).day


def _tell(desk: Desk, act: Act, behalf: Behalf, need: Need, to: dict[str, object]) -> None:
    desk.later("notice", f"{act}:{behalf.id}", to=to, code=act.value, subject=need.id, number=need.number)


def _shown(desk: Desk, one: Behalf) -> Typed:
    typed_on = one.typed_at.astimezone(BEIJING).date()
    return Typed(
        id=one.id, need_id=one.need_id, number=desk.get(Need, one.need_id).number, scan_id=one.scan_id, edition=one.edition,
        signed_by=one.signed_by, signed_on=one.signed_on, typed_on=typed_on, typed_by=one.typed_by_name, until=one.until, state=one.state,
        why=one.why, left=desk.calendar.left(desk.today, one.until),
        whole=desk.calendar.left(typed_on, one.until),
    )  # fmt: skip
