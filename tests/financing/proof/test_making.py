"""Checkpoints of a real journal on both databases: made, brought out, held against, what a restore lost, going on openly."""

from __future__ import annotations

import itertools
import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from financing.access import SYSTEM, Actor, Role
from financing.acts import Act
from financing.checkpoint_check import Doubted, heard
from financing.checkpoints import Checkpoint, code_now
from financing.journal import Entry
from financing.journal_check import Broken
from financing.journal_views import checkpoints, told_by
from financing.parties.model import Bank
from financing.parties.rules import BankKind
from financing.proof import against, making, proving
from financing.proof.places import Folder, Signer
from financing.proof_check import proved
from financing.proof_refusals import HistoryDiffers, LinesMissing, NothingLost, NotSealedYet
from financing.refusals import NotFound
from financing.walls import put_up
from tests.makers import NOW, at
from web.keeping import Keeper

HOUR = timedelta(hours=1)
NAMES = itertools.count()


def add_banks(database, count, now=NOW):
    for _ in range(count):
        with at(database, SYSTEM, now) as desk:
            desk.note(Act.ADD_BANK, desk.add(Bank(name=f"第{next(NAMES)}银行", kind=BankKind.CITY)))


@pytest.fixture
def signer(tmp_path):
    return Signer(tmp_path / "checkpoint.key")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "outside")


def test_a_checkpoint_seals_what_came_since_and_stands_in_the_second_place(database, signer, folder):
    assert making.make(database, signer, folder, NOW) is None
    add_banks(database, 3)
    first = making.make(database, signer, folder, NOW)
    assert (first.number, first.seq, first.said["counts"]) == (1, 3, {"bank.add": 3})
    assert making.make(database, signer, folder, NOW) is None
    add_banks(database, 4)
    second = making.make(database, signer, folder, NOW + HOUR)
    assert (second.said["since"], second.said["former"]) == (3, first.digest)
    assert [json.loads(line)["checkpoint"] for line in folder.lines()] == [first.said, second.said]
    assert (signer.path.stat().st_mode & 0o777, folder.file.stat().st_mode & 0o777) == (0o600, 0o600)
    assert folder.keys() == {signer.number: signer.public}
    held = against.verify(database, folder)
    assert (held.lines, held.covered, held.checkpoints, held.code) == (7, 7, 2, second.code)
    with at(database, Actor(9, Role.AUDITOR), write=False) as desk:
        assert [one.number for one in checkpoints(desk)] == [2, 1]
        assert told_by(desk, first.code.lower().replace("0", "o")).holds
        assert told_by(desk, heard("0" * 16)) is None
        assert code_now(desk.session) == second.code


def test_what_the_second_place_lacks_is_brought_there_later_and_a_torn_line_is_written_again(database, signer, folder):
    for _ in range(3):
        add_banks(database, 2)
        making.make(database, signer, folder, NOW)
    whole = folder.file.read_bytes()
    folder.file.write_bytes(whole[: whole.find(b"\n") + 20])  # the power failed while the second was written
    assert len(folder.lines()) == 1
    assert making.bring_out(database, folder, signer) == 2
    assert folder.file.read_bytes() == whole
    assert making.bring_out(database, folder, signer) == 0
    assert (folder.reached, Folder(folder.path / "none").reached) == (3, 0)
    folder.file.write_bytes(b'{"checkp')
    assert (folder.reached, folder.lines(), making.bring_out(database, folder, signer)) == (0, [], 3)
    assert folder.file.read_bytes() == whole


