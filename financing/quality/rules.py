"""Data quality rules (数据质量规则, F82): one registry of pure functions, run on import and every night. No database here.

A rule looks at a firm or a need as plain values and answers None, or the figures that fill its sentence. What is not known is not
held against anybody but by the rules about missing facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from financing.money import Fen
from financing.parties.identity import ALPHABET, LENGTH
from financing.parties.rules import FIRST_FOUNDED
from scoring.industries import UnknownIndustry, industry
from scoring.quality import sound_code

Figures = dict[str, str]
YUAN, WAN = 100, 1_000_000
#: A rule that speaks of other firms names at most so many.
MOST_NAMED = 3


class Severity(StrEnum):
    """An error must be put right; a warning may be true and can be accepted with a reason."""

    ERROR = "error"
    WARNING = "warning"


class Fault(StrEnum):
    """Everything that is looked for, one word for each rule."""

    CODE = "code"
    ORGAN_CODE = "organ_code"
    REGION = "region"
    INDUSTRY = "industry"
    FOUNDED_AHEAD = "founded_ahead"
    FOUNDED_EARLY = "founded_early"
    REGISTERED_EARLY = "registered_early"
    NEGATIVE = "negative"
    UNIT_REVENUE = "unit_revenue"
    UNIT_ASSETS = "unit_assets"
    SIZE = "size"
    PHONE = "phone"
    SAME_NAME = "same_name"
    SAME_PEOPLE = "same_people"
    NO_REVENUE = "no_revenue"
    NO_STAFF = "no_staff"
    LATEST_EARLY = "latest_early"
    LATEST_PAST = "latest_past"
    AMOUNT_UNIT = "amount_unit"
    BEFORE_FOUNDING = "before_founding"


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """A firm as the rules see it; None is not known.

    `twins` are other firms that share its name as people read it, `near` those of the same representative and phone, `looking`
    whether it has a need on the way.
    """

    code: str
    name: str
    industry: str
    founded: date
    registered: date
    phone: str
    size: str
    employees: int | None
    revenue: Fen | None
    assets: Fen | None
    twins: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    looking: bool = False


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """An open need as the rules see it."""

    amount: Fen
    latest: date
    submitted: date
    founded: date
    revenue: Fen | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its word, how grave it is, the page on which it is put right (a route), and the test."""

    fault: Fault
    severity: Severity
    mend: str
    test: Callable[..., Figures | None]


@dataclass(frozen=True, slots=True)
class Found:
    """One rule that one subject does not meet."""

    fault: Fault
    severity: Severity
    figures: Mapping[str, str]


def named(others: Iterable[str]) -> tuple[str, ...]:
    """Some of the other firms a rule speaks of, in order."""
    return tuple(sorted(others)[:MOST_NAMED])


def of_firm(firm: FirmFacts, today: date) -> tuple[Found, ...]:
    """Every rule about firms that this one does not meet, in the order of the registry."""
    return tuple(_run(FIRM_RULES, firm, today))


def of_need(need: NeedFacts, today: date) -> tuple[Found, ...]:
    """Every rule about needs that this one does not meet."""
    return tuple(_run(NEED_RULES, need, today))


def _run(rules: tuple[Rule, ...], subject: object, today: date) -> Iterator[Found]:
    for rule in rules:
        figures = rule.test(subject, today)
        if figures is not None:
            yield Found(rule.fault, rule.severity, figures)


def organ_code_sound(code: str) -> bool:
    """Whether places 9 to 17 of a credit code carry the check sign of GB 11714-1997 (weights 3 7 9 10 5 8 4 2, modulus 11)."""
    if len(code) != LENGTH or not ALPHABET.issuperset(code):
        return True  # the code itself is wrong, which its own rule says
    body, check = code[8:16], code[16]
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(weight * signs.index(sign) for weight, sign in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True))
    return check == "0123456789X"[(11 - total % 11) % 11]


def _when(wrong: object, **figures: object) -> Figures | None:
    return {key: str(value) for key, value in figures.items()} if wrong else None


