"""A card that uses every word there is: scales of industries, points for what is missing, red lines that run out."""

from scoring.card import read

TEXT = """
title = "示例卡"
english = "Example card"
basis = "试验用"
from = 2026-01-01
full_marks = 100
line = 60
missing_limit = 0.5
grades = { AAA = 90, A = 60, C = 0 }
ceilings = { AAA = 500, A = 100 }

[[block]]
key = "finance"
says = "财务"
english = "Finance"
weight = 60

[[block]]
key = "public"
says = "公共"
english = "Public"
weight = 40

[[item]]
key = "debt"
block = "finance"
says = "资产负债率"
english = "Debt ratio"
fact = "debt_ratio"
missing = 5
bands = [[50, 40], [60, 20], [70, 10]]

[[item.industry]]
code = "C"
bands = [[60, 40], [70, 20]]

[[item.industry]]
code = "30"
bands = [[65, 40], [75, 15]]

[[item.industry]]
code = "3071"
bands = [[70, 40], [85, 30]]

[[item]]
key = "tax"
block = "finance"
says = "上年纳税额（万元）"
english = "Tax paid last year"
fact = "tax_paid"
bands = [[20, 20], [5, 8]]

[[item]]
key = "tax_grade"
block = "public"
says = "纳税信用等级"
english = "Tax credit grade"
fact = "tax_grade"
missing = 3
choices = { A = 25, B = 20, M = 10, C = 2, D = 0 }

[[item.industry]]
code = "L"
choices = { A = 25, B = 25, M = 20, C = 0, D = 0 }

[[item]]
key = "premises"
block = "public"
says = "厂房"
english = "Premises"
fact = "secure_premises"
choices = { yes = 15, no = 0 }

[[item.industry]]
code = "I"
choices = { yes = 15, no = 9 }

[[veto]]
key = "dishonest"
says = "失信"
english = "Dishonest"
basis = "失信被执行人名单"
fact = "dishonest_records"
is = "at_least"
value = 1
valid_days = 30

[[veto]]
key = "grade_d"
says = "纳税信用等级为 D"
english = "Tax credit grade D"
basis = "纳税信用评价结果"
fact = "tax_grade"
is = "equals"
value = "D"
"""
RICH = read(TEXT.encode(), "example", "2026-01-01.toml")
