"""A firm's own workbook: the template of the site, filled in as its accountant would."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl

from scoring.statement_lines import line_term

#: A sound small manufacturer, this year and last, in 万元; every total is the sum of its parts.
BALANCE = {
    "货币资金": (320, 260), "应收账款": (480, 450), "预付账款": (60, 60), "存货": (380, 360), "流动资产合计": (1_240, 1_130),
    "固定资产账面价值": (1_060, 1_080), "无形资产": (100, 110), "非流动资产合计": (1_160, 1_190), "资产总计": (2_400, 2_320),
    "短期借款": (300, 350), "应付账款": (310, 330), "应交税费": (40, 40), "其他应付款": (50, 60), "流动负债合计": (700, 780),
    "负债合计": (700, 780), "实收资本（或股本）": (800, 800), "未分配利润": (900, 740),
    "所有者权益（或股东权益）合计": (1_700, 1_540), "负债和所有者权益（或股东权益）总计": (2_400, 2_320),
}  # fmt: skip
INCOME = {
    "营业收入": (3_600, 3_100), "营业成本": (2_800, 2_440), "税金及附加": (30, 26), "销售费用": (160, 140), "管理费用": (240, 220),
    "财务费用": (20, 22), "其中：利息费用": (18, 20), "营业利润": (350, 252), "利润总额": (350, 252), "所得税费用": (50, 40),
    "净利润": (300, 212),
}  # fmt: skip
CASH = {"经营活动产生的现金流量净额": (330, 240)}


def statements(empty: Path, filled: Path) -> Path:
    """The template as it was downloaded, with the firm's figures in it."""
    book = openpyxl.load_workbook(BytesIO(empty.read_bytes()))
    for sheet, lines in (("资产负债表", BALANCE), ("利润表", INCOME), ("现金流量表", CASH)):
        for row in book[sheet].iter_rows(min_row=5, max_col=4):
            for cell, amount in zip(row[2:], lines.get(line_term(str(row[0].value)), (None, None)), strict=True):
                cell.value = None if amount is None else amount * 10_000
    book.save(filled)
    return filled
