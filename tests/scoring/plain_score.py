"""A second scoring, as the text of a card says it: one firm, one rule after another, nothing prepared, exact numbers."""

from math import isfinite

from scoring.facts import FEN_PER_WAN, Kind
from scoring.industries import covers


def plain_score(card, facts, industry=None, dated=None, on=None):
    """Everything `score` says of a firm, by name."""
    marks = {item.key: plain_marks(item, _known(facts.get(item.fact)), industry) for item in card.item}
    hits = {veto.key: _hit(veto, _known(facts.get(veto.fact)), (dated or {}).get(veto.fact), on) for veto in card.veto}
    missing = [item for item in card.item if _known(facts.get(item.fact)) is None]
    total, weight = sum(marks.values()), sum(item.most for item in missing)
    grade = max((least, grade) for grade, least in card.grades.items() if total >= least)[1]
    insufficient, vetoed = weight > int(card.missing_limit * card.full_marks), any(hits.values())
    qualified = total >= card.line and not insufficient and not vetoed
    lost = [(item.most - marks[item.key], -item.most, -place, item.key) for place, item in enumerate(card.item)]
    reasons = [key for loss, _, _, key in sorted(lost, reverse=True)[:3] if loss]
    return {
        **marks,
        **hits,
        "missing": [item.fact for item in missing],
        "total": total,
        "missing_weight": weight,
        "grade": grade,
        "vetoed": vetoed,
        "insufficient": insufficient,
        "qualified": qualified,
        "ceiling_fen": card.ceilings.get(grade, 0) * FEN_PER_WAN if qualified else 0,
        **{f"reason_{place}": key for place, key in enumerate([*reasons, None, None, None][:3], 1)},
    }


def _known(value):
    return None if value is None or (isinstance(value, float) and not isfinite(value)) else value


def plain_marks(item, value, industry):
    scale = item
    for own in sorted(item.industry, key=lambda own: (own.code.isdigit(), len(own.code))):
        if industry and covers(own.code, industry):
            scale = own
    if value is None:
        return item.missing
    if scale.choices:
        return scale.choices[_code(value)]
    for edge, marks in scale.bands:
        if (
            _above(item.held.kind, value, edge) >= 0
            if item.better == "higher"
            else _above(item.held.kind, value, edge) <= 0
        ):
            return marks
    return 0


def _hit(veto, value, day, on):
    if value is None or (on and veto.valid_days and (day is None or (on - day).days > veto.valid_days)):
        return False
    match veto.operator:
        case "at_least":
            return _above(veto.held.kind, value, veto.value) >= 0
        case "at_most":
            return _above(veto.held.kind, value, veto.value) <= 0
        case "one_of":
            return value in veto.value
    return value == veto.value if isinstance(value, (str, bool)) else _above(veto.held.kind, value, veto.value) == 0


def _above(kind, value, edge):
    """1 above an edge, 0 on it, -1 below; money against 万元, a ratio as the double it is kept in."""
    limit = float(edge) if kind is Kind.NUMBER else edge * FEN_PER_WAN if kind is Kind.MONEY else edge
    return (value > limit) - (value < limit)


def _code(value):
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
