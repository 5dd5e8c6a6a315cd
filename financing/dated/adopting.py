"""Taking over a county's rules of the bridge fund (采用各地办法): every figure that differs is proposed; another person confirms each."""

from __future__ import annotations

from datetime import date
from typing import Any

from financing import parameters
from financing.bridge.presets import Preset
from financing.dated import service
from financing.dated.model import SettingProposal
from financing.dated.rules import Certainty
from financing.desk import Desk
from financing.setting_refusals import SettingSame


def propose(desk: Desk, preset: Preset, *, since: date, why: str) -> list[SettingProposal]:
    """Propose each figure of the preset that is another one on that day; SettingSame when none is, and what `service.propose` raises."""
    new = {key: value for key, value in preset.figures.items() if value != parameters.figure(key, since).value}
    if not new:
        raise SettingSame
    source = f"{preset.county} {preset.source}"
    terms: dict[str, Any] = {"since": since, "why": why, "source": source, "confidence": Certainty(preset.confidence)}
    return [service.propose(desk, key, value=value, **terms) for key, value in new.items()]
