"""A stranger asks before anything else whether it is worth applying, on a desk and on a phone."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import PASSWORD
from tests.journeys.person import NARROW, WIDE


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])
def test_a_stranger_reads_gates_and_range_and_takes_three_facts_to_the_registration(person, size):
    visitor = person(size=size)
    visitor.opens("/").presses("先查一查能不能办").is_at("/precheck").sees("不用登记", "不保存")
    visitor.fills("行业", "3340").fills("从业人员", "60").fills("近 12 个月开票销售额", "2000")
    visitor.fills("近 36 个月中有几个月有销售", "36").chooses("资产负债率", "不超过 50%").chooses(
        "是否触及下列红线", "都没有"
    )
    visitor.presses("查一查").sees("还不能确定", "小型或微型企业", "按所填内容属于小型企业", "财金〔2025〕11号")
    visitor.sees("26–100", "等级 C 至 AAA", "6–100", "月销售额变异系数 10 分", "要带的资料")
    assert visitor.overflow <= 0
    visitor.tab.get_by_text("知道更多").click() if not visitor.tab.get_by_label("成立年限").first.is_visible() else None
    visitor.fills("近三年平均每年开票销售额", "2000").fills("近 12 个月客户数", "60")
    visitor.fills("典型月份的开票销售额", "150")
    visitor.fills("最长连续几个月没有销售", "0").presses("查一查")
    visitor.sees("按您填写的内容，可以申请", "62–94", "等级 BBB 至 AAA", "担保上限在 200.0 万元 至 500.0 万元 之间")
    visitor.fills("最长连续几个月没有销售", "5").presses("查一查").sees("不可能同时成立").misses("分数和额度的区间")
    visitor.fills("最长连续几个月没有销售", "0").presses("查一查")
    visitor.ticks("我同意把这几项带入申请表，开立账号后随账号保存").presses("带入并开始申请").sees(
        "从预检带入的内容", "3340"
    )
    assert visitor.overflow <= 0
    login = f"carried{size[0]}"
    for label, value in {"联系人姓名": "李芳", "电话": "13800000000", "登录名": login, "密码": PASSWORD}.items():
        visitor.fills(label, value)
    visitor.presses("开立账号并继续").is_at("/apply/firm")
    assert visitor.tab.get_by_label("行业").first.input_value() == "3340"
    visitor.opens("/apply/size")
    assert visitor.tab.get_by_label("从业人员").first.input_value() == "60"
    assert visitor.tab.get_by_label("上年营业收入").first.input_value() == "2000"
    assert visitor.overflow <= 0
