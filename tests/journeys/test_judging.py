"""An officer holds a score against outcomes at a real browser, wide and narrow, and takes the report home."""

import pytest

from financing.access import Role
from tests.journeys.person import NARROW, WIDE
from tests.web.test_judging import FATES, SCORES


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_an_officer_sees_at_once_whether_the_score_held(person, site, tmp_path, size):
    scores, fates = tmp_path / "scores.csv", tmp_path / "fates.csv"
    scores.write_text(SCORES, "utf-8")
    fates.write_text(FATES, "utf-8")
    officer = person(site.account(Role.OFFICER, "王经办"), size=size)
    officer.opens("/judging").sees("不保存").uploads("分数文件", scores).uploads("结果文件", fates)
    officer.presses("检验").sees("检验结果", "annual_sales", "各等级违约率", "各分数段违约率")
    assert officer.overflow <= 0
    officer.uploads("分数文件", scores).uploads("结果文件", scores).presses("检验").sees("没有“是否违约”列")
    assert officer.overflow <= 0
