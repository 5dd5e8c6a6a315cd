"""How terms of the guarantor change (担保条件变更): proposed by one person, decided by another, on documents. No database here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from financing.acts import Act
from financing.flow import Flow
from financing.money import Fen, Rate
from financing.parties.rules import GuarantorKind


class DocumentKind(StrEnum):
    """What a document of the zone's side is."""

    LICENCE = "operating_licence"  # 融资担保业务经营许可证
    AUDIT_REPORT = "audit_report"
    CORPORATE_RESOLUTION = "corporate_resolution"  # of board or shareholders
    AGREEMENT = "agreement"
    PROOF = "proof"
    BANK_CONFIRMATION = "bank_confirmation"  # that a guarantor is released
    JUDGMENT = "judgment"  # or an award, or other sufficient evidence of a loss


class ChangeState(StrEnum):
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    TURNED_DOWN = "turned_down"


CHANGE_FLOW = Flow(
    start=ChangeState.PROPOSED,
    steps={
        (ChangeState.PROPOSED, Act.ADOPT_TERMS): ChangeState.ADOPTED,
        (ChangeState.PROPOSED, Act.TURN_DOWN_TERMS): ChangeState.TURNED_DOWN,
    },
)
D = DocumentKind
#: The document that a changed term rests on.
RESTS_ON = {
    "net_assets": D.AUDIT_REPORT,
    "pool": D.PROOF,
    "licence": D.LICENCE,
    "licence_until": D.LICENCE,
    "name": D.CORPORATE_RESOLUTION,
    "share": D.CORPORATE_RESOLUTION,
    "fee": D.CORPORATE_RESOLUTION,
    "cap": D.CORPORATE_RESOLUTION,
}
#: The document that a legal form rests on.
FORM_RESTS_ON = {
    GuarantorKind.LICENSED: D.LICENCE,
    GuarantorKind.REINSURED_PRODUCT: D.AGREEMENT,
    GuarantorKind.RISK_POOL: D.AGREEMENT,
    GuarantorKind.CORPORATE_ONE_OFF: D.CORPORATE_RESOLUTION,
}
AMOUNTS, RATES = frozenset({"net_assets", "pool", "cap"}), frozenset({"share", "fee"})


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What is new in `after`, by term."""
    return {key: value for key, value in after.items() if before.get(key) != value}


def owed(new: Mapping[str, Any], shown: Collection[DocumentKind]) -> tuple[DocumentKind, ...]:
    """The kinds of document that a change still needs, each once; an amount of nothing and no licence rest on none."""
    wanted = [
        RESTS_ON[key]
        for key, value in new.items()
        if key in RESTS_ON and (value or key not in {"pool", "licence", "licence_until"})
    ]
    if "kind" in new:
        wanted.append(FORM_RESTS_ON[new["kind"]])
    return tuple(kind for kind in dict.fromkeys(wanted or [D.CORPORATE_RESOLUTION]) if kind not in shown)


def stored(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Terms as plain values for a JSON column: fen, parts per million, days as text."""
    return {key: _plain(value) for key, value in terms.items()}


def _plain(value: Any) -> Any:
    match value:
        case Fen():
            return value.fen
        case Rate():
            return value.ppm
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
    return value


def read(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Stored terms as values of the domain."""
    return {key: _value(key, value) for key, value in terms.items()}


def _value(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key in AMOUNTS:
        return Fen(value)
    if key in RATES:
        return Rate(value)
    if key == "kind":
        return GuarantorKind(value)
    return date.fromisoformat(value) if key == "licence_until" else value
