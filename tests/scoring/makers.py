"""Firms as hypothesis draws them."""

from hypothesis import strategies as st

from scoring.facts import FACTS, Kind

EDGES = (-10, 0, 0.5, 0.7, 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 60, 70, 75, 80, 100, 150)


def values(fact):
    """Something the fact may hold, edges of the cards more often than chance would have it."""
    match fact.kind:
        case Kind.CHOICE:
            return st.sampled_from(list(fact.choices))
        case Kind.FLAG:
            return st.booleans()
        case Kind.NUMBER:
            return st.sampled_from([float(edge) for edge in EDGES]) | st.floats(-200, 1_000)
        case Kind.MONEY:
            return st.sampled_from([int(edge * 1_000_000) for edge in EDGES]) | st.integers(-(10**9), 10**12)
    return st.sampled_from([int(edge) for edge in EDGES]) | st.integers(-5, 400)


def firms(card):
    """A whole firm: every fact the card reads, some of them missing."""
    names = dict.fromkeys(rule.fact for rule in card.rules)
    return st.fixed_dictionaries({name: st.none() | values(FACTS[name]) for name in names})