def _code(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(not sound_code(firm.code), code=firm.code)


def _organ_code(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(sound_code(firm.code) and not organ_code_sound(firm.code), part=firm.code[8:17])


def _region(firm: FirmFacts, _today: date) -> Figures | None:
    """Places 3 to 8 are the division of the registrar (GB/T 2260): a province between 11 and 82, or 10 for the state's own."""
    given = firm.code[2:8]
    return _when(not (given.isdigit() and 10 <= int(given[:2] or 0) <= 82), given=given)


def _industry(firm: FirmFacts, _today: date) -> Figures | None:
    try:
        industry(firm.industry)
    except UnknownIndustry:
        return {"given": firm.industry}
    return None


def _founded_ahead(firm: FirmFacts, today: date) -> Figures | None:
    return _when(firm.founded > today, day=firm.founded)


def _founded_early(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(firm.founded < FIRST_FOUNDED, day=firm.founded)


def _registered_early(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(firm.registered < firm.founded, day=firm.founded, registered=firm.registered)


def _negative(firm: FirmFacts, _today: date) -> Figures | None:
    given = (("employees", firm.employees or 0), ("revenue", _fen(firm.revenue)), ("assets", _fen(firm.assets)))
    return next(({"what": name} for name, value in given if value < 0), None)


def _unit_revenue(firm: FirmFacts, _today: date) -> Figures | None:
    """Sales per head and year below a hundred yuan, or above a hundred million: as a rule 元 and 万元 were confused."""
    if not firm.revenue or not firm.employees or firm.revenue.fen <= 0 or firm.employees <= 0:
        return None
    head = firm.revenue.fen // firm.employees
    return _when(not 100 * YUAN <= head <= 10_000 * WAN, revenue=_wan(firm.revenue), people=firm.employees)


def _unit_assets(firm: FirmFacts, _today: date) -> Figures | None:
    """Assets and sales more than a thousandfold apart."""
    one, other = _fen(firm.revenue), _fen(firm.assets)
    apart = min(one, other) > 0 and max(one, other) > 1_000 * min(one, other)
    return _when(apart, revenue=_wan(firm.revenue), assets=_wan(firm.assets))


def _size(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(firm.looking and firm.size == "undetermined")


def _phone(firm: FirmFacts, _today: date) -> Figures | None:
    digits = [sign for sign in firm.phone if sign.isdigit()]
    return _when(not 7 <= len(digits) <= 15 or len(set(digits)) == 1, given=firm.phone)


def _same_name(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(bool(firm.twins), others="、".join(firm.twins))


def _same_people(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(bool(firm.near), others="、".join(firm.near))


def _no_revenue(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(firm.looking and firm.revenue is None)


def _no_staff(firm: FirmFacts, _today: date) -> Figures | None:
    return _when(firm.looking and firm.employees is None)


def _latest_early(need: NeedFacts, _today: date) -> Figures | None:
    return _when(need.latest < need.submitted, latest=need.latest, submitted=need.submitted)


def _latest_past(need: NeedFacts, today: date) -> Figures | None:
    return _when(need.submitted <= need.latest < today, latest=need.latest)


def _amount_unit(need: NeedFacts, _today: date) -> Figures | None:
    """More than twenty years of sales, or less than a thousand yuan: as a rule 元 and 万元 were confused."""
    sales = _fen(need.revenue)
    wrong = need.amount.fen < 1_000 * YUAN or (sales > 0 and need.amount.fen > 20 * sales)
    return _when(wrong, amount=_wan(need.amount), revenue=_wan(need.revenue))


def _before_founding(need: NeedFacts, _today: date) -> Figures | None:
    return _when(need.submitted < need.founded, submitted=need.submitted, founded=need.founded)


def _fen(amount: Fen | None) -> int:
    return amount.fen if amount else 0


def _wan(amount: Fen | None) -> str:
    return f"{_fen(amount) // 10_000 / 100:,.2f}"


E, W = Severity.ERROR, Severity.WARNING
FIRM_RULES: tuple[Rule, ...] = (
    Rule(Fault.CODE, E, "firm.edit.form", _code),
    Rule(Fault.ORGAN_CODE, W, "firm.edit.form", _organ_code),
    Rule(Fault.REGION, W, "firm.edit.form", _region),
    Rule(Fault.INDUSTRY, E, "firm.edit.form", _industry),
    Rule(Fault.FOUNDED_AHEAD, E, "firm.edit.form", _founded_ahead),
    Rule(Fault.FOUNDED_EARLY, W, "firm.edit.form", _founded_early),
    Rule(Fault.REGISTERED_EARLY, E, "firm.edit.form", _registered_early),
    Rule(Fault.NEGATIVE, E, "firm.edit.form", _negative),
    Rule(Fault.UNIT_REVENUE, W, "firm.edit.form", _unit_revenue),
    Rule(Fault.UNIT_ASSETS, W, "firm.edit.form", _unit_assets),
    Rule(Fault.SIZE, W, "firm.edit.form", _size),
    Rule(Fault.PHONE, W, "firm.edit.form", _phone),
    Rule(Fault.SAME_NAME, W, "firm.show", _same_name),
    Rule(Fault.SAME_PEOPLE, W, "firm.show", _same_people),
    Rule(Fault.NO_REVENUE, E, "firm.edit.form", _no_revenue),
    Rule(Fault.NO_STAFF, W, "firm.edit.form", _no_staff),
)
NEED_RULES: tuple[Rule, ...] = (
    Rule(Fault.LATEST_EARLY, E, "need.show", _latest_early),
    Rule(Fault.LATEST_PAST, W, "need.show", _latest_past),
    Rule(Fault.AMOUNT_UNIT, W, "need.show", _amount_unit),
    Rule(Fault.BEFORE_FOUNDING, E, "need.show", _before_founding),
)
#: Every rule by its word; the page, the documentation and the import read the same registry.
RULES: Mapping[Fault, Rule] = {rule.fault: rule for rule in (*FIRM_RULES, *NEED_RULES)}
