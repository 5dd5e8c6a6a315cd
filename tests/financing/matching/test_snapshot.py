from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from financing.matching.snapshot import RiskShare, Snapshot
from financing.matching.snapshot_terms import printable
from tests.reports.samples import BARE, BY_INVOICES, DOSSIER, GUARANTEE, NEED, SCORE, STATEMENTS, changed, full

SAMPLES = [DOSSIER, BARE, BY_INVOICES, full()]


@pytest.mark.parametrize("snapshot", SAMPLES, ids=["ordinary", "bare", "invoices", "full"])
def test_a_snapshot_read_back_is_the_same_to_the_byte(snapshot):
    again = Snapshot.model_validate_json(snapshot.canonical())
    assert again == snapshot
    assert again.canonical() == snapshot.canonical()


def test_a_dossier_of_the_first_edition_keeps_its_very_bytes():
    """What was frozen before surveys were shown is read, shown and written without them: its digest is on paper."""
    old = BY_INVOICES.canonical()
    assert b'"edition":1' in old and b'"visit"' not in old
    assert Snapshot.model_validate_json(old).canonical() == old
    assert b'"visit"' in DOSSIER.canonical()


def test_the_canonical_form_has_sorted_keys_no_spaces_and_no_float():
    def refuse(text):
        raise AssertionError(text)

    values = json.loads(DOSSIER.canonical(), parse_float=refuse)
    assert json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() == DOSSIER.canonical()


def test_any_change_changes_the_digest():
    other = changed(DOSSIER, need=changed(NEED, amount=NEED.amount + 1))
    assert len(DOSSIER.digest()) == 64
    assert DOSSIER.digest() != other.digest() != changed(DOSSIER, rehearsal=True).digest()


def test_a_snapshot_never_changes():
    with pytest.raises(ValidationError):
        DOSSIER.number = "other"


@pytest.mark.parametrize(
    ("model", "parts"),
    [
        (NEED, {"amount": 1.5}),
        (NEED, {"amount": 0}),
        (NEED, {"months": "12"}),
        (NEED, {"use": "长" * 241}),
        (NEED, {"secret": 1}),
        (SCORE, {"total": SCORE.total + 1}),
        (SCORE, {"blocks": SCORE.blocks[1:]}),
        (GUARANTEE, {"shares": (RiskShare(who="行", share=1),)}),
        (STATEMENTS, {"years": ("2025",)}),
    ],
)
def test_what_does_not_fit_or_does_not_add_up_is_refused(model, parts):
    with pytest.raises(ValidationError):
        changed(model, **parts)


@pytest.mark.parametrize("letter", ["\0", "\n", "\x7f", "\u202e", "\u2066", "\ue000", "\ud800", "\U0010fffe"])
def test_what_no_printer_shows_is_refused(letter):
    with pytest.raises(ValueError, match="U\\+"):
        printable(f"甲{letter}乙")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_figures_and_signs_of_any_language_pass(text):
    assert printable(text) == text
