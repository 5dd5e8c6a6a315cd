"""Runs every figure script beside it in a process of its own; prints one JSON object per line.

A script prints lines of {"figure", "value", "unit"} and, where there is a peer, {"peer", "peer_value", "ratio"}.
`python bench/run.py score page` runs `bench/score*.py` and `bench/page*.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent


def scripts(groups: Iterable[str]) -> list[Path]:
    """The figure scripts of these groups, or all; a group that names none is an error."""
    found = sorted(path for path in HERE.glob("*.py") if path.name not in {"run.py", "__init__.py"})
    if not (wanted := list(groups)):
        return found
    if unknown := [group for group in wanted if not any(path.stem.startswith(group) for path in found)]:
        known = ", ".join(path.stem for path in found)
        sys.exit(f"没有这组图表 | no such group: {', '.join(unknown)} ({known})")
    return [path for path in found if path.stem.startswith(tuple(wanted))]


def figures(script: Path) -> Iterator[str]:
    """The lines a script prints, as it prints them; what is not a figure is a fault of the script."""
    with subprocess.Popen([sys.executable, str(script)], cwd=HERE.parent, stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout or ():
            figure = json.loads(line)
            if missing := {"figure", "value", "unit"} - figure.keys():
                raise ValueError(f"{script.name}: {sorted(missing)} missing in {line!r}")
            yield json.dumps(figure, ensure_ascii=False)
    if run.returncode:
        raise ValueError(f"{script.name} ended with {run.returncode}")


def main() -> None:
    faults = []
    for script in scripts(sys.argv[1:]):
        try:
            for line in figures(script):
                print(line, flush=True)
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
