"""Firms of the big zone: names from word lists of our own, valid codes, trades and parks, the same for the same number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from financing.money import Fen
from financing.parties.rules import FirmState
from financing.readings import likeness
from web.stage.big.keys import key
from web.stage.codes import stage_code
from web.stage.firms import GIVEN, STREETS, SURNAMES, TRADES, WAN

PLACES = (
    "",
    "",
    "",
    "赣州",
    "章贡",
    "瑞金",
    "信丰",
    "大余",
    "上犹",
    "安远",
    "龙南",
    "定南",
    "兴国",
    "于都",
    "会昌",
    "寻乌",
    "石城",
    "长宁",
    "重华",
)
FIRST = "瑞恒宏华锦金晨润博凯天宝盛长启永正泰嘉鑫鼎远创卓立信诚联众汇海江岭峰林森源泉丰禾康安宁和德仁义礼智乐行朝曾单石谷云星光明"
SECOND = "源达谷新丰江岭曦泽源越润成景风明兴盛隆昌发旺通顺利生辉耀宇航腾飞翔科创智能数联材工业业元邦国民安泰和美佳优良品特精华英杰"
MORE_TRADES = (
    ("稀土新材料", "3232", 600, 12_000, 80), ("钨制品", "3231", 800, 15_000, 85), ("家具", "2110", 200, 4_000, 30),
    ("服装", "1811", 150, 3_000, 18), ("电路板", "3982", 500, 10_000, 50), ("锂电池", "3841", 900, 18_000, 70),
    ("农业开发", "0149", 100, 1_500, 25), ("建材", "3021", 200, 3_500, 45), ("医疗器械", "3581", 300, 5_000, 60),
    ("环保设备", "3591", 250, 4_500, 55), ("脐橙果业", "0153", 80, 1_200, 20), ("供应链管理", "7224", 300, 9_000, 150),
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "科技有限公司", "实业有限公司", "有限责任公司", "股份有限公司", "厂")
PARKS = (
    "城南园区", "游家工业园", "特种陶瓷产业园", "城北园区", "电子信息产业园", "新能源产业园", "临港物流园", "家具产业园", "高新孵化园",
)  # fmt: skip
SIZES = ((20, "micro"), (300, "small"), (1_000, "medium"))


def firm(number: int, today: date, seed: int) -> dict[str, Any]:
    """The n-th firm as a row."""
    random = Random(f"{seed}:firm:{number}")
    trades = (*TRADES, *MORE_TRADES)
    word, industry, least, most, per_head = trades[random.randrange(len(trades))]
    revenue = round(least * (most / least) ** random.random())
    brand = random.choice(FIRST) + random.choice(SECOND)
    name = random.choice(PLACES) + brand + word + random.choice(FORMS)
    employees = max(3, round(revenue / per_head))
    person = random.choice(SURNAMES) + random.choice(GIVEN)
    begun = datetime(today.year, today.month, today.day, 1, tzinfo=UTC) - timedelta(days=788)
    registered = begun + timedelta(minutes=random.randrange(28 * 1_440))
    confirmed = number % 200 != 0
    return {
        "id": key(seed, "firm", number), "version": 1, "code": stage_code(number, "MB", 6), "name": name, "industry": industry,
        "park": random.choice(PARKS), "address": f"{random.choice(STREETS)}{random.randint(1, 400)}号",
        "founded_on": today - timedelta(days=800 + random.randrange(6_000)), "representative": person,
        "contact": random.choice(SURNAMES) + random.choice(GIVEN), "phone": f"139{random.randrange(10**8):08d}",
        "registered_at": registered, "employees": employees, "revenue": Fen(revenue * WAN),
        "assets": Fen(round(revenue * random.uniform(0.6, 1.1)) * WAN), "size": _size(employees), "likeness": likeness(name),
        "group_id": None, "state": FirmState.CONFIRMED if confirmed else FirmState.REGISTERED, "stated": {},
    }  # fmt: skip


def _size(employees: int) -> str:
    return next((word for most, word in SIZES if employees < most), "large")
