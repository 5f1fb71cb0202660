"""The chronicle in the shape of GDELT 2: events and their mentions, with our own status in a file beside them."""

from __future__ import annotations

from datetime import date

from depesche.answers.selection import Selection
from depesche.export.addresses import address
from depesche.export.coded import header, line, number_of, put_codebook, sides, status_row
from depesche.export.countries import codes
from depesche.export.form import Folder, Tally
from depesche.export.moves import NEVER, last_told
from depesche.export.plover import Coded, coded, schemes
from depesche.export.tables import Cell
from depesche.model.linkage import Entry, Mention
from depesche.model.reading import Participant, Place

_COUNTRY, _IN_A_COUNTRY = 1, 4  # GDELT's Geo_Type
_WEB, _CITED = 1, 2  # GDELT's MentionType
_NOWHERE = -1


def gdelt(selection: Selection, tally: Tally, folder: Folder) -> None:
    """`events.tsv` and `mentions.tsv` without headers, as GDELT has them; `status.tsv` with one; the codebook."""
    with (
        folder.open("events.tsv") as events,
        folder.open("mentions.tsv") as mentions,
        folder.open("status.tsv") as status,
    ):
        for what in ("events", "mentions"):
            tally.wrote(what, 0)  # tells them before the rows of status
        status.write(header("status"))
        for entry in selection.entries():
            code = coded(entry)
            written_as = _three_digits(code.cameo) if isinstance(code, Coded) else ""
            status.write(line(status_row(entry, code, written_as)))
            tally.wrote("rows of status")
            if not isinstance(code, Coded):
                tally.left_out("events", code.why)
                continue
            tally.wrote("events")
            tally.wrote("mentions", len(entry.mentions))
            more = max(len(entry.participants) - 2, 0)
            tally.left_out("parties", "an event has room for two; status.tsv has them all", more)
            events.write(line(event_row(entry, code, selection)))
            mentions.writelines(line(mention_row(entry, code, mention, selection)) for mention in entry.mentions)
    put_codebook("gdelt", ("events", "mentions", "status"), tally, folder)


def event_row(entry: Entry, code: Coded, selection: Selection) -> list[Cell | float]:
    """An entry in the 61 columns of GDELT's events."""
    first, second = pair(entry)
    day = code.day
    whole = _three_digits(code.cameo)
    told = last_told(entry)
    urls = [url for source in entry.sources if (url := address(selection.card(source.page)))]
    names = [source.doc for source in entry.sources]
    return [
        number_of(entry.id),
        _digits(day),
        _digits(day)[:6],
        day.year,
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        *_actor(first),
        *_actor(second),
        1,
        whole,
        whole[:3],
        whole[:2],
        code.quad,
        code.score,
        len(entry.mentions),
        entry.origins,
        len(entry.sources),
        "",
        *[""] * 16,
        *_geo(entry.place),
        "" if told == NEVER else f"{told.replace('-', '')}000000",
        next(iter([*urls, *names]), ""),
    ]


def mention_row(entry: Entry, code: Coded, mention: Mention, selection: Selection) -> list[Cell | float]:
    """A mention in the 16 columns of GDELT's mentions."""
    first, second = pair(entry)
    card = selection.card(mention.page)
    url = address(card)
    published = mention.published
    return [
        number_of(entry.id),
        f"{_digits(code.day)}000000",
        f"{published.replace('-', '')}000000" if published else "",
        _WEB if url else _CITED,
        (card.outlet if card else None) or "",
        url or mention.doc,
        "",
        _offset(mention, first),
        _offset(mention, second),
        mention.event.trigger.start,
        1,
        *("", "", "", ""),
        mention.event.id,
    ]


def pair(entry: Entry) -> tuple[Participant | None, Participant | None]:
    """The first who acts, and the first towards whom, or else the second who acts."""
    actors, recipients = sides(entry)
    return next(iter(actors), None), next(iter([*recipients, *actors[1:]]), None)


def _actor(party: Participant | None) -> list[Cell]:
    """Code, name, country, four that are empty, three types."""
    if party is None:
        return [""] * 10
    country = _cameo(party.country)
    role = schemes().sectors.get(party.kind.value, "")
    return [f"{country}{role}", party.name, country, "", "", "", "", role, "", ""]


def _geo(place: Place | None) -> list[Cell]:
    """Type, full name, country and five that are empty of where it is set."""
    if place is None:
        return [""] * 8
    found = codes().get(place.country or "")
    kind: Cell = "" if not found else _COUNTRY if place.name == found.name else _IN_A_COUNTRY
    return [kind, place.name, found.fips if found else "", "", "", "", "", ""]


def _cameo(alpha3: str | None) -> str:
    found = codes().get(alpha3 or "")
    return found.cameo if found else alpha3 or ""


def _offset(mention: Mention, party: Participant | None) -> int:
    """Where the mention names the party."""
    if party is None:
        return _NOWHERE
    same = (one for one in mention.event.parties if (one.id or one.name) == (party.id or party.name))
    return next((one.span.start for one in same), _NOWHERE)


def _three_digits(code: str) -> str:
    """A root of two digits as GDELT's EventCode has it: "04" is "040"."""
    return f"{code}0" if len(code) == 2 else code


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")
