"""Small faults put into the rules one at a time (变异测试): a fault that no test notices is a gap in the tests.

`python setup/mutants.py --count 300 --seed 1 [module …]` draws so many faults from these modules (without names all of scoring/; the word `trust` stands for
access, money, votes, consent and deadlines), tries each in a copy of the tree, and prints the survivors with their lines. For a module of scoring/ only tests
that import it are run, and those that import a module which does; with `--all`, what survives them meets all the others; for one of financing/ the tests
named here, on SQLite. A fault that makes the tests run out of processor time counts as noticed.

`python setup/mutants.py trust --bar` tries every one and ends with 1 below the bar: nine in ten noticed of each module, every one where it is access or
money (G-16). It may be stopped at any time: what was noticed stands in build/mutants.jsonl for as long as the module and its tests are the same.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

HERE = Path(__file__).parents[1]
sys.path[:0] = [str(HERE)]  # so that it may be run as a file

from setup import trust  # noqa: E402  found by the line above
from setup.trust import TRUST  # noqa: E402

RULES = (
    "advise", "capital", "card", "card_faults", "changes", "columns", "compiled", "explained", "held", "held_columns", "invoice_months",
    "invoice_rows", "invoices", "judge", "lines", "losses", "one", "precheck", "quality", "ratios", "repayment", "rounding",
    "row_columns", "score", "sheet", "sizes", "statement_lines", "statements", "whatif",
)  # fmt: skip
EXAMPLES, SECONDS = 20, 90
COPIED = ("scoring", "financing", "tests")

SWAPPED: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.FloorDiv,), ast.Div: (ast.Mult,), ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,), ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}


@dataclass(frozen=True)
class Fault:
    """One change of one module: which node in walking order, and the how-manieth change of that node."""

    module: str
    line: int
    node: int
    change: int


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Every small fault that this node can have."""
    match node:
        case ast.Compare(ops=[first, *rest]):
            yield from (_with(node, ops=[other(), *rest]) for other in SWAPPED[type(first)])
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            yield from (_with(node, op=other()) for other in SWAPPED.get(type(op), ()))
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield _with(node, body=orelse, orelse=body)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as number):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
        case ast.Name(id=name) if name in NAMES:
            yield _with(node, id=NAMES[name])
    match node:
        case ast.AugAssign() | ast.Raise() | ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def walk(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node that counts, by its parent, field and place; types and what only they need are left out."""
    for name, value in ast.iter_fields(tree):
        how_kept = isinstance(tree, ast.ClassDef) and name == "decorator_list"  # slots and frozen change no answer
        if (
            how_kept
            or name in {"annotation", "returns", "type_params"}
            or (isinstance(tree, ast.If) and _for_types(tree))
        ):
            continue
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield tree, name, place, child
                yield from walk(child)


def _for_types(tree: ast.If) -> bool:
    return isinstance(tree.test, ast.Name) and tree.test.id == "TYPE_CHECKING"


def path(tree: Path, module: str) -> Path:
    """Where a module lies; a name without a folder is one of scoring/."""
    return tree / f"{module if '/' in module else f'scoring/{module}'}.py"


def faults(module: str) -> list[Fault]:
    tree = ast.parse(path(HERE, module).read_text("utf-8"))
    return [
        Fault(module, getattr(node, "lineno", 0), place, change)
        for place, (_, _, _, node) in enumerate(walk(tree))
        for change, _ in enumerate(changes(node))
    ]


def mutated(fault: Fault) -> tuple[str, str, str]:
    """The module with the fault, and the node before and after."""
    tree = ast.parse(path(HERE, fault.module).read_text("utf-8"))
    parent, field, place, node = list(walk(tree))[fault.node]
    new = list(changes(node))[fault.change]
    before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(ast.copy_location(new, node)))
    if place is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[place] = new
    return ast.unparse(ast.fix_missing_locations(tree)), before, after


def tests(module: str) -> tuple[list[str], list[str]]:
    """The tests nearest to a module, and all the others."""
    if module in TRUST:
        return [f"tests/financing/{name}.py" for name in TRUST[module]], []
    files = sorted((HERE / "tests" / "scoring").glob("test_*.py"))
    through = [other.stem for other in (HERE / "scoring").glob("*.py") if _imports(other, module)]
    direct = [file for file in files if file.stem == f"test_{module}" or _imports(file, module)]
    near = [file for file in files if file in direct or any(_imports(file, other) for other in through)]
    near.sort(key=lambda file: (file.stem != f"test_{module}", file not in direct, "forms" in file.stem))
    return [f"tests/scoring/{file.name}" for file in near], [
        f"tests/scoring/{file.name}" for file in files if file not in near
    ]


def _imports(file: Path, module: str) -> bool:
    return f"from scoring.{module} import" in file.read_text("utf-8")


def noticed(copied: Path, files: list[str]) -> bool:
    """Whether these tests fail or run out of time, in a child that has the libraries loaded but nothing of ours."""
    if not files:
        return False
    child = os.fork()
    if not child:
        _run(copied, files)
    _, status = os.waitpid(child, 0)
    return status != 0


def _run(copied: Path, files: list[str]) -> None:
    """Never comes back."""
    import pytest  # noqa: PLC0415 (loaded already)

    os.chdir(copied)
    sys.path.insert(0, str(copied))
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    apart = copied / "tests" / "scoring" if files[0].startswith("tests/scoring") else copied
    asked = ["-x", "-q", "-n0", "-knot postgres", "--assert=plain", "-pno:cacheprovider", f"--confcutdir={apart}"]
    os._exit(int(pytest.main([*files, *asked])))


def load() -> None:
    """What every child would load again, and how its properties are drawn."""
    sys.dont_write_bytecode = True
    for name in ("alembic.command", "litestar", "polars", "psycopg", "pyarrow", "pydantic", "pytest", "sqlalchemy.orm"):
        importlib.import_module(name)
    settings = importlib.import_module("hypothesis").settings

    settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)
    settings.load_profile("mutants")


def copy_tree(folder: Path) -> Path:
    for name in COPIED:
        shutil.copytree(HERE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for other in HERE.iterdir():
        if other.name not in {*COPIED, ".git", ".venv"}:
            (folder / other.name).symlink_to(other)
    return folder


def over_the_bar(modules: list[str], copied: Path) -> bool:
    """Every fault of these modules but those that change no answer; each module's share, and whether it is enough."""
    enough = True
    for module in modules:
        near = [path(HERE, module), *(HERE / name for name in tests(module)[0])]
        before = trust.Noticed(HERE / "build/mutants.jsonl", module, near)
        every = [fault for fault in faults(module) if (module, *mutated(fault)[1:]) not in trust.SAME]
        alive = 0
        for fault in every:
            if (fault.node, fault.change) in before.known:
                continue
            if survives(copied, fault, thorough=False):
                alive += 1
            else:
                before.add(fault.node, fault.change)
        share = 100 * (len(every) - alive) // max(1, len(every))
        short = share < trust.bar(module)
        print(f"{'FAILED' if short else 'passed'} {module}: {len(every) - alive} of {len(every)}", flush=True)
        enough &= not short
    return enough


def survives(copied: Path, fault: Fault, *, thorough: bool) -> bool:
    file = path(copied, fault.module)
    sound = file.read_bytes()
    text, before, after = mutated(fault)
    file.write_text(text, "utf-8")
    near, far = tests(fault.module)
    alive = not noticed(copied, near) and not (thorough and noticed(copied, far))
    file.write_bytes(sound)
    print("S" if alive else ".", end="", file=sys.stderr, flush=True)
    if alive:
        print(f"{path(Path(), fault.module)}:{fault.line}: {before[:90]}  →  {after[:90]}", flush=True)
    return alive


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=RULES)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--bar", action="store_true")
    wanted = parser.parse_args()
    modules = [each for name in wanted.modules for each in (TRUST if name == "trust" else [name])]
    load()
    everything = [fault for module in modules for fault in faults(module)]
    drawn = Random(wanted.seed).sample(everything, min(wanted.count, len(everything)))  # noqa: S311 (the same each time)
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_tree(Path(folder))
        if noticed(copied, sorted({file for module in modules for file in tests(module)[0]})):
            sys.exit("没有改动时测试就不通过 | the tests fail before anything is changed")
        if wanted.bar:
            return 0 if over_the_bar(modules, copied) else 1
        alive = sum(survives(copied, fault, thorough=wanted.all) for fault in drawn)
    print(
        f"{len(drawn)} of {len(everything)} mutants, seed {wanted.seed}: {len(drawn) - alive} killed, {alive} survived"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
