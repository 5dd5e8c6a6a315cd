"""What a bad year would cost (压力测试): each scenario on every guarantee in force, parted by its agreement to the fen. No database.

Of a guarantee's balance the part that defaults is balance × chance; the loss is what is not recovered of it, rounded once, half up to the
fen, and parted among those who bear it. The guarantor pays everybody's part but the bank's first, and bears its own in the end.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from financing.guarantees.sharing import Party, Shares, split
from financing.money import Fen, Rate, divide_half_up
from financing.reserves.returns import ratio

FILE = Path(__file__).parent / "scenarios.toml"
PPM = 1_000_000


class Scenario(StrEnum):
    EXPECTED = "expected"
    DOUBLE = "double"
    TRIPLE = "triple"
    LARGEST = "largest"
    INDUSTRY = "industry"
    BANK = "bank"
    RECOVERY = "recovery"
    SEVERE = "severe"


class Broken(StrEnum):
    """What does not hold any more after a scenario."""

    RESERVES = "reserves"  # they do not cover the guarantor's own loss
    LEVERAGE = "leverage"
    SINGLE = "single"  # a firm's balance is above its part of the net assets that are left
    NET_ASSETS = "net_assets"


@dataclass(frozen=True, slots=True)
class Exposure:
    """One guarantee in force: what is guaranteed, how likely it fails (ppm), and who bears a loss."""

    number: str
    firm_id: int
    industry: str
    bank_id: int
    balance: Fen
    chance: Rate
    shares: Shares

    def of(self, falls: str) -> int | str:
        known: dict[str, int | str] = {"firm": self.firm_id, "industry": self.industry, "bank": self.bank_id}
        return known[falls]


@dataclass(frozen=True, slots=True)
class Shock:
    """One scenario as it is written down; factors in ppm."""

    chance_ppm: int
    recovery_ppm: int
    falls: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario brings: balance that defaults, what the guarantor pays first, the loss in the end by party, guarantees that fall."""

    scenario: Scenario
    defaulted: Fen
    paid_first: Fen
    by_party: Mapping[Party, Fen]
    fallen: int

    @property
    def loss(self) -> Fen:
        return sum(self.by_party.values(), Fen(0))

    @property
    def own(self) -> Fen:
        return self.by_party.get(Party.GUARANTOR, Fen(0))


@dataclass(frozen=True, slots=True)
class Bearing:
    """What the guarantor has to bear a loss with, and what it must keep to."""

    reserves: Fen
    net_assets: Fen | None
    liability: Fen
    leverage_cap: int | None
    single: Rate | None
    largest: Fen  # balance of the firm with the most


@dataclass(frozen=True, slots=True)
class Effect:
    """What is left: of the reserves, of the net assets, and the leverage then, in ppm; what is broken."""

    reserves: Fen
    net_assets: Fen | None
    leverage: int | None
    broken: tuple[Broken, ...]


@cache
def shocks() -> Mapping[Scenario, Shock]:
    """The scenarios on file, in their order."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {Scenario(key): Shock(**row) for key, row in read.items()}


def fallen(exposures: Sequence[Exposure], shock: Shock) -> frozenset[str]:
    """The numbers of the guarantees that fail entirely: those of the largest firms, industry or bank by balance; of equals the first."""
    if not shock.falls:
        return frozenset()
    sums: dict[int | str, int] = defaultdict(int)
    for one in exposures:
        sums[one.of(shock.falls)] += one.balance.fen
    worst = sorted(sums, key=lambda key: (-sums[key], str(key)))[: shock.most]
    return frozenset(one.number for one in exposures if one.of(shock.falls) in worst)


def outcome(exposures: Sequence[Exposure], scenario: Scenario, recovery: Rate) -> Outcome:
    """One scenario on every guarantee; `recovery` is what is recovered of a loss in an ordinary year."""
    shock = shocks()[scenario]
    gone = fallen(exposures, shock)
    kept = min(PPM, recovery.ppm * shock.recovery_ppm // PPM)
    defaulted, first, parts = Fen(0), Fen(0), dict.fromkeys(Party, Fen(0))
    for one in exposures:
        chance = PPM if one.number in gone else min(PPM, one.chance.ppm * shock.chance_ppm // PPM)
        fails = one.balance.at(Rate(chance))
        loss = Fen(divide_half_up(one.balance.fen * chance * (PPM - kept), PPM * PPM))
        defaulted += fails
        first += fails - split(fails, one.shares).get(Party.BANK, Fen(0))
        for party, part in split(loss, one.shares).items():
            parts[party] += part
    return Outcome(scenario, defaulted, first, {party: part for party, part in parts.items() if part}, len(gone))


def effect(found: Outcome, bearing: Bearing) -> Effect:
    """Reserves bear the guarantor's own loss first, net assets the rest; the liability balance is taken as it stands today."""
    left = max(Fen(0), bearing.reserves - found.own)
    over = max(Fen(0), found.own - bearing.reserves)
    assets = None if bearing.net_assets is None else bearing.net_assets - over
    leverage = None if assets is None else ratio(bearing.liability, assets)
    return Effect(left, assets, leverage.ppm if leverage else None, tuple(_broken(over, assets, leverage, bearing)))


def _broken(over: Fen, assets: Fen | None, leverage: Rate | None, bearing: Bearing) -> Iterable[Broken]:
    if over:
        yield Broken.RESERVES
    if assets is None:
        return
    if assets <= Fen(0):
        yield Broken.NET_ASSETS
    if bearing.leverage_cap is not None and leverage and leverage.ppm > bearing.leverage_cap * PPM:
        yield Broken.LEVERAGE
    if bearing.single is not None and bearing.largest > max(Fen(0), assets).at(bearing.single):
        yield Broken.SINGLE
