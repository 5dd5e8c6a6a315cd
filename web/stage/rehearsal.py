"""A rehearsal (演练): the whole job on one workbook and a throw-away database, every paper marked as such."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.progress import Progress

from financing.calendar import published
from financing.db import Database, repeatable_ids
from financing.matching.snapshot import Zone
from financing.migrations import upgrade
from financing.money import Fen
from financing.needs.rules import Purpose
from financing.parties.rules import FROM_INVOICES
from financing.refusals import FolderTaken
from financing.wording import name
from reports.intake import InvoiceBook, NeedRow, read_invoices
from reports.sheets import read_book
from scoring import card as cards
from scoring.capital import clip, need
from scoring.invoices import facts
from scoring.sizes import Size, size
from web.stage import looking
from web.stage.cast import engage
from web.stage.codes import stage_code
from web.stage.folder import throw_away
from web.stage.papers import Course, write_papers
from web.stage.road import CLEAR, Stage, at

ZONE = Zone(name="演练经济开发区", english="Rehearsal Zone", office="经开区企业服务中心", phone="0000-0000000")
#: The frame of a rehearsal without wishes of its own: 10 to 100 万元 for a year (source: the workbook's own frame).
LEAST, MOST = 10_000_000, 100_000_000
ROUNDS = 12


def rehearse(book: Path, out: Path, on: date | None, progress: Progress) -> list[str]:
    """Run it and write scores, matches, timetable, funnel, dossiers and session pack; lines that tell how it went."""
    _require_free(out)
    with _step(progress, "读取 | reading", 1):
        read = read_invoices(read_book(book), until=on or date.max)
    day = on or stage_day(read)
    with throw_away("yuanrong-rehearsal-") as folder, _whole(out) as part, repeatable_ids():
        url = f"sqlite:///{folder}/rehearsal.db"
        upgrade(url)
        with closing(Database(url)) as database:
            stage = Stage(database, engage(database, at(read.last_day), day), ZONE, at(day, 16))
            courses = walk(stage, read, day, progress)
            session = stage.plan_session(at(day, 15), session_day(day), "银企对接会（演练）", ROUNDS)
            told = write_papers(stage, courses, session, day, part, progress)
    return [*(finding.mend() for finding in read.findings), *told, f"✓ → {out}"]


def walk(stage: Stage, read: InvoiceBook, day: date, progress: Progress) -> list[Course]:
    """Every firm along the road, as far as the rules let it."""
    courses = _enter(stage, read, day, progress)
    wishes = {row.firm: row for row in read.needs}
    with _step(progress, "评分 | scoring", len(courses)) as done:
        for course in courses:
            _score(stage, course, day, wishes.get(course.firm))
            done()
    cases = [course.case for course in courses if course.case is not None]
    stage.decide(at(day, 11), day, cases)
    with _step(progress, "对接 | matching", len(cases)) as done:
        for course in courses:
            if course.case is not None:
                _match(stage, course, day)
                done()
    return courses


def _enter(stage: Stage, read: InvoiceBook, day: date, progress: Progress) -> list[Course]:
    """Firms and their invoices, on the last day the workbook covers: silence before that day counts as silence."""
    last = read.last_day
    sales = dict(facts(read.invoices, last).select("firm", "annual_sales").iter_rows())
    rows = read.invoices.partition_by("firm", as_dict=True)
    courses = []
    with _step(progress, "导入 | importing", read.firms.height) as done:
        for number, row in enumerate(read.firms.sort("firm").iter_rows(named=True), 1):
            firm, called, given = row["firm"], row["name"], _given(row, sales.get(row["firm"]), last)
            actor = stage.enter(at(last, 18), stage_code(number), f"{firm} {called}", f"qiye{number}", given)
            if (frame := rows.get((firm,))) is not None:
                stage.keep_invoices(at(last, 18), actor, "发票明细.xlsx", frame)
            stage.record(at(day, 9), actor, CLEAR)
            courses.append(
                done(Course(firm, called, actor, _estimate(sales.get(firm) or 0, day), given=frozenset(given)))
            )
    return courses


def _given(row: Mapping[str, Any], sales_fen: int | None, on: date) -> dict[str, Any]:
    """What the workbook says of a firm, by the names of `Firm`; its size where trade, people and sales settle it."""
    names = {
        "industry": "industry",
        "employees": "employees",
        "founded_on": "founded",
        "representative": "representative",
        "park": "park",
    }
    given = {name: row[column] for name, column in names.items() if row[column] is not None}
    if "industry" in given:
        found = size(given["industry"], on, employees=row["employees"], revenue_fen=sales_fen, assets_fen=None)
        given |= {"size": found.value} if found is not Size.UNDETERMINED else {}
    return given


def _estimate(sales_fen: int, day: date) -> int:
    """The working-capital formula on last year's sales, held between 10 and 100 万元 and rounded to whole 万元."""
    wanted = clip(need(sales_fen, day).new_loan_fen, {"frame": MOST}).amount_fen
    return max(LEAST, wanted // 1_000_000 * 1_000_000)


def _score(stage: Stage, course: Course, day: date, wish: NeedRow | None) -> None:
    if wish:
        course.amount, course.months = wish.amount_fen, wish.months
    course.need_id = stage.ask(
        at(day, 10), course.actor, amount=Fen(course.amount), months=course.months, purpose=Purpose.WORKING_CAPITAL,
        use=wish.purpose if wish else "补充生产经营周转资金（演练测算）", latest=(wish.latest_use if wish else None) or day + timedelta(days=60),
    )  # fmt: skip
    course.assessment = stage.assess(at(day, 10), course.need_id)
    looking.survey(stage, at(day, 10), course.need_id)
    opened = stage.open_case(at(day, 10), course.need_id)
    if isinstance(opened, int):
        course.case = opened
    else:
        gates: Any = opened.facts["gates"]
        course.refused = tuple(name(gate) for gate in gates)
        stage.refuse(at(day, 10), course.need_id)


def _match(stage: Stage, course: Course, day: date) -> None:
    found = stage.match(at(day, 14), course.need_id)
    if isinstance(found, list):
        course.matches = found
        stage.consent(at(day, 14), course.actor, found)
        stage.send(at(day, 14), course.need_id)


def stage_day(read: InvoiceBook) -> date:
    """The first working day after the last invoice and the start of the newest card that still takes it (decision 0006)."""
    days = (_first_day(card, read.last_day) for card in reversed(cards.cards("invoices")))
    return next(day for day in days if day is not None)


def _first_day(card: cards.Card, last: date) -> date | None:
    """The first day of a rehearsal under a card; None where one of its red lines calls such an invoice out of date."""
    day = published().next_open(max(last, card.since) + timedelta(days=1))
    expired = any(veto.expired(last, day) for veto in card.veto if veto.fact in FROM_INVOICES)
    return None if expired else day


def session_day(day: date) -> date:
    """A week after the decision, or the next day on which offices are open."""
    return published().next_open(day + timedelta(days=7))


def _require_free(out: Path) -> None:
    """Only an absent or empty folder, or one that an earlier rehearsal wrote, is written to."""
    if out.exists() and any(out.iterdir()) and not (out / "funnel.json").exists():
        raise FolderTaken(path=str(out))


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """All papers or none: written beside the folder and moved there at the end."""
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "dossiers").mkdir(parents=True)
    try:
        yield part
        shutil.rmtree(out, ignore_errors=True)
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _step(progress: Progress, what: str, count: int) -> Iterator[Any]:
    """One line of the progress bar; the value given back passes through, so that it can count in an expression."""
    task = progress.add_task(what, total=max(count, 1))

    def done(value: Any = None) -> Any:
        progress.advance(task)
        return value

    yield done
    progress.update(task, completed=max(count, 1))
