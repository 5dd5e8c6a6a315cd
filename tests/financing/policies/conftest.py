"""People of the zone and a policy in force, for the tests of policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from financing.access import SYSTEM, Actor, Role
from financing.db import Database
from financing.parties.model import Firm
from financing.policies import service
from financing.policies.model import Policy, PolicyClause
from financing.policies.rules import Benefit, Level, Route
from financing.policies.service import Told, Written
from tests.makers import NOW, TODAY, a_firm, at, writing

OFFICER = Actor(7, Role.OFFICER, name="王经办")
SECOND = Actor(8, Role.OFFICER, name="赵复核")
AUDITOR = Actor(9, Role.AUDITOR)
PLATFORM = SYSTEM
#: 研发费用的10%，最高20万元
SHARE = {"rule": "share", "base": "rd_expense", "ppm": 100_000, "cap": 20_000_000}
TELLS = {
    "title": "园区研发补助办法", "doc_no": "园管发〔2026〕3号", "level": Level.ZONE, "issuer": "园区管委会", "department": "科技局",
    "phone": "0790-1234567", "issued_on": date(2026, 1, 10), "since": date(2026, 2, 1), "until": date(2027, 1, 31),
    "source": "园区公报2026年第1期", "confidence": "A", "summary": "按研发费用补助，最高20万元。",
}  # fmt: skip


def told(**changed: Any) -> Told:
    return Told(**{**TELLS, **changed})


def written(**changed: Any) -> Written:
    conditions = [{"fact": "size", "is": "one_of", "value": ["small", "micro"]}]
    windows = [{"opens": date(2026, 9, 1), "closes": date(2026, 12, 20)}]
    plain: dict[str, Any] = {
        "title": "研发费用补助10%", "says": "小微企业按上年研发费用的10%补助。", "benefit": Benefit.SUBSIDY, "route": Route.QUICK,
        "papers": ("研发费用辅助账",), "terms": {"conditions": conditions, "amount": SHARE, "windows": windows},
    }  # fmt: skip
    terms = plain["terms"] | {
        name: changed.pop(name) for name in ("conditions", "amount", "windows") if name in changed
    }
    return Written(**{**plain, "terms": terms, **changed})


@dataclass(frozen=True, slots=True)
class Zone:
    """A database with one small firm and one policy in force."""

    database: Database
    firm_id: int
    policy_id: int
    clause_id: int

    @property
    def signatory(self) -> Actor:
        return Actor(21, Role.SIGNATORY, firm_id=self.firm_id, name="张法人")


def put_in_force(database: Database, *clauses: Written, **changed: Any) -> tuple[int, list[int]]:
    """A policy adopted by a second officer; its id and those of its clauses."""
    with at(database, OFFICER) as desk:
        policy = service.enter(desk, told(**changed))
        made = [service.write(desk, policy, clause) for clause in clauses or (written(),)]
        service.propose(desk, policy)
        key, keys = policy.id, [one.id for one in made]
    with at(database, SECOND) as desk:
        service.adopt(desk, desk.get(Policy, key))
    return key, keys


@pytest.fixture
def zone(database: Database) -> Zone:
    with writing(database) as session:
        firm: Firm = a_firm(session)
        key = firm.id
    policy, [clause] = put_in_force(database)
    return Zone(database, key, policy, clause)


__all__ = ["NOW", "TODAY", "PolicyClause"]
