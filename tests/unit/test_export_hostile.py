"""Pages can say anything: every export of it can still be read, and says nothing that the page made up as structure."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from lxml import etree
from made import TEXT, MadeSelection, made_entry, made_event, made_participant, made_reading

from depesche.export import EXPORTS, Tally
from depesche.export.folder import FilledFolder
from depesche.export.plain import plain, whole
from depesche.model.days import Days, Precision
from depesche.model.linkage import (
    Change,
    Difference,
    DifferenceKind,
    Entry,
    Field,
    Mention,
    Relation,
    RelationKind,
    Source,
    Step,
    Value,
)
from depesche.model.page import Card, Metadata
from depesche.model.reading import Attribution, Place, Status
from depesche.model.text import Span

DAY = date(2024, 5, 16)
HOSTILE = [
    "<script>alert(1)</script> & <![CDATA[ ]]> &amp;",
    '"><img src=x onerror=alert(1)>',
    "[klick](javascript:alert(1)) ![x](y) `x` <b> [^1]: *",
    '=HYPERLINK("http://x")',
    "-2+3",
    "@SUM(A1)\t\r\n=1",
    "\x1b[31mrot\x07\u202eneppo\u2066",
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "x\ud800y\u2028z\u2029\x00\x0b\ufffe\uffff",
    "}, author = {x}, title={{ \\input{/etc/passwd} % $ # _ ^ ~ \\",
    "a;b,c|d\te:f\\n\\",
    "ü" * 300 + "😀" * 30,
    "{{ 7 * 7 }} {% include 'x' %} </TEXT></TimeML>",
    "   ",
]


def _selection(text: str) -> MadeSelection:
    """An entry every text of which is hostile, and its page."""
    party = made_participant(text, country="DEU", id=text)
    event = made_event("a", actors=(party,), recipients=(party,), days=Days(DAY, DAY))
    event = msgspec.structs.replace(
        event, trigger=Span(0, min(len(text), 9)), evidence=(Span(0, len(text)),), time_words=Span(0, 3),
        attribution=Attribution(Span(0, 1), text, text), place=Place(text, text, country=text),
    )  # fmt: skip
    value = Value("p-a", text, text, text)
    step = Step(
        "p-a",
        text,
        Change.ANNOUNCED,
        Status.OCCURRED,
        "m-a",
        "2024-05-10",
        "2024-05-10",
        "2024-05-10",
        Days(DAY, DAY),
        text,
    )
    entry = msgspec.structs.replace(
        made_entry("a", days=Days(DAY, DAY)),
        title=text,
        place=Place(text, text, country="DEU"),
        participants=tuple(msgspec.structs.replace(one, participant=party) for one in made_entry("a").participants),
        sources=(Source("p-a", text, "o1", text, text, "2024-05-10"),),
        mentions=(Mention("p-a", text, event, (text,), "2024-05-10", "2024-05-10", "2024-05-10", text, text),),
        history=(step, msgspec.structs.replace(step, change=Change.MOVED)),
        relations=(Relation(RelationKind.PART_OF, "e-z"),),
        differences=(Difference(Field.DATE, DifferenceKind.CONFLICT, (value, value)),),
    )
    metadata = Metadata(url=f"https://x.example/{text}", fetched=text, authors=(text,))
    card = Card("p-a", text, "de", metadata, text, (text,), text, text, text, "2024-05-10", "2024-05-10", "2024-05-10")
    reading = made_reading("a", event, text=text, title=text, published=DAY)
    return MadeSelection((entry,), {"p-a": card}, readings={"p-a": reading})


def _made(form: str, selection: MadeSelection, folder: Path) -> dict[str, bytes]:
    """The files of an export by name; that of a form of one file is called after the form."""
    chosen, tally = EXPORTS[form], Tally()
    if chosen.pieces:
        return {form: whole("".join(chosen.pieces(selection, tally))).encode()}
    assert chosen.fill
    with FilledFolder(folder / form, form) as filled:
        chosen.fill(selection, tally, filled)
    return {path.name: path.read_bytes() for path in (folder / form).iterdir()}


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_page_says_is_exported_alike_every_time(form: str, text: str, tmp_path: Path) -> None:
    files = _made(form, _selection(text), tmp_path)
    assert files == _made(form, _selection(text), tmp_path / "again")
    for name, data in files.items():
        if not name.endswith(".parquet"):
            data.decode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_tables_keep_their_columns_and_hold_no_formula(text: str, tmp_path: Path) -> None:
    for name, data in _made("csv", _selection(text), tmp_path).items():
        if name.endswith(".csv"):
            header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
            assert {len(row) for row in rows} <= {len(header)}, name
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row), name
    for form in ("polecat", "gdelt"):
        for name, data in _made(form, _selection(text), tmp_path).items():
            if name.endswith(".tsv"):
                lines = data.decode().split("\n")[:-1]
                assert len({line.count("\t") for line in lines}) == 1, name
                assert len(lines) == (2 if name in {"polecat.tsv", "status.tsv"} else 1)
                assert '"' not in data.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_parquet_holds_the_very_words(text: str, tmp_path: Path) -> None:
    from pyarrow import BufferReader, parquet

    files = _made("parquet", _selection(text), tmp_path)
    rows = parquet.read_table(BufferReader(files["evidence.parquet"])).to_pylist()
    assert [row["text"] for row in rows] == [whole(text)]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_calendar_has_one_event_with_the_title_as_it_is(text: str, tmp_path: Path) -> None:
    from icalendar import Calendar

    data = _made("ics", _selection(text), tmp_path)["ics"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert not event.errors
    assert str(event.get("SUMMARY", "")) == plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_feed_runs_nothing_and_shows_the_words(text: str, tmp_path: Path) -> None:
    root = etree.fromstring(_made("atom", _selection(text), tmp_path)["atom"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert [one.text or "" for one in root.iterfind(f"{atom}entry/{atom}title")] == [
        plain(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    ]
    names = {etree.QName(one).localname for one in root.iter()}
    assert not names & {"script", "img", "b"}


@pytest.mark.parametrize("text", HOSTILE)
def test_json_of_every_kind_is_read_and_says_the_words(text: str, tmp_path: Path) -> None:
    selection = _selection(text)
    annotations = json.loads(_made("webannotation", selection, tmp_path)["webannotation"])
    (target,) = annotations["first"]["items"][0]["target"]
    assert target["selector"][0]["exact"] == whole(text)
    assert " " not in target["source"] and "<" not in target["source"] and '"' not in target["source"]
    (event, _) = json.loads(_made("jsonld", selection, tmp_path)["jsonld"])["@graph"]
    assert event["name"] == whole(text)
    (slide,) = json.loads(_made("timelinejs", selection, tmp_path)["timelinejs"])["events"]
    shown = etree.HTML(f"<div>{slide['text']['headline']}{slide['text']['text']}</div>")
    assert {one.tag for one in shown.iter()} <= {"html", "body", "div", "p", "blockquote", "a", "ul", "li"}
    item = json.loads(_made("ninjs", selection, tmp_path)["e-a.json"])
    assert item["headlines"][0]["value"] == plain(text)
    (source,) = json.loads(_made("csl", selection, tmp_path)["csl"])
    assert source.get("title", "") == plain(text)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("text", HOSTILE)
def test_entities_stay_valid(text: str, tmp_path: Path) -> None:
    from followthemoney import model

    lines = _made("ftm", _selection(text), tmp_path)["ftm"].decode().split("\n")[:-1]
    for line in lines:
        record = json.loads(line)
        model.get_proxy(record, cleaned=False).schema.validate(record)
    assert {json.loads(line)["schema"] for line in lines} >= {"Event", "Article", "Person", "Documentation"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_record_ends_where_it_should(text: str, tmp_path: Path) -> None:
    import bibtexparser

    library = bibtexparser.parse_string(_made("bibtex", _selection(text), tmp_path)["bibtex"].decode())
    assert not library.failed_blocks
    (entry,) = library.entries
    assert {field.key for field in entry.fields} <= {
        "author", "title", "journal", "year", "month", "day", "date", "url", "urldate", "langid", "note",
    }  # fmt: skip
    assert entry.fields_dict["year"].value == "2024"


@pytest.mark.parametrize("text", HOSTILE)
def test_marked_text_is_verbatim(text: str, tmp_path: Path) -> None:
    files = _made("timeml", _selection(text), tmp_path)
    (data,) = [data for name, data in files.items() if name.endswith(".tml")]
    root = etree.fromstring(data)
    shown = "".join(root.find("TEXT").itertext())
    assert len(shown) == len(text)
    assert [a for a, b in zip(shown, text, strict=True) if a != b and a != "\ufffd"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_has_one_entry_and_one_note(text: str, tmp_path: Path) -> None:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    made = _made("markdown", _selection(text), tmp_path)["markdown"].decode()
    html = MarkdownIt("commonmark").use(footnote_plugin).render(made)
    assert html.count('class="footnote-item"') == html.count('class="footnote-ref"') == 1
    tree = etree.HTML(html)
    assert {one.tag for one in tree.iter()} <= {
        "html", "body", "h1", "h2", "ul", "ol", "li", "p", "strong", "sup", "a", "hr", "section",
    }  # fmt: skip
    assert not [a for a in tree.iter("a") if not a.get("href", "").startswith(("#", "https://x.example/"))]


# --- days that are no day


RANGE = Days(date(2024, 3, 1), date(2024, 5, 31))


def _dated(days: Days, precision: Precision) -> MadeSelection:
    return MadeSelection((msgspec.structs.replace(made_entry("a", days=days), precision=precision),))


@pytest.mark.parametrize(
    ("form", "days", "precision", "left_out"),
    [
        ("ics", Days(), Precision.UNKNOWN, 1),
        ("ics", Days(None, DAY), Precision.OPEN, 1),
        ("ics", RANGE, Precision.SEASON, 0),
        ("timelinejs", Days(), Precision.UNKNOWN, 1),
        ("timelinejs", Days(None, DAY), Precision.OPEN, 0),
        ("polecat", RANGE, Precision.SEASON, 1),
        ("polecat", Days(DAY, DAY), Precision.DAY, 0),
        ("gdelt", Days(DAY, None), Precision.OPEN, 1),
        ("jsonld", RANGE, Precision.SEASON, 1),
        ("ninjs", RANGE, Precision.SEASON, 1),
        ("atom", Days(), Precision.UNKNOWN, 1),
        ("ftm", RANGE, Precision.SEASON, 0),
        ("csv", Days(), Precision.UNKNOWN, 0),
    ],
)
def test_what_is_left_out_is_counted(
    form: str, days: Days, precision: Precision, left_out: int, tmp_path: Path
) -> None:
    tally, chosen = Tally(), EXPORTS[form]
    if chosen.pieces:
        list(chosen.pieces(_dated(days, precision), tally))
    elif chosen.fill:
        with FilledFolder(tmp_path / form, form) as folder:
            chosen.fill(_dated(days, precision), tally, folder)
    assert sum(number for _, _, number in tally.missing) == left_out


def test_a_range_is_never_written_as_a_day(tmp_path: Path) -> None:
    season = _dated(RANGE, Precision.SEASON)
    (slide,) = json.loads(_made("timelinejs", season, tmp_path)["timelinejs"])["events"]
    assert slide["display_date"] == "2024-03-01 to 2024-05-31 (day not known)"
    (event, _) = json.loads(_made("jsonld", season, tmp_path)["jsonld"])["@graph"]
    assert "startDate" not in event and event["depesche:earliest"] == "2024-03-01"
    assert "SUMMARY:Treffen in Sarajevo (2024-03-01…05-31)" in _made("ics", season, tmp_path)["ics"].decode()
    month = _dated(Days(date(2024, 4, 1), date(2024, 4, 30)), Precision.MONTH)
    (event, _) = json.loads(_made("jsonld", month, tmp_path)["jsonld"])["@graph"]
    assert event["startDate"] == "2024-04"
    records = [json.loads(line) for line in _made("ftm", month, tmp_path)["ftm"].decode().split("\n")[:-1]]
    (found,) = [one["properties"] for one in records if one["schema"] == "Event"]
    assert found["date"] == ["2024-04"] and "startDate" not in found


def test_words_of_the_made_page_are_found_again(tmp_path: Path) -> None:
    selection = MadeSelection((made_entry("a", days=Days(DAY, DAY)),))
    made = json.loads(_made("webannotation", selection, tmp_path)["webannotation"])
    (target,) = made["first"]["items"][0]["target"]
    quote, place = target["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": TEXT, "prefix": "", "suffix": ""}
    assert (place["start"], place["end"]) == (
        len("Treffen in Sarajevo\n\n"),
        len("Treffen in Sarajevo\n\n") + len(TEXT),
    )


def _moved(published: str, days: Days, *earlier: Step) -> Entry:
    change = Change.MOVED if earlier else Change.ANNOUNCED
    name = f"b{len(earlier)}"
    step = Step(f"p-{name}", name, change, Status.PLANNED, f"m-{name}", published, published, published, days)
    entry = made_entry(name, *(step.doc for step in earlier), status=Status.PLANNED, days=days)
    return msgspec.structs.replace(entry, history=(*earlier, step))


def test_a_summit_that_is_moved_moves_in_the_calendar() -> None:
    from icalendar import Calendar

    before = _moved("2024-05-01", Days(DAY, DAY))
    later = Days(date(2024, 6, 3), date(2024, 6, 4))
    after = msgspec.structs.replace(_moved("2024-05-10", later, *before.history), id="e-a0")
    renamed = MadeSelection((after,), former={"e-a0": (before.id,)})

    def event(selection: MadeSelection) -> dict[str, object]:
        pieces = EXPORTS["ics"].pieces
        assert pieces
        (found,) = Calendar.from_ical("".join(pieces(selection, Tally()))).walk("VEVENT")
        return {
            "uid": str(found["UID"]),
            "start": found["DTSTART"].dt,
            "sequence": found["SEQUENCE"],
            "stamp": found["DTSTAMP"].dt.date(),
        }

    first, second = event(MadeSelection((before,))), event(renamed)
    assert first["uid"] == second["uid"] == f"{before.id}@depesche"
    assert (first["start"], second["start"]) == (DAY, date(2024, 6, 3))
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert (first["stamp"], second["stamp"]) == (date(2024, 5, 1), date(2024, 5, 10))


def test_a_move_is_told_in_json_ld_and_in_the_feed(tmp_path: Path) -> None:
    before = _moved("2024-05-01", Days(DAY, DAY))
    entry = _moved("2024-05-10", Days(date(2024, 6, 3), date(2024, 6, 4)), *before.history)
    old = msgspec.structs.replace(
        entry.mentions[0], event=msgspec.structs.replace(entry.mentions[0].event, days=Days(DAY, DAY))
    )
    selection = MadeSelection((msgspec.structs.replace(entry, mentions=(old, *entry.mentions[1:])),))
    (event, *_) = json.loads(_made("jsonld", selection, tmp_path)["jsonld"])["@graph"]
    assert (event["startDate"], event["previousStartDate"]) == ("2024-06-03", ["2024-05-16"])
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    feed = _made("atom", selection, tmp_path)["atom"].decode()
    assert 'term="moved"' in feed and 'term="changed"' in feed and "<updated>2024-05-10T00:00:00Z</updated>" in feed
