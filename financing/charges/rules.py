"""What may be charged of firms (涉企收费清单, F124): kinds of charges and who sets their standard. No database here."""

from __future__ import annotations

from enum import StrEnum


class Nature(StrEnum):
    """What kind of charge it is."""

    ADMINISTRATIVE = "administrative"  # 行政事业性收费
    FUND = "fund"  # 政府性基金
    SERVICE = "service"  # 经营服务性收费
    DEPOSIT = "deposit"  # 保证金
    FINANCE = "finance"  # 担保、转贷等金融服务


class Setting(StrEnum):
    """Who sets the standard; the lower bound follows from it."""

    STATE = "state"
    PROVINCE = "province"
    COUNTY = "county"  # by the county itself: below what it was
    MARKET = "market"
