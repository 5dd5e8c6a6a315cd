"""Periodic statistics on the site: made by the daily run, taken away as paper and workbook, corrected with a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdf

from financing.access import Role
from tests.web.test_figures import handed_in
from web.jobs import run_daily


def test_a_statistic_is_made_taken_away_checked_and_corrected(quick_site):
    officer = quick_site.person(Role.OFFICER)
    handed_in(quick_site, 6)
    target = {"volume": "needs", "span": "month", "month": "2026-11", "value": "8", "why": "年度计划分解"}
    assert officer.sends("/statistics/targets", target, opened="/statistics").status_code == 303
    assert officer.sends("/statistics/targets", target | {"span": "quarter"}, opened="/statistics").status_code == 422
    quick_site.clock.now += timedelta(days=9)
    assert run_daily(quick_site.database, quick_site.clock.now)["定期统计 | periodic statistics"] == 1
    leader, officer = quick_site.person(Role.LEADER), quick_site.person(Role.OFFICER, "officer2")
    page = leader.get("/statistics").text
    assert "2026 年 11 月统计" in page
    assert "年度计划分解" in page
    assert "机密" not in page
    key = re.search(r"/letters/(\d+)/paper", page)[1]
    text = "".join(
        one.extract_text() for one in pypdf.PdfReader(BytesIO(leader.get(f"/letters/{key}/paper").content)).pages
    )
    assert "75.0%" in text, "six of eight planned"
    assert "机密" not in text
    book = openpyxl.load_workbook(BytesIO(leader.get(f"/statistics/{key}/sheet").content))
    assert len(book.sheetnames) == 4
    form = f"/statistics/{key}/correct"
    assert officer.sends(form, {"why": "补录一笔"}).status_code == 303
    page = leader.get("/statistics").text
    assert "补录一笔" in page
    assert "已失效" in page
    assert leader.get(form).status_code == 404
    assert quick_site.person(Role.CHAIR).get("/statistics").status_code == 404
