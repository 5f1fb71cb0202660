"""Several processes at work: nothing is lost when one of them ends, and none outlives the one that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from crew_work import doubling, dying_at_three, dying_once, raising, stillborn, unprepared

from depesche.crew import Crew, Lost
from depesche.errors import DepescheError, PackError


def test_every_item_comes_back_once_with_what_became_of_it() -> None:
    with Crew(2, doubling) as crew:
        assert sorted(crew.map(range(50))) == [(number, number * 2) for number in range(50)]
        assert sorted(crew.map(range(3))) == [(0, 0), (1, 2), (2, 4)]
        assert list(crew.map(())) == []
        assert len(active_children()) == 2
    assert active_children() == []


def test_few_items_are_taken_before_they_are_wanted() -> None:
    taken: list[int] = []

    def coming() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Crew(2, doubling) as crew:
        for done, _ in enumerate(crew.map(coming()), start=1):
            assert len(taken) - done <= 4  # two at work, two waiting
    assert len(taken) == 100


def test_no_more_processes_are_started_than_there_are_items() -> None:
    with Crew(8, doubling) as crew:
        assert list(crew.map([1])) == [(1, 2)]
        assert len(active_children()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_an_item_that_kills_its_process_is_given_back_as_lost_and_the_others_are_done() -> None:
    with Crew(2, dying_at_three) as crew:
        became = dict(crew.map(range(8)))
    assert became.pop(3) == Lost("signal 9")
    assert became == {number: number * 2 for number in (0, 1, 2, 4, 5, 6, 7)}


def test_a_process_that_ends_by_chance_costs_nothing(tmp_path: Path) -> None:
    with Crew(2, partial(dying_once, tmp_path / "mark")) as crew:
        assert dict(crew.map(range(8))) == {number: number * 2 for number in range(8)}
    assert (tmp_path / "mark").exists()


def test_what_the_work_raises_is_raised_and_ends_the_processes() -> None:
    with pytest.raises(PackError, match="too many"), Crew(2, raising) as crew:
        list(crew.map(range(8)))
    assert active_children() == []


def test_what_preparing_raises_is_raised() -> None:
    with pytest.raises(PackError, match="no such key"), Crew(2, unprepared) as crew:
        list(crew.map(range(8)))


def test_processes_that_cannot_start_are_not_started_for_ever() -> None:
    with pytest.raises(DepescheError, match=r"could not start \(exit code 5\)"), Crew(1, stillborn) as crew:
        list(crew.map(range(8)))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_no_process_outlives_the_one_that_was_killed() -> None:
    script = Path(__file__).with_name("crew_work.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(_lives, pids))
        process.kill()
    ends = time.monotonic() + 60
    while any(map(_lives, pids)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(map(_lives, pids))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and ") Z " in stat.read_text())  # nobody may wait for it any more
