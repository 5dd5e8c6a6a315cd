"""What may be imported from a workbook, column by column: the one place that template, reader, report and documentation read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from financing.charges.rules import Nature, Setting
from financing.event_words import EVENT_WORDS
from financing.imports.rules import ImportKind
from financing.needs.rules import HIGHEST_WISH, LONGEST_MONTHS, Purpose
from financing.parties.rules import FIRST_FOUNDED, MOST_EMPLOYEES
from financing.purpose_words import PURPOSE_WORDS
from financing.readings import likeness
from reports.import_cells import (
    a_code,
    a_line,
    a_passage,
    a_phone,
    among,
    an_industry,
    percent,
    read_day,
    some,
    wan,
    whole,
    yuan,
)
from reports.import_fields import YES, Field, Kind
from reports.import_policies import POLICIES
from scoring.sizes import WORDS, Size, size

_: Callable[[str], str] = str  # marks a sentence for the catalogue
GRADES = ("AAA", "AA", "A", "BBB", "BB", "B", "C")


# --- what goes together in a row -----------------------------------------------------------------------------------------
def _firm_check(row: dict[str, Any], today: date) -> tuple[tuple[str, str], ...]:
    founded = row.get("founded_on")
    wrong = founded is not None and not FIRST_FOUNDED.isoformat() <= founded <= today.isoformat()
    return (("founded_on", "founded_later"),) if wrong else ()


def _firm_derive(row: dict[str, Any], today: date) -> Mapping[str, Any]:
    found = size(
        row["industry"], today, employees=row["employees"], revenue_fen=row["revenue"], assets_fen=row["assets"]
    )
    return {"likeness": likeness(row["name"]), "size": found.value}


def _need_check(row: dict[str, Any], today: date) -> tuple[tuple[str, str], ...]:
    return (("latest", "import_day_past"),) if row.get("latest", "9") < today.isoformat() else ()


def _product_check(row: dict[str, Any], today: date) -> tuple[tuple[str, str], ...]:
    pairs = (("most", "least"), ("longest", "shortest"), ("valid_until", "valid_from"))
    turned = [(high, "import_below") for high, low in pairs if high in row and low in row and row[high] < row[low]]
    over = [("valid_until", "import_day_past")] if row.get("valid_until", "9") < today.isoformat() else []
    return (*turned, *over)


def _repayment_check(row: dict[str, Any], today: date) -> tuple[tuple[str, str], ...]:
    return (("on", "list_day_to_come"),) if row.get("on", "") > today.isoformat() else ()


PURPOSES = {word: purpose.value for purpose in Purpose for word in (PURPOSE_WORDS[purpose], purpose.value)}
SIZES = {
    word: key.value for key, pair in WORDS.items() if key is not Size.UNDETERMINED for word in (pair[0], key.value)
}
SECTIONS = {chr(letter): chr(letter) for letter in range(ord("A"), ord("U"))}
NATURES = {str(EVENT_WORDS[Nature][one]): one.value for one in Nature}
SETTERS = {str(EVENT_WORDS[Setting][one]): one.value for one in Setting}
MONTHS = whole(1, LONGEST_MONTHS, "import_months")

FIRMS = Kind(
    ImportKind.FIRMS,
    "企业",
    (
        Field("code", "统一社会信用代码", "18 位，对照营业执照填写；企业以它区分，不以名称区分。", a_code),
        Field("name", "企业名称", "营业执照上的全称。", a_line()),
        Field("industry", "行业代码", "《国民经济行业分类》（GB/T 4754-2017）代码，如 3340 或 C3340；按文本填写。", an_industry),
        Field("park", "所在园区", "如 高新园区。", a_line(60)),
        Field("address", "住所", "营业执照上的住所。", a_line()),
        Field("founded_on", "成立日期", "营业执照上的成立日期，如 2016-03-31。", read_day, "day"),
        Field("representative", "法定代表人", "营业执照上的法定代表人。", a_line(60)),
        Field("contact", "联系人", "办理融资事项的联系人。", a_line(60)),
        Field("phone", "联系电话", "手机或座机，按文本填写。", a_phone),
        Field("employees", "从业人员(人)", "整数；不知道可不填，原有的不变。", whole(0, MOST_EMPLOYEES, "not_a_count"), "whole", required=False, bounds=(0, MOST_EMPLOYEES)),
        Field("revenue", "上年营业收入(万元)", "单位：万元；不知道可不填，原有的不变。", wan(positive=False), "money", required=False, bounds=(0, 10**9)),
        Field("assets", "资产总额(万元)", "单位：万元；不知道可不填，原有的不变。", wan(positive=False), "money", required=False, bounds=(0, 10**9)),
    ),
    ("code",),
    ("913611000000000015", "示范铜材有限公司", "3340", "高新园区", "工业大道 1 号", "2015-03-01", "张明", "李芳", "13800000000", "86", "3600", "2400"),
    _firm_check,
    _firm_derive,
    ("信用代码已在平台上的企业：与原有资料相同的不动，不同的在确认前逐项列出“原来”和“改为”。", "新企业登记后仍须由经办确认。"),
)  # fmt: skip
NEEDS = Kind(
    ImportKind.NEEDS,
    "融资需求",
    (
        Field("code", "统一社会信用代码", "已在平台登记的企业的 18 位代码。", a_code),
        Field("amount", "金额(万元)", "单位：万元，如 120。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
        Field("months", "期限(月)", "整数月，1 至 60。", MONTHS, "whole", bounds=(1, LONGEST_MONTHS)),
        Field("purpose", "用途类别", "从下拉中选择。", among(PURPOSES), choices=tuple(PURPOSE_WORDS[one] for one in Purpose)),
        Field("use", "用途说明", "具体写明买什么、付给谁，500 字以内。", a_passage()),
        Field("latest", "最迟用款日", "最晚哪天用款，如 2026-12-31。", read_day, "day"),
        Field("wish", "期望年利率(%)", "4.5 表示 4.5%；没有要求可不填。", percent(HIGHEST_WISH.ppm), "percent", required=False, bounds=(0, 24)),
    ),
    ("code", "amount", "months", "purpose", "latest"),
    ("913611000000000015", "120", "12", PURPOSE_WORDS[Purpose.WORKING_CAPITAL], "采购电解铜", "2026-12-31", "4.5"),
    _need_check,
    notes=("导入的是草稿：企业会收到通知，由负责人核对、补齐材料后自己提交；经办不能代企业提交。",),
)  # fmt: skip
PRODUCTS = Kind(
    ImportKind.PRODUCTS,
    "银行产品",
    (
        Field("bank", "银行", "平台上登记的银行全称；银行只能导入自己的产品。", a_line()),
        Field("name", "产品名称", "同一家银行内以名称区分。", a_line(60)),
        Field("least", "最低金额(万元)", "单位：万元。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
        Field("most", "最高金额(万元)", "单位：万元，不小于最低金额。", wan(positive=True), "money", bounds=(0.000001, 10**9)),
        Field("shortest", "最短期限(月)", "整数月。", whole(1, 360, "not_months"), "whole", bounds=(1, 360)),
        Field("longest", "最长期限(月)", "整数月，不小于最短期限。", whole(1, 360, "not_months"), "whole", bounds=(1, 360)),
        Field("spread", "加点(百分点)", "在一年期 LPR 上加的百分点：0.85 表示加 85 个基点。", percent(200_000), "percent", bounds=(0, 20)),
        Field("valid_from", "有效期起", "如 2026-01-01。", read_day, "day"),
        Field("valid_until", "有效期止", "如 2026-12-31。", read_day, "day"),
        Field("grade", "最低评分等级", "从下拉中选择。", among({one: one for one in GRADES}), choices=GRADES),
        Field("guaranteed_only", "须有担保", "是或否。", among(YES), choices=("是", "否")),
        Field("sizes", "企业规模", "可多项，用“、”分开，如 小型、微型；不填为不限。", some(SIZES), required=False),
        Field("purposes", "用途类别", "可多项，用“、”分开；不填为不限。", some(PURPOSES), required=False),
        Field("sections", "行业门类", "GB/T 4754 门类字母，可多项，用“、”分开，如 C、F；不填为不限。", some(SECTIONS), required=False),
    ),
    ("bank", "name"),
    ("示范银行", "园区担保贷", "10", "500", "3", "24", "0.85", "2026-01-01", "2026-12-31", "C", "是", "小型、微型", "", "C"),
    _product_check,
    lambda row, _today: {name: row[name] or [] for name in ("sizes", "purposes", "sections")},
    ("同名产品条件不同的：原产品下架，换上新的，两者都留在记录中。",),
)  # fmt: skip
REPAYMENTS = Kind(
    ImportKind.REPAYMENTS,
    "还款",
    (
        Field("contract", "合同编号", "本行在平台登记的借款合同编号，按文本填写。", a_line(60)),
        Field("reference", "银行流水号", "本行账务流水号；同一合同下同一流水号只记一次。", a_line(60)),
        Field("on", "还款日", "入账日，如 2026-12-21。", read_day, "day"),
        *(Field(name, f"{word}(元)", "单位：元，精确到分；没有可不填。", yuan, "money", required=False, bounds=(0, 10**13)) for name, word in (("principal", "本金"), ("interest", "利息"), ("penalty", "罚息"))),
    ),
    ("contract", "reference"),
    ("JK2026-001", "LS20261120001", "2026-11-20", "98360.71", "3600.00", ""),
    _repayment_check,
    notes=("已登记的流水号：相同的不再记，不同的算错误；有一行不对，整个文件都不写入。",),
)  # fmt: skip
CHARGES = Kind(
    ImportKind.CHARGES,
    "收费清单",
    (
        Field("item", "收费项目", "同一收费单位内以名称区分。", a_line(100)),
        Field("authority", "收费单位", "收费的部门或机构全称。", a_line(100)),
        Field("nature", "类别", "从下拉中选择。", among(NATURES), choices=tuple(NATURES)),
        Field("basis", "依据", "法律、法规或文件的名称、文号和条款。", a_line(300)),
        Field("setting", "谁定标准", "从下拉中选择。", among(SETTERS), choices=tuple(SETTERS)),
        Field("standard", "规定标准", "依据中写的标准或幅度。", a_line(200)),
        Field("lower", "实际执行", "本区实际收多少：有幅度的按下限。", a_line(200)),
        Field("unit", "计费单位", "如 每平方米、担保金额 / 年。", a_line(40)),
        Field("since", "执行日期", "如 2026-01-01。", read_day, "day"),
        Field("source", "来源", "公布的网站或文件，以及公布日期。", a_line(300)),
    ),
    ("authority", "item"),
    ("水土保持补偿费", "水利局", "行政事业性收费", "水土保持法第三十二条", "省定标准", "见依据文件", "按下限", "每平方米", "2026-01-01", "示例行，请删除"),
    notes=("同一单位的同名项目：标准不同的，从新的执行日期起换上，原标准留在历次记录里。",),
)  # fmt: skip
KINDS: Mapping[ImportKind, Kind] = {one.kind: one for one in (FIRMS, NEEDS, PRODUCTS, REPAYMENTS, CHARGES, POLICIES)}
