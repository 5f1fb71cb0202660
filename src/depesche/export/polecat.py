"""The chronicle as POLECAT has events: 40 columns, an event a row, with our own status in a file beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from depesche import __version__
from depesche.answers.selection import Selection
from depesche.export.coded import header, line, put_codebook, sides, status_row
from depesche.export.countries import codes
from depesche.export.form import Folder, Tally
from depesche.export.moves import first_told
from depesche.export.plover import QUADS, Coded, coded, schemes
from depesche.export.tables import Cell
from depesche.model.linkage import Entry
from depesche.model.reading import Participant, PartyKind

_PEOPLE = {PartyKind.PERSON}
_PLACES = {PartyKind.COUNTRY, PartyKind.PLACE}


def polecat(selection: Selection, tally: Tally, folder: Folder) -> None:
    """`polecat.tsv` with the events, `status.tsv` with every entry, and the codebook."""
    with folder.open("polecat.tsv") as events, folder.open("status.tsv") as status:
        tally.wrote("events", 0)  # tells them before the rows of status
        events.write(header("polecat"))
        status.write(header("status"))
        for entry in selection.entries():
            code = coded(entry)
            if isinstance(code, Coded):
                tally.wrote("events")
                events.write(line(row(entry, code, selection)))
            else:
                tally.left_out("events", code.why)
            written_as = code.root if isinstance(code, Coded) else ""
            status.write(line(status_row(entry, code, written_as)))
            tally.wrote("rows of status")
    put_codebook("polecat", ("polecat", "status"), tally, folder)


def row(entry: Entry, code: Coded, selection: Selection) -> list[Cell | float]:
    """An entry in POLECAT's columns."""
    actors, recipients = sides(entry)
    place = entry.place
    told = [party for mention in entry.mentions for party in mention.event.parties]
    cards = [card for source in entry.sources if (card := selection.card(source.page))]
    return [
        entry.id,
        code.day,
        code.root,
        code.mode,
        code.score,
        QUADS[code.quad - 1].upper(),
        code.context,
        *_side(actors),
        *_side(recipients),
        place.name if place else "",
        *("", "", ""),
        (place.country or "") if place else "",
        *("", "", ""),
        place.text if place else "",
        "",
        _each(source.outlet or source.doc for source in entry.sources),
        first_told(entry),
        _named(told, lambda party: party.kind in _PEOPLE),
        _named(told, lambda party: party.kind not in _PEOPLE | _PLACES),
        _named(told, lambda party: party.kind in _PLACES),
        _each(card.language for card in cards),
        f"depesche {__version__}",
    ]


def _side(parties: tuple[Participant, ...]) -> list[Cell]:
    """Name, country, COW number, first sector, sectors, title, raw name, Wikipedia of one side."""
    states = codes()
    sectors = tuple(schemes().sectors.get(party.kind.value, "") for party in parties)
    return [
        tuple(party.name for party in parties),
        _known(party.country or "" for party in parties),
        _known(states[party.country].cow if party.country and party.country in states else "" for party in parties),
        next(iter(sectors), ""),
        _known(sectors),
        _known(party.office for party in parties),
        tuple(party.text for party in parties),
        "",
    ]


def _known(values: Iterable[str]) -> tuple[str, ...]:
    """Values side by side with the names they belong to; nothing at all where none is known."""
    found = tuple(values)
    return found if any(found) else ()


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _named(parties: Iterable[Participant], wanted: Callable[[Participant], bool]) -> tuple[str, ...]:
    return _each(party.name for party in parties if wanted(party))
