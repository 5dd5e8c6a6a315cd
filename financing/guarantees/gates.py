"""The hard gates (红线) of a guarantee: each with what was found, what the rule asks and where the rule comes from."""

from __future__ import annotations

from financing import parameters
from financing.credit.model import Assessment
from financing.desk import Desk
from financing.diligence import service as diligence
from financing.diligence.model import Survey
from financing.diligence.rules import Advice
from financing.guarantees import limits, related
from financing.guarantees.caps import small
from financing.guarantees.rules import Gate, Hurdle, Scope, exposure, lawful_guarantor, licence_holds
from financing.money import Fen
from financing.needs.model import Need
from financing.needs.rules import Purpose
from financing.parties.model import Firm, Guarantor
from financing.parties.rules import SUPPORT_BY_KIND, FirmState

#: The gate that each limit is.
HURDLES = {
    Scope.FACILITY: Hurdle.FACILITY_LIMIT,
    Scope.POOL: Hurdle.POOL_LIMIT,
    Scope.SECTOR: Hurdle.SECTOR_LIMIT,
    Scope.GROUP: Hurdle.GROUP_LIMIT,
    Scope.FIRM: Hurdle.SINGLE_LIMIT,
}


def checked(desk: Desk, need: Need, firm: Firm, assessment: Assessment, guarantor: Guarantor) -> tuple[Gate, ...]:
    """Every gate of one need, passed or not, in the order in which people read them."""
    return (
        *_firm(desk, need, firm),
        *_score(assessment),
        _surveyed(desk, need, assessment),
        *_amount(desk, need, firm, assessment, guarantor),
        *_guarantor(desk, guarantor),
        *_ties(desk, firm),
    )


def _firm(desk: Desk, need: Need, firm: Firm) -> tuple[Gate, ...]:
    return (
        _rule(desk, "confirmed_firms_only", Hurdle.CONFIRMED, firm.state is FirmState.CONFIRMED, firm.state),
        _rule(desk, "small_firms_only", Hurdle.SIZE, small(firm), firm.size),
        _rule(desk, "listed_purposes_only", Hurdle.PURPOSE, need.purpose in frozenset(Purpose), need.purpose),
    )


def _score(assessment: Assessment) -> tuple[Gate, ...]:
    card, line = f"{assessment.sheet['title']}（{assessment.since}）", int(assessment.sheet["line"])
    hits = "、".join(check["says"] for check in assessment.sheet["vetoes"] if check["hit"])
    unchecked = "、".join(check["says"] for check in assessment.sheet["vetoes"] if not check["checked"])
    return (
        Gate(Hurdle.VETO, not assessment.vetoed, hits or None, None, card),
        Gate(Hurdle.CHECKED, not unchecked, unchecked or None, None, card),
        Gate(Hurdle.FACTS, not assessment.insufficient, None, None, card),
        Gate(Hurdle.SCORE, assessment.total >= line, assessment.total, line, card),
    )


def _surveyed(desk: Desk, need: Need, assessment: Assessment) -> Gate:
    """Both officers have spoken, and the score knows what they found."""
    survey = diligence.complete(desk, need.id)
    fresh = survey is None or not survey.changed or assessment.assessed_at >= survey.at
    passed = survey is not None and fresh
    return _rule(desk, "two_officers_survey", Hurdle.SURVEYED, passed, None if survey is None else _said(survey, fresh))


def _said(survey: Survey, fresh: bool) -> str:  # noqa: FBT001  a fact, not a switch
    opinions = ((survey.officer_name, survey.advice), (survey.second_name, survey.second_advice))
    both = "；".join(f"{who} {'赞成' if advice is Advice.SUPPORT else '不赞成'}" for who, advice in opinions)
    return both if fresh else f"{both}；核查后事实有变化，须重新评分"


def _amount(desk: Desk, need: Need, firm: Firm, assessment: Assessment, guarantor: Guarantor) -> tuple[Gate, ...]:
    asked = exposure(need.amount, SUPPORT_BY_KIND[guarantor.kind])
    grade = f"{assessment.sheet['title']}（{assessment.grade}）"
    cap = parameters.figure("product_cap_fen", desk.today)
    return (
        _most(Hurdle.GRADE_CEILING, need.amount, assessment.ceiling, grade),
        _most(Hurdle.PRODUCT_CAP, need.amount, Fen(cap.value), cap.source),
        *(
            _most(HURDLES[room.scope], room.asked, room.free, room.source)
            for room in reversed(limits.rooms(desk, guarantor, firm, asked))
        ),
    )


def _guarantor(desk: Desk, guarantor: Guarantor) -> tuple[Gate, ...]:
    support, until = SUPPORT_BY_KIND[guarantor.kind], guarantor.licence_until
    holds = licence_holds(support, guarantor.licence, until, desk.today)
    lawful = lawful_guarantor(guarantor.name)
    return (
        _rule(desk, "letter_needs_licence", Hurdle.LICENCE, holds, until.isoformat() if until else None),
        _rule(desk, "no_government_guarantor", Hurdle.GUARANTOR, lawful, guarantor.name),
    )


def _ties(desk: Desk, firm: Firm) -> tuple[Gate, ...]:
    """What binds the firm to the guarantor itself: its controller is refused, any other related party must be reported."""
    controls, bound = related.controls_guarantor(desk, firm), related.related_to_guarantor(desk, firm)
    days = parameters.figure("related_report_days", desk.today)
    return (
        _rule(desk, "no_controller", Hurdle.CONTROLS_GUARANTOR, not controls, None),
        Gate(Hurdle.RELATED_TO_GUARANTOR, True, str(days.value) if bound else None, None, days.source),
    )


def _rule(desk: Desk, key: str, hurdle: Hurdle, passed: bool, found: str | None) -> Gate:  # noqa: FBT001  a fact, not a switch
    """A rule without a number, as far as it is in force on the day."""
    rule = parameters.figure(key, desk.today)
    return Gate(hurdle, passed or not rule.value, found, None, rule.source)


def _most(hurdle: Hurdle, found: Fen, most: Fen, source: str) -> Gate:
    return Gate(hurdle, found <= most, found, most, source)
