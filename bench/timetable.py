"""The timetable of a forum session, 8 banks and 60 firms, 30 banks and 1,000, with its gap to the optimum; and set right again
when a bank stays away. Nothing installed makes timetables; HiGHS inside is the peer and the proof. Clock on the wall.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.timetable import Talk

ROUNDS = 3
SESSIONS = {"8x60": (8, 60, 4, 16), "30x1000": (30, 1_000, 6, 40)}  # banks, firms, wishes a firm, rounds


def tell(figure: str, value: float, unit: str) -> None:
    print(json.dumps({"figure": figure, "value": round(value, 4), "unit": unit}), flush=True)


def wishes(banks: int, firms: int, each: int) -> list[Talk]:
    from scoring.timetable import Talk

    chance = random.Random(1)
    return [
        Talk(f"b{bank:02d}", f"f{firm:04d}", chance.randint(1, 101))
        for firm in range(firms)
        for bank in chance.sample(range(banks), each)
    ]


def main() -> None:
    from scoring.timetable import timetable
    from scoring.timetable_mend import mend

    for name, (banks, firms, each, rounds) in SESSIONS.items():
        talks, taken = wishes(banks, firms, each), []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            table = timetable(talks, rounds, least=2)
            taken.append(time.perf_counter() - start)
        tell(f"timetable.{name}.seconds", median(taken), "s")
        tell(f"timetable.{name}.gap", table.gap, "share")
        tell(f"timetable.{name}.idle", table.idle, "rounds of a table")
        tell(f"timetable.{name}.waiting", table.waiting, "rounds")
        start = time.perf_counter()
        found = mend(table.seats, [talk for talk in talks if talk.bank != "b00"], rounds, past=rounds // 4, least=2)
        tell(f"timetable.{name}.mend.seconds", time.perf_counter() - start, "s")
        tell(f"timetable.{name}.mend.moves", sum(move.bank != "b00" for move in found.moves), "talks")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
