"""What a consent opens, and for how long: by hand, as the form of consent says it. Found wanting by mutants."""

from __future__ import annotations

import pytest

from financing.matching.rules import CONSENT_DAYS, LONGEST_CONSENT, Part, open_to_bank

BEYOND = ["statements", "score", "guarantee", "contact"]


def test_a_consent_runs_sixty_days_and_never_over_a_year():
    assert (CONSENT_DAYS, LONGEST_CONSENT) == (60, 365)


@pytest.mark.parametrize("part", BEYOND)
def test_a_part_is_open_where_the_consent_names_it_and_only_there(part):
    assert open_to_bank([part], Part(part))
    assert open_to_bank(BEYOND, Part(part))
    assert not open_to_bank([other for other in BEYOND if other != part], Part(part))


def test_whom_it_is_about_is_part_of_every_consent_and_there_are_no_other_parts():
    assert open_to_bank([], Part.BASIC)
    assert {part.value for part in Part} == {"basic", *BEYOND}
