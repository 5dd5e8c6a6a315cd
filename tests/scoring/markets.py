"""Small markets for the tests of assignments, and what is asked of them, worked out the slow way."""

from collections import deque
from itertools import combinations, product

import polars as pl
from hypothesis import strategies as st

from scoring.market import LIMITS, PAIRS, TURNS


@st.composite
def markets(draw, needs=5, banks=3, amounts=True, each=2):
    """Tables of pairs, needs and banks, and to how many banks a need goes."""
    names, shelves = [f"n{n}" for n in range(draw(st.integers(0, needs)))], [f"b{n}" for n in range(banks)]
    pairs = []
    for name in names:
        wanted = draw(st.permutations(shelves))[: draw(st.integers(0, banks))]
        pairs += [
            {"need": name, "bank": bank, "rank": rank, "points": draw(st.sampled_from([0, 10, 15, 25, 40, 41]))}
            for rank, bank in enumerate(wanted, 1)
        ]
    turns = draw(st.permutations(range(len(names))))
    limit = st.none() | st.integers(0, 8) if amounts else st.none()
    return (
        pl.DataFrame(pairs, schema=dict(PAIRS)),
        pl.DataFrame(
            [{"need": n, "amount_fen": draw(st.integers(1, 5)), "turn": t} for n, t in zip(names, turns, strict=True)],
            schema=dict(TURNS),
        ),
        pl.DataFrame(
            [{"bank": b, "most_fen": draw(limit), "most": draw(st.none() | st.integers(0, 3))} for b in shelves],
            schema=dict(LIMITS),
        ),
        draw(st.integers(1, each)),
    )


class Plain:
    """The same market in dictionaries."""

    def __init__(self, pairs, needs, banks, each):
        self.points = {(row["need"], row["bank"]): row["points"] for row in pairs.to_dicts()}
        ranked = sorted(pairs.to_dicts(), key=lambda row: row["rank"])
        self.wishes = {need: [row["bank"] for row in ranked if row["need"] == need] for need in needs["need"]}
        turn = {row["need"]: row["turn"] for row in needs.to_dicts()}
        self.amount = {row["need"]: row["amount_fen"] for row in needs.to_dicts()}
        self.limits = {row["bank"]: (row["most"], row["most_fen"]) for row in banks.to_dicts()}
        self.line = {
            bank: sorted(
                (need for need, other in self.points if other == bank),
                key=lambda need: (-self.points[need, bank], turn[need]),
            )
            for bank in self.limits
        }
        self.each = each

    def fits(self, bank, needs):
        most, fen = self.limits[bank]
        return (most is None or len(needs) <= most) and (fen is None or sum(map(self.amount.get, needs)) <= fen)

    def at(self, chosen, bank):
        return [need for need in self.line[bank] if (need, bank) in chosen]

    def allowed(self, chosen):
        return all(self.fits(bank, self.at(chosen, bank)) for bank in self.limits) and all(
            len(self.of(chosen, need)) <= self.each for need in self.wishes
        )

    def of(self, chosen, need):
        return [bank for bank in self.wishes[need] if (need, bank) in chosen]

    def wants(self, chosen, need, bank):
        if (need, bank) in chosen or bank not in self.wishes[need]:
            return False
        own = self.of(chosen, need)
        return len(own) < self.each or self.wishes[need].index(bank) < self.wishes[need].index(own[-1])

    def blocking(self, chosen):
        """Pairs who would rather have each other: somebody behind is served, or the head of the line and this one fit."""
        found = set()
        for bank, line in self.line.items():
            served = self.at(chosen, bank)
            turned = [need for need in line if self.wants(chosen, need, bank)]
            for need in turned:
                overtaken = any(line.index(other) > line.index(need) for other in served)
                room = all(self.fits(bank, [*served, one]) for one in (turned[0], need))
                if overtaken or room:
                    found.add((need, bank))
        return found

    def deferred(self):
        """Deferred acceptance, one need asking at a time."""
        held, closed, asked = set(), set(), dict.fromkeys(self.wishes, 0)
        asking = deque(need for need in self.wishes for _ in range(self.each))
        while asking:
            need = asking.popleft()
            if asked[need] == len(self.wishes[need]):
                continue
            bank = self.wishes[need][asked[need]]
            asked[need] += 1
            held.add((need, bank))
            kept = []
            for one in self.line[bank]:
                if (one, bank) in held and ((one, bank) in closed or not self.fits(bank, [*kept, one])):
                    closed |= {(behind, bank) for behind in self.line[bank][self.line[bank].index(one) :]}
                    break
                kept += [one] if (one, bank) in held else []
            for one in self.at(held, bank):
                if one not in kept:
                    held.discard((one, bank))
                    asking.append(one)
        return held

    def every(self):
        """Every assignment within the limits."""
        ways = [
            [
                set(zip([need] * size, some, strict=True))
                for size in range(self.each + 1)
                for some in combinations(wished, size)
            ]
            for need, wished in self.wishes.items()
        ]
        for one in product(*ways):
            chosen = set().union(*one)
            if self.allowed(chosen):
                yield chosen

    def worth(self, chosen):
        return sum(self.points[pair] + 1 for pair in chosen)
