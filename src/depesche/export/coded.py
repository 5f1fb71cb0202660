"""What polecat and gdelt have in common: lines with tabs, and the table of our own status beside the events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from depesche.export.codebook import codebook, codebook_rows
from depesche.export.csv import as_text, defused
from depesche.export.form import Folder, Tally
from depesche.export.plover import Coded, Uncoded
from depesche.export.tables import Cell, Table, coded_tables, moves_of
from depesche.export.words import names
from depesche.model.linkage import Entry
from depesche.model.reading import Participant


def line(cells: Iterable[Cell | float]) -> bytes:
    """A row with tabs between; no cell holds a tab, a line end or a straight quotation mark."""
    return ("\t".join(_shown(cell) for cell in cells) + "\n").encode()


def _shown(cell: Cell | float) -> str:
    match cell:
        case None:
            return ""
        case tuple():
            return _shown(";".join(part.replace(";", ",") for part in cell))
        case str():
            return defused(cell).replace('"', "”")
        case date():
            return cell.isoformat()
    return str(cell)


def header(table: str) -> bytes:
    """The line of a table's column names."""
    return line([column.name for column in coded_tables()[table].columns])


def status_row(entry: Entry, code: Coded | Uncoded, written_as: str) -> list[Cell]:
    """Our own type, status and days of an entry, and what an event table has no room for."""
    history, differences, relations = moves_of(entry)
    return [
        entry.id,
        number_of(entry.id),
        entry.title,
        entry.type,
        entry.mode,
        entry.status.value,
        written_as if isinstance(code, Coded) else "",
        code.why if isinstance(code, Uncoded) else "",
        entry.days.first,
        entry.days.last,
        entry.precision.value,
        names(entry, "actor"),
        names(entry, "recipient"),
        entry.origins,
        history,
        relations,
        differences,
    ]


def number_of(id: str) -> int:
    """The whole number that stands for an entry where a form wants one: the first 15 digits of its digest."""
    digits = "".join(sign for sign in id.partition("-")[2] if sign in "0123456789abcdef")
    return int(digits[:15] or "0", 16)


def sides(entry: Entry) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Who acts, and towards whom."""
    parties = entry.participants
    return (
        tuple(one.participant for one in parties if one.role == "actor"),
        tuple(one.participant for one in parties if one.role != "actor"),
    )


def put_codebook(form: str, names: tuple[str, ...], tally: Tally, folder: Folder) -> None:
    """The codebook of the tables, for people and for programs."""
    written: dict[str, Table] = {name: coded_tables()[name] for name in names}
    folder.write("codebook.csv", [as_text(codebook_rows(written))])
    folder.write("codebook.md", codebook(form, written, tally))
