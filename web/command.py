"""The one command line, `yuanrong`: each command speaks both languages, shows progress and ends with a clean exit code."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError
from typing_extensions import override

from financing.refusals import Refusal
from web.collector import seldom

#: Command -> module of web.commands that holds it; read only when asked for, so that help is quick.
PLACES = {
    "serve": "operate",
    "worker": "operate",
    "daily": "operate",
    "migrate": "operate",
    "invite": "operate",
    "search": "upkeep",
    "holidays": "upkeep",
    "demo": "demonstrate",
    "score": "sheets",
    "card": "card",
    "judge": "judging",
    "fit": "judging",
    "replay": "replaying",
    "rehearse": "sheets",
    "journal": "journal",
    "backup": "safekeep",
    "restore": "safekeep",
    "drill": "safekeep",
    "keys": "keys",
}


#: Places to mend that are shown at once.
SHOWN = 20


class Commands(click.Group):
    """Commands found by name in `PLACES`."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(PLACES)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in PLACES:
            return None
        module = importlib.import_module(f"web.commands.{PLACES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its first line, as it stands in the text of its module: to load them all would take seconds."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _told(name)) for name in PLACES])


def _told(name: str) -> str:
    """What a command says of itself in a line."""
    text = Path(__file__).with_name("commands").joinpath(f"{PLACES[name]}.py").read_text(encoding="utf-8")
    functions = (one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef))
    said = next(ast.get_docstring(one) or "" for one in functions if one.name == name)
    return said.partition("\n")[0].rstrip(".")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="yuanrong", prog_name="yuanrong")
def group() -> None:
    """园融通：经开区银企对接平台 | Yuanrongtong: bank–enterprise financing for development zones.

    设置取自 YUANRONG_ 开头的环境变量 | settings come from YUANRONG_* in the environment.
    """


def main() -> None:
    """0 done, 1 the answer is no (one sentence says why), 2 wrong use, 130 stopped by the person."""
    seldom()
    try:
        sys.exit(group(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        _say("已停止 | stopped")
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except Refusal as refusal:
        _explain(refusal)
        sys.exit(1)
    except ValidationError as wrong:
        _say("✗ 设置有误 | a setting is wrong:")
        for error in wrong.errors():
            _say(f"  {_setting(error['loc'])}{error['msg']}")
        sys.exit(2)
    except OSError as fault:
        _say(f"✗ 文件读写失败 | cannot read or write: {fault.filename or ''} {fault.strerror or fault}")
        sys.exit(1)
    except ValueError as fault:
        if not hasattr(fault, "facts"):
            raise
        _say(f"✗ {fault}")
        sys.exit(1)


def _explain(refusal: Refusal) -> None:
    """Why not, in both languages; for a workbook the first places to mend, so that one run shows what to do."""
    from financing.wording import sentence

    _say(f"✗ {sentence(refusal)}")
    _say(f"  {sentence(refusal, 'en')}")
    for finding in _listed(refusal)[:SHOWN]:
        _say(f"  · {finding.sheet} {finding.row or ''} {finding.column} {finding.mend()}")
    if (more := len(_listed(refusal)) - SHOWN) > 0:
        _say(f"  …另有 {more} 处 | {more} more")


def _listed(refusal: Refusal) -> Sequence[Any]:
    findings = refusal.facts.get("findings", ())
    return findings if isinstance(findings, Sequence) else ()


def _setting(place: Sequence[object]) -> str:
    return f"YUANRONG_{'_'.join(map(str, place)).upper()}: " if place else ""


def _say(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
