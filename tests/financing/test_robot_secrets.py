"""What messages of a robot are signed with lies sealed; what an earlier version kept in clear is sealed at the next start (C-46)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from financing import resealing
from financing.access import SYSTEM, Role
from financing.conduct_refusals import KeysAway
from financing.notices import addresses, secrets
from financing.notices.model import NoticeAddress
from financing.notices.rules import Medium, Robot
from financing.sealing import Ring
from tests.makers import NOW, a_user, at, writing
from web.strictness import seal_what_was_clear

MARKER = "SEC0f3a91-planted"
HOOK = "https://oapi.dingtalk.com/robot/send?access_token=x"


def test_C46_the_secret_of_a_robot_is_nowhere_in_clear(database, tmp_path):
    ring = database.ring = Ring(tmp_path / "sealing.key")
    with writing(database) as session:
        user, other = a_user(session, Role.OFFICER), a_user(session, Role.OFFICER)
        old = NoticeAddress(
            user_id=other.id,
            medium=Medium.CHAT,
            robot=Robot.DINGTALK,
            target=HOOK,
            secret=f"{MARKER}-old",
            asked_at=NOW,
        )
        session.add(old)
    with at(database, user.actor) as desk:
        new = addresses.add(desk, Medium.CHAT, HOOK, robot=Robot.DINGTALK, secret=MARKER)
        plain = addresses.add(desk, Medium.EMAIL, "a@example.com")
        assert (new.secret, plain.sealed) == ("", None)
    assert seal_what_was_clear(database, lambda: NOW) == 1
    assert seal_what_was_clear(database, lambda: NOW) == 0
    with writing(database) as session:
        rows = session.execute(select(NoticeAddress.__table__)).all()
        assert (
            len(rows) == 3
            and MARKER not in str(rows)
            and MARKER.encode() not in b"".join(row.sealed or b"" for row in rows)
        )
    ring.rotate()
    list(resealing.anew(database, ring))
    with at(database, SYSTEM) as desk:
        told = [secrets.secret_of(desk, desk.get(NoticeAddress, one.id)) for one in (new, old, plain)]
        assert told == [MARKER, f"{MARKER}-old", ""]
    with pytest.raises(IntegrityError, match="in_clear"), database.writer.begin() as connection:
        connection.execute(update(NoticeAddress).where(NoticeAddress.id == new.id).values(secret="x"))
    cell = next(row.sealed for row in rows if row.id == old.id)
    with writing(database) as session:  # a cell of another row opens for nobody
        session.get_one(NoticeAddress, new.id).sealed = cell
    with at(database, SYSTEM) as desk:
        assert secrets.secret_of(desk, desk.get(NoticeAddress, new.id)) is None
    database.ring = Ring(tmp_path / "other.key")
    with pytest.raises(KeysAway), at(database, SYSTEM) as desk:
        secrets.secret_of(desk, desk.get(NoticeAddress, old.id))
