"""Holding a score against outcomes in the browser: figures and charts at once, a report to keep, nothing stored."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from financing.access import Role

CHANCE = np.random.default_rng(4)
BAD = CHANCE.random(90) < 0.3
MARKS = np.round(CHANCE.normal(70, 9, 90) - 11 * BAD)
SCORES = "企业代号,总分,等级,annual_sales\n" + "".join(
    f"E{n},{mark:.0f},{'A' if mark >= 70 else 'C'},{n}\n" for n, mark in enumerate(MARKS)
)
FATES = "企业代号,是否违约\n" + "".join(f"E{n},{'是' if bad else '否'}\n" for n, bad in enumerate(BAD)) + "X9,否\n"


def asks(browser, scores=SCORES, fates=FATES, **fields):
    files = {"scores": ("s.csv", scores.encode()), "outcomes": ("o.csv", fates.encode())}
    return browser.sends("/judging", {"outcome": "是否违约", **fields}, opened="/judging", files=files)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR])
def test_the_page_tells_figures_charts_and_who_is_left_out(quick_site, role):
    answer = asks(quick_site.person(role))
    assert answer.status_code == 200
    page = answer.text
    assert page.count("<svg") >= 4
    assert "90 家企业" in page.replace(",", "")
    assert "X9" in page
    assert "annual_sales" in page
    assert "违约只有" in page
    for bare in ("style=", "<script>"):
        assert bare not in page[page.index("检验结果") : page.index("</main>")]


def test_nothing_is_kept(site):
    officer = site.person(Role.OFFICER)
    officer.get("/judging")

    def rows():
        with site.database.reader.connect() as connection:
            names = connection.dialect.get_table_names(connection)
            return {name: connection.execute(text(f'select count(*) from "{name}"')).scalar() for name in names}

    before = rows()
    assert asks(officer).status_code == 200
    assert rows() == before


def test_the_report_is_a_paper_to_keep(quick_site):
    answer = asks(quick_site.person(Role.OFFICER), printed="true")
    assert answer.headers["content-type"] == "application/pdf"
    assert "评分检验报告" in "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": "倒闭"}, "没有“倒闭”列"),
        ({"outcome": "企业代号"}, "无法识别的结果"),
        ({"score": "旧分"}, "没有“旧分”列"),
        ({"scores": "甲,乙,丙\nE1,2,3\n"}, "看不出哪一列是分数"),
        ({"fates": "企业代号,是否违约\nZ1,是\n"}, "没有一家企业同时有分数和结果"),
        ({"fates": "企业代号,是否违约\nE1,是\n"}, "两种结果都要有"),
        ({"scores": ""}, "没有数据"),
        ({"outcome": ""}, "需要修改"),
    ],
)
def test_what_will_not_do_is_one_sentence_and_the_form_again(quick_site, given, said):
    answer = asks(quick_site.person(Role.OFFICER), **given)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="outcomes"' in answer.text


def test_the_page_speaks_english(quick_site):
    officer = quick_site.person(Role.OFFICER)
    officer.get("/judging?lang=en")
    page = asks(officer).text
    assert "Default rate by grade" in page
    assert "nothing in the platform changes" in page
