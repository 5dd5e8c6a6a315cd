from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from select import select
from threading import Event, Thread

import pytest

from financing.refusals import Busy, Refusal
from reports.child import Child, ChildFailed, Gate, Limits, once
from tests.reports.misbehaving import Soiled

MODULE = "tests.reports.misbehaving"
LIMITS = Limits(memory_mib=512, cpu_seconds=2, wall_seconds=10, file_mib=1, questions=3)


@pytest.fixture
def child():
    with Child(MODULE, LIMITS) as one:
        yield one


def ask(child, deed):
    return child.ask(deed.encode()).decode()


def test_a_child_answers_any_bytes(child):
    payload = bytes(range(256)) * 5000
    assert child.ask(b"echo:" + payload) == payload
    assert child.ask(b"echo:") == b""


def test_a_refusal_comes_out_as_the_same_refusal(child):
    with pytest.raises(Soiled) as caught:
        ask(child, "refuse")
    assert (caught.value.code, caught.value.facts) == ("soiled", {"sheet": "进项", "row": 7})
    assert ask(child, "echo:still warm") == "still warm"


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("burn", "time"),
        ("swell", "memory"),
        ("grow_natively", "memory"),
        ("flood_the_disk", "crash"),
        ("die", "crash"),
        ("raise", "crash"),
        ("exit", "crash"),
    ],
)
def test_a_breach_is_named_and_the_next_question_is_answered(child, deed, reason):
    with pytest.raises(ChildFailed) as caught:
        ask(child, deed)
    assert (caught.value.reason, caught.value.code) == (reason, f"child_{reason}")
    assert ask(child, "echo:next") == "next"


def test_the_wall_clock_stops_a_sleeper():
    with Child(MODULE, replace(LIMITS, wall_seconds=0.5)) as child, pytest.raises(ChildFailed) as caught:
        ask(child, "sleep")
    assert caught.value.reason == "time"


def test_a_child_that_does_not_read_is_stopped_too():
    with Child("tests.reports.deaf", replace(LIMITS, wall_seconds=0.5)) as child, pytest.raises(ChildFailed) as caught:
        child.ask(bytes(10 << 20))
    assert caught.value.reason == "time"


def test_a_grandchild_dies_with_its_group(tmp_path):
    note = tmp_path / "pid"
    with Child(MODULE, replace(LIMITS, wall_seconds=2)) as child, pytest.raises(ChildFailed):
        ask(child, f"leave_a_grandchild:{note}")
    with suppress(ProcessLookupError):
        assert select([os.pidfd_open(int(note.read_text()))], [], [], 10)[0]


def test_processor_time_is_counted_for_each_question():
    with Child(MODULE, replace(LIMITS, cpu_seconds=1, questions=10)) as child:
        assert {ask(child, "burn_a_while:0.7") for _ in range(4)} == {"done"}


def test_a_child_is_replaced_after_its_questions(child):
    numbers = [ask(child, "who") for _ in range(4)]
    assert numbers[0] == numbers[2] != numbers[3]


def test_a_child_sees_no_environment_no_files_and_its_own_folder(child, monkeypatch):
    monkeypatch.setenv("YUANRONG_SECRET", "hush")
    assert "hush" not in ask(child, "environment")
    assert ask(child, "open_files") == "0 1 2 3 4"
    folder = Path(ask(child, "folder"))
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0
    child.close()
    assert not folder.exists()


def test_the_limits_hold_and_no_core_is_dumped(child):
    assert ask(child, "limits") == "[0, 1048576, 64]"


def test_what_a_library_prints_is_no_answer(child):
    assert ask(child, "print:answer") == "answer"


def test_an_unknown_code_is_still_a_refusal():
    from reports.child import refusal

    found = refusal(b'{"code": "of_tomorrow", "facts": {"a": 1}}')
    assert type(found) is Refusal
    assert (found.code, found.facts) == ("of_tomorrow", {"a": 1})


def test_once_leaves_no_process_behind():
    number = int(once(MODULE, b"who", LIMITS))
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_at_most_so_many_work_and_the_queue_is_bounded():
    gate, inside, leave = Gate(at_once=2, queue=3), [], Event()

    def enter():
        with suppress(Busy), gate.place():
            inside.append(1)
            leave.wait(10)

    threads = [Thread(target=enter) for _ in range(5)]
    for thread in threads:
        thread.start()
    while gate._free:
        pass
    with pytest.raises(Busy), gate.place():
        pass
    assert len(inside) <= 2
    leave.set()
    for thread in threads:
        thread.join()
    assert len(inside) == 5
    with gate.place():
        assert gate._free == 4


def test_whose_turn_does_not_come_in_time_is_told_and_leaves_no_trace():
    gate = Gate(at_once=1, queue=3, patience=0.01)
    with gate.place():
        with pytest.raises(Busy), gate.place():
            pass
        assert gate._free == 3
    with gate.place():
        assert gate._free == 3
