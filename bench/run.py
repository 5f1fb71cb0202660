"""Measures Depesche against the data beside the project; fails when a figure lies under its floor.

    python bench/run.py --shared ../shared [--only TASK …] [--list] [--raise-floors] [--jobs N]

0 all figures hold · 1 a figure lies under its floor, or a task failed · 2 wrong use, or no measuring data
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from depesche import __version__
from floors import FLOORS, Floor, raised, read_floors, write_floors
from table import shown, table
from tasks import TASKS
from tasks.reading import knowledge
from tasks.task import BenchError, Figures, Place, Task

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
NEEDED = ("bench", "train", "seeds/gold", "seeds/pages")


@dataclass
class Outcome:
    """Figures by their full names, and why a task gave none."""

    figures: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, task: Task, measured: Figures) -> None:
        """Takes a task's figures, which have to be those it declares."""
        declared = {figure.name for figure in task.figures}
        if odd := sorted(set(measured) ^ declared):
            self.failures.append(f"{task.name} declares other figures than it measures: {', '.join(odd)}")
        else:
            self.figures |= {f"{task.name}.{name}": value for name, value in measured.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    asked = _arguments().parse_args(argv)
    if asked.list:
        print("\n".join(f"{task.name:<20} {', '.join(figure.name for figure in task.figures)}" for task in TASKS))
        return 0
    try:
        tasks, floors = _chosen(asked.only), read_floors()
        _check(asked.shared)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    outcome = measure(tasks, asked.shared.resolve(), asked.jobs)
    if asked.raise_floors:
        figures = {f"{task.name}.{figure.name}": figure for task in tasks for figure in task.figures}
        floors = raised(floors, {name: (figures[name], value) for name, value in outcome.figures.items()})
        write_floors(floors)
    write_results(outcome.figures, asked.shared.resolve())
    print(table(tasks, outcome.figures, floors))
    return judge(outcome, floors)


def judge(outcome: Outcome, floors: Mapping[str, Floor]) -> int:
    """Names on standard error what fell short; the exit code."""
    short = [name for name, value in outcome.figures.items() if name in floors and not floors[name].holds(value)]
    for name in short:
        print(
            f"bench: {name} is {shown(outcome.figures[name])}, its floor {shown(floors[name].value)}", file=sys.stderr
        )
    for failure in outcome.failures:
        print(f"bench: {failure}", file=sys.stderr)
    return 1 if short or outcome.failures else 0


def measure(tasks: Sequence[Task], shared: Path, jobs: int) -> Outcome:
    """Runs the tasks, several at a time but for those that want to be alone."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="depesche-bench-") as work:
        for group in _groups(tasks):
            workers = 1 if group[0].alone else jobs
            with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
                running = {pool.submit(run_task, task.name, shared, Path(work)): task for task in group}
                for done in as_completed(running):
                    _take(running[done], done, outcome)
    return outcome


def run_task(name: str, shared: Path, work: Path) -> Figures:
    """Measures one task in this process, in a folder of its own."""
    task = next(task for task in TASKS if task.name == name)
    folder = work / name
    folder.mkdir()
    return task.measure(Place(shared, folder))


def _take(task: Task, done: Future[Figures], outcome: Outcome) -> None:
    error = done.exception()
    if error is None:
        outcome.add(task, done.result())
    else:
        reason = str(error).strip().split("\n")[0]
        outcome.failures.append(f"{task.name} failed: {type(error).__name__}: {reason}")
    print(f"{task.name} {'failed' if error else 'done'}", file=sys.stderr)


def _groups(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Those that may run side by side, long ones first, then one at a time those that may not."""
    together = sorted((task for task in tasks if not task.alone), key=lambda task: not task.long)
    if together:
        yield together
    yield from ([task] for task in tasks if task.alone)


def write_results(figures: Mapping[str, float], shared: Path, path: Path = RESULTS) -> None:
    """The figures with what they depend on: package, knowledge, measuring data."""
    results = {
        "data": digest_of(shared),
        "figures": {name: round(value, 4) for name, value in figures.items()},
        "knowledge": knowledge().knowledge,
        "package": __version__,
    }
    path.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def digest_of(shared: Path) -> str:
    """A digest of the measuring data, scorers included: figures on other data cannot be compared."""
    whole = hashlib.sha256()
    for path in sorted(path for name in NEEDED for path in (shared / name).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts:
            whole.update(path.relative_to(shared).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def _chosen(names: Sequence[str]) -> list[Task]:
    known = [task.name for task in TASKS]
    if unknown := [name for name in names if name not in known]:
        raise BenchError(f"no task called {unknown[0]}; there are {', '.join(known)}")
    return [task for task in TASKS if not names or task.name in names]


def _check(shared: Path) -> None:
    missing = [name for name in NEEDED if not (shared / name).is_dir()]
    if missing:
        raise BenchError(
            f"the measuring data is missing: no folder {shared / missing[0]}; --shared DIR says where it is"
        )


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/run.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared", help="where the measuring data is")
    parser.add_argument("--only", nargs="+", default=[], metavar="TASK", help="measure these tasks only")
    parser.add_argument("--list", action="store_true", help="name the tasks and their figures")
    parser.add_argument("--raise-floors", action="store_true", help=f"write better figures into {FLOORS.name}")
    parser.add_argument("--jobs", type=int, default=2, help="tasks at a time (2)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
