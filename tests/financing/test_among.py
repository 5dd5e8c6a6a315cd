"""One column among many keys: the same rows as a list of parameters gives, and the same as plain Python."""

from __future__ import annotations

import random

from sqlalchemy import and_, not_, select

from financing.among import among
from financing.parties.model import Firm
from tests.makers import a_firm, writing


def test_a_thousand_keys_none_and_unknown_ones(database):
    with writing(database) as session:
        ids = [a_firm(session).id for _ in range(12)]
        session.flush()
        drawn = random.Random(5)
        for keys in ([], ids, [1, 2, 3], drawn.sample(ids, 5) + list(range(1_000)), [-1, 0, 2**53 - 1]):
            found = set(session.scalars(select(Firm.id).where(among(Firm.id, keys))))
            assert found == set(ids) & set(keys)
            others = select(Firm.id).where(and_(not_(among(Firm.id, keys)), Firm.id.in_(ids)))
            assert set(session.scalars(others)) == set(ids) - set(keys)
