"""What people do about firms and the guarantor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from financing.acts import Act
from financing.desk import Desk
from financing.journal import Private
from financing.money import Fen, Rate
from financing.parties import known, rules
from financing.parties.identity import credit_code, guarantor_name, line
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import FirmState, GuarantorKind, Origin
from financing.readings import likeness
from financing.refusals import CheckedField, FirmKnown, Incomplete, NotAnIndustry, OutOfRange
from scoring.industries import UnknownIndustry, industry
from scoring.sizes import size


def register(
    desk: Desk,
    *,
    code: str,
    name: str,
    industry: str,
    park: str,
    address: str,
    founded_on: date,
    representative: str,
    contact: str,
    phone: str,
    employees: int | None = None,
    revenue: Fen | None = None,
    assets: Fen | None = None,
    origin: Origin = Origin.DECLARED,
) -> Firm:
    """Enter a firm under its credit code (登记企业); NotACode, NotText, NotAnIndustry, OutOfRange, FirmKnown.

    `origin` says where the answers come from when the firm does not type them itself.
    """
    facts = _checked(desk, {
        "name": name, "industry": industry, "park": park, "address": address, "founded_on": founded_on,
        "representative": representative, "contact": contact, "phone": phone, "employees": employees, "revenue": revenue,
        "assets": assets,
    })  # fmt: skip
    firm = desk.add(Firm(code=credit_code(code), registered_at=desk.now, likeness=likeness(facts["name"]), **facts))
    firm.size = _size(desk, firm)
    firm.origins = known.marked(facts, origin, desk.today)
    try:
        desk.session.flush()
    except IntegrityError:
        raise FirmKnown(field="code", given=firm.code) from None
    desk.note(Act.TYPE_FIRM if origin is Origin.PAPER else Act.REGISTER_FIRM, firm)
    _tell(desk, Act.REGISTER_FIRM, firm, {"role": "officer"})
    return firm


def free_code(desk: Desk, code: str) -> str:
    """A credit code under which no firm stands yet; FirmKnown says so before anything more is typed."""
    if by_code(desk, code) is not None:
        raise FirmKnown(field="code", given=code)
    return code


def by_code(desk: Desk, code: str) -> Firm | None:
    """The firm under a code, whoever asks: that it is on file is told to whoever types the code, nothing else of it."""
    return desk.session.scalar(select(Firm).where(Firm.code == code))


def show_contact(desk: Desk, firm: Firm, why: str) -> str:
    """The whole telephone number, to somebody who sees its ends alone, for a reason and on record; the number."""
    desk.note(Act.SHOW_CONTACT, firm, why=Private(why))
    return firm.phone


def confirm(desk: Desk, firm: Firm) -> None:
    """The officer has compared the registration with the licence (确认企业)."""
    desk.take(Act.CONFIRM_FIRM, firm)
    firm.origins = firm.origins | known.marked(rules.CHECKED, Origin.REGISTER, desk.today)
    _tell(desk, Act.CONFIRM_FIRM, firm, {"firm": firm.id})


def edit(desk: Desk, firm: Firm, **changes: Any) -> None:
    """Change what a firm says of itself; what an officer has confirmed, only an officer corrects (CheckedField)."""
    facts = {key: value for key, value in _checked(desk, changes).items() if getattr(firm, key) != value}
    locked = sorted(rules.CHECKED & facts.keys())
    if locked and firm.state is FirmState.CONFIRMED and not desk.may(Act.CONFIRM_FIRM, firm):
        raise CheckedField(fields=tuple(locked))
    desk.take(Act.EDIT_FIRM, firm, fields=sorted(facts))
    for key, value in facts.items():
        setattr(firm, key, value)
    own = firm.firm_id == desk.actor.firm_id
    firm.origins = firm.origins | known.marked(facts, Origin.DECLARED if own else Origin.REGISTER, desk.today)
    firm.likeness = likeness(firm.name)
    firm.size = _size(desk, firm)


def set_guarantor(desk: Desk, **terms: Any) -> Guarantor:
    """Put the zone's company on record with terms as `checked_terms` takes them (设定担保人): for demo and rehearsal alone.

    People change terms two by two, see `guarantees.changes`.
    """
    guarantor = put_terms(desk, terms)
    desk.note(Act.SET_GUARANTOR, guarantor, **{key: terms[key] for key in ("kind", "net_assets", "share", "fee")})
    return guarantor


def checked_terms(
    *, name: str, kind: GuarantorKind, net_assets: Fen, share: Rate, fee: Rate, pool: Fen = Fen(0), licence: str = "",
    licence_until: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Terms on which a company may stand behind loans, by column; OrganAsGuarantor, UnlicensedName, Incomplete, OutOfRange."""
    licensed = kind is GuarantorKind.LICENSED
    if licensed and not (licence.strip() and licence_until):
        raise Incomplete(papers=("licence", "licence_until"))
    _between("net_assets", net_assets, Fen(0), None)
    _between("pool", pool, Fen(0), None)
    _between("share", share, Rate(0), Rate.percent(100))
    _between("fee", fee, Rate(0), Rate.percent(rules.HIGHEST_FEE))
    return {
        "name": guarantor_name(name, licensed=licensed or kind is GuarantorKind.REINSURED_PRODUCT), "kind": kind,
        "net_assets": net_assets, "pool": pool, "share": share, "fee": fee, "licence": licence and line(licence, "licence"),
        "licence_until": licence_until,
    }  # fmt: skip


def terms_of(guarantor: Guarantor) -> dict[str, Any]:
    """The terms as they stand, by column."""
    return {key: getattr(guarantor, key) for key in rules.TERMS}


def put_terms(desk: Desk, terms: Mapping[str, Any]) -> Guarantor:
    """Write terms down, on the one guarantor there is or on a new one; refused as by `checked_terms`."""
    checked = checked_terms(**terms)
    guarantor = the_guarantor(desk) or desk.add(Guarantor(**checked))
    for key, value in checked.items():
        setattr(guarantor, key, value)
    desk.session.flush()
    return guarantor


def the_guarantor(desk: Desk) -> Guarantor | None:
    """The one company that stands behind loans of this zone, or None before it is set."""
    return desk.find(Guarantor)


def _checked(desk: Desk, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as they may be stored; the first one that cannot be true is refused."""
    read = dict(facts)
    for key in rules.LINES & read.keys():
        read[key] = line(read[key], key)
    if "industry" in read:
        read["industry"] = _industry(read["industry"])
    if "founded_on" in read:
        _between("founded_on", read["founded_on"], rules.FIRST_FOUNDED, desk.today)
    for key, least in (("employees", 0), ("revenue", Fen(0)), ("assets", Fen(0))):
        _between(key, read.get(key), least, rules.MOST_EMPLOYEES if key == "employees" else None)
    return read


def _between(field: str, value: Any, least: Any, most: Any) -> None:
    if value is not None and (value < least or (most is not None and value > most)):
        raise OutOfRange(field=field, least=least, most=most)


def _industry(code: str) -> str:
    try:
        return industry(code).code
    except UnknownIndustry:
        raise NotAnIndustry(given=code[:40]) from None


def _size(desk: Desk, firm: Firm) -> str:
    revenue, assets = (None if amount is None else amount.fen for amount in (firm.revenue, firm.assets))
    return size(firm.industry, desk.today, employees=firm.employees, revenue_fen=revenue, assets_fen=assets).value


def _tell(desk: Desk, act: Act, firm: Firm, to: Mapping[str, object]) -> None:
    desk.later("notice", f"{act}:{firm.id}", to=dict(to), code=act.value, subject=firm.id, number=firm.code)
