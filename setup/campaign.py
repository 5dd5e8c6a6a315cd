"""Long runs with large counts, goal by goal (长时间验证): what came of each stands in docs/assurance.md, written by the run.

`python setup/campaign.py [GOAL …]` runs the goals of setup/goals.toml. It may be stopped at any time: what is over is kept, and a goal that
stands in the page for the same revision is not run again unless it is named. `python setup/campaign.py page` runs none and writes the page
anew, with the table of `setup/asvs.toml` as its second part.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parents[1]
sys.path[:0] = [str(HERE)]  # so that it may be run as a file

from setup import asvs  # noqa: E402  found by the line above

NEVER = "未运行 · not run"
HEAD = """# 验证记录 · What was proved, and when

由 `make campaign` 写成，不手工修改；目标与次数在 `setup/goals.toml`。每次改动都以较小的次数跑同样的测试。
Written by `make campaign` and by nobody's hand; goals and counts are in `setup/goals.toml`. Each change runs the same tests with a small count.

| 目标 · goal | 内容 · what | 次数 · count | 结果 · result | 版本 · revision | 日期 · day | 用时 · seconds |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Goal:
    """One goal: its tests, or a command of the house, and the settings by which they run so often."""

    id: str
    says: str
    count: str
    settings: dict[str, str]
    tests: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    only: str = ""  # a word in the names of the tests


def goals(path: Path) -> list[Goal]:
    return [Goal(**one) for one in tomllib.loads(path.read_text(encoding="utf-8"))["goal"]]


def rows(page: Path) -> dict[str, list[str]]:
    """What the page says of each goal: result, revision, day, seconds."""
    said = page.read_text(encoding="utf-8") if page.exists() else ""
    found = [
        [cell.strip() for cell in line.strip("|\n").split(" |")] for line in said.splitlines() if line.startswith("| ")
    ]
    return {cells[0]: cells[-4:] for cells in found[1:]}


def written(wanted: list[Goal], known: dict[str, list[str]]) -> str:
    def row(goal: Goal) -> str:
        cells = known.get(goal.id, [NEVER, "–", "–", "–"])
        return (
            f"| {' | '.join([goal.id, goal.says.replace(' | ', ' · '), goal.count.replace(' | ', ' · '), *cells])} |\n"
        )

    return HEAD + "".join(map(row, wanted))


def run(goal: Goal, folder: Path) -> list[str]:
    """Run one goal; its four cells."""
    start = time.monotonic()
    tests = ["-m", "pytest", "-q", "-n", "0", "-o", "faulthandler_timeout=0", "-k", goal.only, *goal.tests]
    command = [sys.executable, *(goal.command or tests)]
    told = subprocess.run(
        command, cwd=folder, env=os.environ | goal.settings, capture_output=True, text=True, check=False
    )
    took, today = round(time.monotonic() - start), datetime.now(UTC).date().isoformat()
    return [result(told.returncode, told.stdout), revision(folder), today, f"{took:,}"]


def result(code: int, said: str) -> str:
    """`passed`, or what failed first."""
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    if code == 0:
        return "通过 · passed"
    return f"**未通过 · failed**: `{failed[0] if failed else f'exit {code}'}`" + (
        f" +{len(failed) - 1}" if len(failed) > 1 else ""
    )


def revision(folder: Path) -> str:
    told = subprocess.run(
        [shutil.which("git") or "git", "rev-parse", "--short", "HEAD"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "–"


def campaign(folder: Path, named: list[str]) -> int:
    """Run what is named, or all that does not stand for this revision; how many failed."""
    every, page = goals(folder / "setup/goals.toml"), folder / "docs/assurance.md"
    now, known = revision(folder), rows(page)
    if named == ["page"]:
        page.write_text(written(every, known) + asvs.written(folder), encoding="utf-8")
        return 0
    todo = [one for one in every if (one.id in named if named else known.get(one.id, ["", ""])[1] != now)]
    if unknown := set(named) - {one.id for one in every}:
        sys.exit(f"没有这个目标 | no such goal: {', '.join(sorted(unknown))}")
    failed = 0
    for number, goal in enumerate(todo, 1):
        print(f"{number}/{len(todo)} {goal.id} {goal.says}", flush=True)
        known[goal.id] = run(goal, folder)
        page.write_text(written(every, known) + asvs.written(folder), encoding="utf-8")
        print(f"    {known[goal.id][0]}, {known[goal.id][3]} s", flush=True)
        failed += "passed" not in known[goal.id][0]
    return failed


if __name__ == "__main__":
    sys.exit(1 if campaign(HERE, sys.argv[1:]) else 0)
