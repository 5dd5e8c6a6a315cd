"""A year of guarantees of twelve banks with outages: nothing that had to be told is missing or told twice, and every ledger differs by no fen.

`YEARS=40 YEAR_FIRMS=300 pytest tests/financing/year` walks forty large years; `YEAR_SEED` says with which they begin.
"""

from __future__ import annotations

import os
import sys
import time

import pytest
from structlog.testing import capture_logs

from financing.sealing import Ring
from tests.financing.year.compare import compare
from tests.financing.year.fates import fates
from tests.financing.year.walk import Walk

LARGE = os.environ.get("HYPOTHESIS_PROFILE") == "campaign"
FIRMS = int(os.environ.get("YEAR_FIRMS", "300" if LARGE else "40"))
FIRST = int(os.environ.get("YEAR_SEED", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("YEARS", "1")))
BANKS = 12


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_of_guarantees_brings_about_what_is_asked_for_and_loses_no_fen(database, tmp_path, seed):
    database.ring = Ring(tmp_path / "sealing.key")
    begun = time.process_time()
    with capture_logs() as logs:
        walk = Walk(database, seed, FIRMS, BANKS)
        walk.play(fates)
    if LARGE:
        sys.stdout.write(f"{FIRMS} firms, {walk.runs} days: {time.process_time() - begun:.1f} s of CPU\n")
    assert [one for one in logs if one["event"].endswith(".failed")] == []
    compare(walk)