def test_of_processes_that_seal_at_once_one_does_and_the_second_place_has_it_once(database, signer, folder):
    for round_ in range(3):
        add_banks(database, 2)
        begin = threading.Barrier(3)
        made: list[Checkpoint | None] = []

        def seal(begin=begin, made=made):
            begin.wait(20)
            made.append(making.make(database, signer, folder, NOW))

        threads = [threading.Thread(target=seal) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(made) == 3
        assert len({one.digest for one in made if one}) == 1
        assert [json.loads(line)["checkpoint"]["number"] for line in folder.lines()] == list(range(1, round_ + 2))
    assert against.verify(database, folder).covered == 6


def test_due_by_the_hour_by_number_and_at_once_after_a_decision(database, signer, folder):
    def due(now):
        with at(database, SYSTEM, now, write=False) as desk:
            return making.due(desk)

    assert not due(NOW)
    add_banks(database, 1)
    assert (due(NOW), due(NOW + HOUR - timedelta(seconds=1)), due(NOW + HOUR)) == (False, False, True)
    making.make(database, signer, folder, NOW)
    assert not due(NOW + 5 * HOUR)
    with at(database, SYSTEM) as desk:
        bank = desk.add(Bank(name="丁", kind=BankKind.CITY))
        for _ in range(999):
            desk.note(Act.ADD_BANK, bank)
    assert not due(NOW)
    add_banks(database, 1)
    assert due(NOW)
    making.make(database, signer, folder, NOW)
    with at(database, SYSTEM) as desk:
        desk.note(Act.RECONCILE, bank)
    assert due(NOW)


def forge(database, word, **values):
    with database.turn(), database.writer.begin() as connection:
        if connection.dialect.name == "sqlite":
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_head')")).all():  # fmt: skip
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("ALTER TABLE journal DISABLE TRIGGER USER")
        connection.execute(text(word), values)


def test_a_history_that_was_rewritten_is_found_at_its_stretch_and_never_sealed_over(database, signer, folder):
    for _ in range(3):
        add_banks(database, 4)
        making.make(database, signer, folder, NOW)
    forge(database, "UPDATE journal SET link = :link WHERE seq = 12", link="0" * 64)
    with pytest.raises(Broken, match=r"^12"):
        against.verify(database, folder)
    add_banks(database, 1)
    with pytest.raises(HistoryDiffers):
        making.make(database, signer, folder, NOW)
    with pytest.raises(HistoryDiffers):
        against.require_whole(database, folder)
    forged = folder.file.read_text(encoding="utf-8").splitlines()
    with Session(database.reader) as session:
        link = session.scalar(select(Entry.link).where(Entry.seq == 8))
    folder.file.write_text("\n".join([*forged[:1], forged[1].replace(link, "1" * 64), *forged[2:]]) + "\n")
    with pytest.raises(Doubted, match="checkpoint 2"):
        against.verify(database, folder)


def test_a_line_is_proved_to_a_stranger_and_a_changed_proof_is_none(database, signer, folder):
    add_banks(database, 5)
    making.make(database, signer, folder, NOW)
    add_banks(database, 6)
    made = making.make(database, signer, folder, NOW + HOUR)
    add_banks(database, 1)
    for seq in (1, 5, 6, 11):
        proof = json.loads(json.dumps(proving.prove(database, folder, seq)))
        body, said = proved(proof)
        assert (body["seq"], body["act"]) == (seq, "bank.add")
        assert said["number"] == (1 if seq <= 5 else 2)
    assert said == made.said
    wrong = (
        proof | {"body": body | {"subject": 1}}, proof | {"body": body | {"seq": 10}}, proof | {"path": proof["path"][:-1]},
        proof | {"path": proof["path"][::-1]}, proof | {"public": {}}, {}, proof | {"body": body | {"seq": 12}},
        proof | {"record": proof["record"] | {"signature": "00" * 64}},
    )  # fmt: skip
    for one in wrong:
        with pytest.raises(Doubted):
            proved(one)
    with pytest.raises(NotSealedYet):
        proving.prove(database, folder, 12)
    with pytest.raises(NotFound):
        proving.prove(database, folder, 13)


def test_an_older_picture_says_what_is_missing_and_goes_on_openly_alone(database, signer, folder):
    """The picture of after the first checkpoint: what came later is taken out again, as a restore would leave it."""
    add_banks(database, 5)
    making.make(database, signer, folder, NOW)
    add_banks(database, 2)
    with at(database, SYSTEM, write=False) as desk:
        picture = desk.session.execute(text("SELECT seq, link FROM journal_head")).one()
    add_banks(database, 3)
    making.make(database, signer, folder, NOW)
    add_banks(database, 4)
    newest = making.make(database, signer, folder, NOW)
    against.require_whole(database, folder)
    with pytest.raises(NothingLost):
        against.reconcile(database, folder, signer, NOW)
    forge(database, "DELETE FROM journal WHERE seq > 7")
    forge(database, "UPDATE journal_head SET seq = :seq, link = :link", **picture._mapping)
    with database.turn(), database.writer.begin() as connection:
        if connection.dialect.name == "sqlite":
            for (name,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'checkpoint'")).all():  # fmt: skip
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("ALTER TABLE checkpoint DISABLE TRIGGER USER")
        connection.execute(text("DELETE FROM checkpoint WHERE number > 1"))
        put_up(connection)
    with pytest.raises(LinesMissing) as missing:
        against.require_whole(database, folder)
    assert missing.value.facts == {"first": 8, "last": 14, "count": 7}
    with pytest.raises(Doubted, match="lines 8 to 10 are missing"):
        against.verify(database, folder)
    lost = against.reconcile(database, folder, signer, NOW + HOUR)
    assert (lost.first, lost.last, dict(lost.acts)) == (8, 14, {"bank.add": 4})
    against.require_whole(database, folder)
    held = against.verify(database, folder)
    assert (held.lines, held.covered, held.checkpoints, held.lost) == (8, 8, 4, 7)
    with Session(database.reader) as session:
        note = session.scalar(select(Entry).where(Entry.seq == 8))
        assert note.act is Act.RECONCILE
        assert note.body["facts"] == {"first": 8, "last": 14, "digest": newest.digest}
        assert session.get(Checkpoint, 4).said["since"] == 5
    add_banks(database, 9)
    making.make(database, signer, folder, NOW + HOUR)
    assert against.verify(database, folder).covered == 17
    assert proved(proving.prove(database, folder, 8))[1]["number"] == 4


def test_the_keeper_seals_what_is_due_and_on_a_new_day_whatever_there_is(database, tmp_path, monkeypatch):
    from financing.settings import Settings

    keeper = Keeper(database, Settings(data_dir=tmp_path / "var"))
    add_banks(database, 1)
    assert (keeper.step(NOW), keeper.step(NOW, new_day=True), keeper.step(NOW, new_day=True)) == (0, 1, 0)
    add_banks(database, 1, NOW)
    assert keeper.step(NOW + HOUR) == 1
    assert len(keeper.folder.lines()) == 2
