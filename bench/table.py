"""The table that a run of the bench prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from floors import Floor
from tasks.task import Figure, Measured, Task

HEAD = ("", "task", "figure", "value", "floor", "best published or baseline figure")
RIGHT = (3, 4)


def table(tasks: Sequence[Task], figures: Mapping[str, float], floors: Mapping[str, Floor]) -> str:
    """A row for every figure that was measured."""
    rows = [
        row_of(task, figure, figures[name], floors.get(name))
        for task in tasks
        for figure in task.figures
        if (name := f"{task.name}.{figure.name}") in figures
    ]
    widths = [max(len(row[column]) for row in (HEAD, *rows)) for column in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in (HEAD, tuple("─" * width for width in widths), *rows))


def row_of(task: Task, figure: Figure, value: float, floor: Floor | None) -> tuple[str, ...]:
    """The cells of a figure; a figure without a floor has neither tick nor cross."""
    mark = " " if floor is None else "✓" if floor.holds(value) else "✗"
    bound = "" if floor is None else f"{'≤' if floor.less else '≥'} {shown(floor.value)}"
    reference = f"{shown(figure.reference.value)} {figure.reference.name}" if figure.reference else ""
    return (mark, task.name, figure.name, shown(value), bound, reference)


def shown(value: float) -> str:
    """Whole numbers as such, shares with three decimals, larger measures with one; an interval where there is one."""
    if isinstance(value, Measured):
        return f"{float(value):.3f} [{value.low:.3f}, {value.high:.3f}]"
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        cell.rjust(width) if k in RIGHT else cell.ljust(width)
        for k, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join(cells).rstrip()
