"""A handed-in workbook given back with its wrong cells marked (标错副本): the rows as they were written, each fault beside its cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from reports.headings import plain
from reports.intake_findings import Finding
from reports.intake_table import HEADER_WITHIN
from reports.sheets import Book
from reports.sheets_out import FONT, HEADING, open_book

MOST_ROWS = 5_000  # rows without a fault that are given back beside those with one
_: Callable[[str], str] = str  # marks a word for the catalogue
HEADS = (_("行号"), _("原因和改法"))


def marked(book: Book, findings: Iterable[Finding], translate: Callable[[str], str] = str, lang: str = "zh") -> bytes:
    """Sheets with a finding, the row number and the reasons before each row; text stays text. Long sheets keep only their wrong rows."""
    by_sheet: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_sheet[one.sheet].append(one)
    sink = BytesIO()
    with open_book(sink) as made:
        styles = {
            "plain": made.add_format({**FONT, "num_format": "@"}),
            "wrong": made.add_format({**FONT, "num_format": "@", "bg_color": "#FBD5D5", "font_color": "#8A1C1C", "bold": True}),
            "head": made.add_format({**FONT, **HEADING}),
            "why": made.add_format({**FONT, "text_wrap": True, "font_color": "#8A1C1C"}),
        }  # fmt: skip
        for sheet, frame in book.sheets.items():
            if sheet in by_sheet:
                rows = [
                    row
                    for row in frame.iter_rows()
                    if frame.height <= MOST_ROWS
                    or row[0] <= HEADER_WITHIN
                    or row[0] in {one.row for one in by_sheet[sheet]}
                ]
                _page(made.add_worksheet(sheet[:31]), rows, by_sheet[sheet], styles, translate, lang)
    return sink.getvalue()


def _page(page: Any, rows: Sequence[tuple[object, ...]], findings: Sequence[Finding], styles: dict[str, Any], translate: Callable[[str], str], lang: str) -> None:  # fmt: skip
    told: dict[int, list[Finding]] = defaultdict(list)
    for one in findings:
        told[one.row or 0].append(one)
    places = {plain(text): at for row in rows[:HEADER_WITHIN] for at, text in enumerate(row[1:]) if text}
    for at, head in enumerate(HEADS):
        page.write_string(0, at, translate(head), styles["head"])
    page.set_column(1, 1, 60)
    page.set_column(2, 40, 18)
    page.freeze_panes(1, 2)
    for at, (number, *cells) in enumerate(rows, 1):
        here = told.get(int(str(number)), [])
        wrong = {places.get(plain(one.column)) for one in here}
        page.write_number(at, 0, int(str(number)))
        page.write_string(at, 1, "\n".join(f"{one.column}：{one.mend(translate, lang)}" for one in here), styles["why"])
        for place, text in enumerate(cells):
            if text is not None or place in wrong:
                style = styles["wrong" if place in wrong else "plain"]
                page.write_string(at, place + 2, str(text or ""), style)
