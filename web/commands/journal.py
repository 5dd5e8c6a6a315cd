"""The journal on the command line: seal it, check it, prove a line of it, take it away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from financing.checkpoint_check import Doubted
from financing.journal_check import Broken, check
from financing.settings import Settings

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def journal() -> None:
    """留痕日志：封存、核对、证明、导出 | the journal: seal, check, prove, take away.

    另一台机器上只用 Python 标准库即可核对 | checked elsewhere with the standard library alone: yuanrong journal checker check.py
    """


@journal.command()
def checkpoint() -> int:
    """写签名检查点，并送到检查点文件夹 | seal the lines up to now and bring the checkpoint to its folder."""
    from financing.proof.making import make
    from financing.proof.places import Folder, Signer
    from web.commands.door import opened

    settings = Settings()
    signer, folder = Signer(settings.checkpoint_key, settings.suite), Folder(settings.checkpoint_folder)
    with opened(settings) as database:
        made = make(database, signer, folder, datetime.now(UTC))
    if made is None:
        click.echo("✓ 没有新的日志 | nothing new to seal")
        return 0
    click.echo(f"✓ 第 {made.number} 号，至第 {made.seq} 条 | checkpoint up to record {made.seq}\n  {made.code}")
    return 0


@journal.command()
@click.argument("export", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--against", type=FOLDER, help="与检查点文件夹核对 | hold the database against this folder of checkpoints"
)
def verify(export: Path | None, against: Path | None) -> int:
    """核对日志链：导出的文件；不给文件时核对数据库 | check the chain of an export, or of the database itself.

    服务运行时也可执行，指出第一处不符 | works beside a running server and names the first place that does not hold.
    """
    if export is not None and against is not None:
        raise click.UsageError("--against 核对的是数据库 | --against is for the database: 不要给文件 | name no export")
    try:
        said = _held(against) if against else _chain(export)
    except (Broken, Doubted, UnicodeDecodeError) as fault:
        click.echo(f"✗ {fault}", err=True)
        return 1
    click.echo(f"✓ {said}")
    return 0


@journal.command()
@click.argument("seq", type=click.IntRange(min=1))
@click.option("--out", type=FILE, required=True, help="写到这个文件 | the file that is written")
def prove(seq: int, out: Path) -> int:
    """为一条日志出证明，外人可自行核对 | a proof of one record that a stranger checks."""
    from financing.proof.places import Folder
    from financing.proof.proving import prove as proof_of
    from financing.proof_check import proved, told
    from web.commands.door import looked_at

    settings = Settings()
    with looked_at(settings) as database:
        proof = proof_of(database, Folder(settings.checkpoint_folder), seq)
    out.write_text(json.dumps(proof, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    click.echo(f"✓ {told(*proved(proof))}\n  → {out}")
    return 0


@journal.command()
@click.argument("out", required=False, type=FILE)
@click.option(
    "--kit",
    type=click.Path(file_okay=False, path_type=Path),
    help="审计包放进这个文件夹 | an auditor's kit into this folder",
)
def export(out: Path | None, kit: Path | None) -> int:
    """导出日志链（JSON 行），或整个审计包 | export the journal as JSON lines, or an auditor's kit.

    审计包含日志、检查点、决议与表决、台账、份额、合计和核对程序 | the kit holds what an auditor checks, and the program that checks it.
    """
    if (out is None) == (kit is None):
        raise click.UsageError("给一个文件，或用 --kit 给一个文件夹 | name a file, or a folder with --kit")
    if kit is not None:
        return _kit(kit)
    assert out is not None  # noqa: S101  one of the two
    part = out.with_name(f"{out.name}.part")
    with _lines(None) as lines, part.open("w", encoding="utf-8") as file:
        count = sum(bool(file.write(line + "\n")) for line in lines) - 1
    part.replace(out)
    click.echo(f"✓ {count} 条 | records → {out}")
    return 0


@journal.command()
@click.argument("out", type=FILE)
def checker(out: Path) -> int:
    """写出独立核对程序（一个文件，只用 Python 标准库）| the check as one file for a stranger's machine."""
    from financing.proof.checker import program

    out.write_text(program(), encoding="utf-8")
    click.echo(f"✓ → {out}\n  python {out} 证明.json | 日志.jsonl | 审计包.zip")
    return 0


def _kit(into: Path) -> int:
    from financing.audit_check import kit_told
    from financing.proof.kit import write
    from financing.proof.places import Folder, Signer
    from web.commands.door import looked_at

    settings = Settings()
    with looked_at(settings) as database:
        folder, signer = Folder(settings.checkpoint_folder), Signer(settings.checkpoint_key, settings.suite)
        out = write(database, folder, signer, into, datetime.now(UTC))
    with out.open("rb") as file:
        for line in kit_told(file):
            click.echo(f"✓ {line}")
    click.echo(f"  → {out}")
    return 0


def _chain(export: Path | None) -> str:
    with _lines(export) as lines:
        seq, link = check(lines)
    return f"{seq} 条，链完整 | {seq} records, the chain holds\n  {link}"


def _held(folder: Path) -> str:
    from financing.proof.against import verify as held_against
    from financing.proof.places import Folder
    from financing.signature_check import BY
    from web.commands.door import looked_at

    with looked_at() as database:
        held = held_against(database, Folder(folder))
    said = [
        f"{held.lines} 条，链完整 | {held.lines} records, the chain holds",
        f"{held.checkpoints} 个检查点，其下 {held.covered} 条一致 | {held.checkpoints} checkpoints over {held.covered} of them hold",
        f"签名由 {BY} 核对 | signatures checked by {BY}",
    ]
    if held.lost:
        said.append(
            f"其中 {held.lost} 条在恢复时缺失，已公开记载 | {held.lost} were lost in a restore, as is on record"
        )
    return "\n  ".join([*said, held.code])


@contextmanager
def _lines(export: Path | None) -> Iterator[Iterable[str]]:
    """The journal line by line: from an export, else from the database."""
    if export is not None:
        with export.open(encoding="utf-8") as file:
            yield file
        return
    from sqlalchemy.orm import Session

    from financing import journal as kept
    from web.commands.door import looked_at

    with looked_at() as database, Session(database.reader) as session:
        yield kept.exported(session)
