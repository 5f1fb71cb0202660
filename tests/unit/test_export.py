from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest
from made import TEXT, MadeSelection, made_entry, made_event, made_participant

from depesche.export import LISTINGS
from depesche.export.jsonl import entry_record
from depesche.export.plain import json_line, plain, plain_lines
from depesche.export.show import entry_in_words
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
    Step,
    Value,
)
from depesche.model.reading import Place, Status
from depesche.model.text import Span

DAY = Days(date(2024, 5, 16), date(2024, 5, 17))
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style><svg/onload=alert(1)>",
    "{{ 7 * 7 }} {% include 'x' %}",
    "[klick](javascript:alert(1)) ![x](y) `x` <b>",
    '=HYPERLINK("http://x")',
    "\x1b[31mrot\x07\u202eneppo",
    "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "x\ud800y\u2028z\x00",
]


def _entry(name: str = "a", **changed: object) -> Entry:
    entry = made_entry(name, "b", days=DAY)
    steps = (
        Step(
            "p-a", "a", Change.ANNOUNCED, Status.PLANNED, "m-a", "2024-05-10", "2024-05-10", "2024-05-10", DAY, "Büro"
        ),
        Step("p-b", "b", Change.OCCURRED, Status.OCCURRED, "m-b", None, "2024-05-16", "2024-05-20", DAY),
    )
    values = (Value("p-a", "a", "15. Mai", "2024-05-15"), Value("p-b", "b", "16. Mai", "2024-05-16"))
    return msgspec.structs.replace(
        entry,
        precision=Precision.DAYS,
        place=Place("Peking", "Peking", country="CHN"),
        history=steps,
        relations=(Relation(RelationKind.PART_OF, "e-z"),),
        differences=(Difference(Field.DATE, DifferenceKind.CONFLICT, values),),
        **changed,
    )


def _hostile(text: str) -> Entry:
    """An entry every text of which is hostile."""
    party = made_participant(text, country="DEU")
    entry = _entry()
    event = made_event("a", actors=(party,), recipients=())
    value = Value("p-a", text, text, text)
    return msgspec.structs.replace(
        entry,
        title=text,
        place=Place(text, text),
        participants=tuple(msgspec.structs.replace(one, participant=party) for one in entry.participants),
        sources=tuple(msgspec.structs.replace(one, doc=text, outlet=text, agency=text) for one in entry.sources),
        mentions=(Mention("p-a", text, event, (text,)),),
        history=tuple(msgspec.structs.replace(one, doc=text, attribution=text) for one in entry.history),
        differences=(Difference(Field.DATE, DifferenceKind.CONFLICT, (value, value)),),
    )


def _made(form: str, *entries: Entry) -> str:
    return "".join(LISTINGS[form](MadeSelection(entries)))


@pytest.mark.parametrize("form", LISTINGS)
def test_no_entries_are_written_without_a_word_too_much(form: str) -> None:
    assert isinstance(_made(form), str)
    assert ("No entries" in _made(form)) == (form in {"md", "html"})


@pytest.mark.parametrize("form", LISTINGS)
def test_equal_entries_give_equal_text(form: str) -> None:
    assert _made(form, _entry()) == _made(form, _entry())


# --- JSON lines


def test_an_entry_as_a_record() -> None:
    record = entry_record(_entry())
    assert record["start"], record["end"] == ("2024-05-16", "2024-05-17")
    assert record["place"] == {"name": "Peking", "country": "CHN"}
    assert record["participants"] == [
        {"name": "Ada Berg", "country": "DEU", "kind": "person", "role": "actor"},
        {"name": "Cem Dorn", "country": "TUR", "kind": "person", "role": "recipient"},
    ]
    assert record["relations"] == [{"kind": "part-of", "id": "e-z"}]
    (mention, _) = record["mentions"]  # type: ignore[misc]
    assert mention["trigger"] == "traf"
    assert (mention["evidence"], mention["spans"]) == ([TEXT], [[0, len(TEXT)]])
    assert mention["time_text"] is None


def test_words_outside_the_evidence_are_taken_from_the_mention() -> None:
    event = msgspec.structs.replace(made_event("a"), evidence=(Span(0, 3),), time_words=Span(14, 23))
    mention = Mention("p-a", "a", event, ("Ada",), trigger="traf", time_text="am Montag")
    record = entry_record(msgspec.structs.replace(_entry(), mentions=(mention,)))
    (told,) = record["mentions"]  # type: ignore[misc]
    assert (told["trigger"], told["time_text"]) == ("traf", "am Montag")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_line_of_json(text: str) -> None:
    line = _made("jsonl", _hostile(text))
    assert line.count("\n") == 1
    assert json.loads(line.encode())["title"] == text.replace("\ud800", "\ufffd")


# --- CSV


def test_a_row_for_an_entry() -> None:
    header, row = csv.reader(io.StringIO(_made("csv", _entry()), newline=""))
    cells = dict(zip(header, row, strict=True))
    assert (cells["start"], cells["end"], cells["status"]) == ("2024-05-16", "2024-05-17", "occurred")
    assert (cells["actors"], cells["recipients"], cells["sources"]) == ("Ada Berg", "Cem Dorn", "a; b")
    assert cells["evidence"] == f"{TEXT}; {TEXT}"
    assert cells["differences"] == "date: 2024-05-15 / 2024-05-16"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n-1"])
def test_formulas_are_defused(text: str) -> None:
    _, row = csv.reader(io.StringIO(_made("csv", _hostile(text)), newline=""))
    assert row[1].startswith("'")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


# --- iCalendar


def _properties(text: str) -> list[str]:
    assert text.count("\n") == text.count("\r\n")
    return text.replace("\r\n ", "").split("\r\n")


def test_an_entry_in_a_calendar() -> None:
    lines = _properties(_made("ics", _entry()))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR"
    assert {
        "UID:e-a@depesche",
        "DTSTAMP:20240520T000000Z",
        "DTSTART;VALUE=DATE:20240516",
        "DTEND;VALUE=DATE:20240518",
        "STATUS:CONFIRMED",
        "SEQUENCE:1",
        "LOCATION:Peking (CHN)",
    } <= set(lines)


@pytest.mark.parametrize(
    ("status", "word"),
    [(Status.PLANNED, "TENTATIVE"), (Status.CANCELLED, "CANCELLED"), (Status.DENIED, "CANCELLED")],
)
def test_a_status_in_a_calendar(status: Status, word: str) -> None:
    assert f"STATUS:{word}" in _properties(_made("ics", msgspec.structs.replace(_entry(), status=status)))


@pytest.mark.parametrize("text", [*HOSTILE, "ü" * 200, "a" * 74 + "😀" * 30, "a;b,c\\d"])
def test_lines_of_a_calendar_are_folded_and_cannot_be_added_to(text: str) -> None:
    made = _made("ics", _hostile(text))
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert sum(line == "END:VEVENT" for line in _properties(made)) == 1


def test_what_has_no_day_is_in_no_calendar_and_the_last_day_ends_nowhere() -> None:
    assert "VEVENT" not in _made("ics", msgspec.structs.replace(_entry(), days=Days()))
    last = _made("ics", msgspec.structs.replace(_entry(), days=Days(date.max, date.max)))
    assert "DTSTART;VALUE=DATE:99991231" in last and "DTEND" not in last
    early = _made("ics", msgspec.structs.replace(_entry(), days=Days(date(814, 1, 28), date(814, 1, 28))))
    assert "DTSTART;VALUE=DATE:08140128" in early


# --- Markdown


def test_footnotes_lead_to_sentences_and_pages() -> None:
    text = _made("md", _entry())
    assert "## 2024-05-16 to 2024-05-17" in text
    assert "**Treffen in Sarajevo**" in text and "[^1][^2]" in text
    assert f"[^1]: “{TEXT}” — a, undated, occurred" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_of_a_page_is_written_out(text: str) -> None:
    made = _made("md", _hostile(text))
    unescaped = re.sub(r"\\.", "", made).replace("[^1]", "")
    assert not set("<>`[]") & set(unescaped)
    assert "\x1b" not in made


# --- HTML


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _read(*entries: Entry) -> _Page:
    page = _Page()
    page.feed(_made("html", *entries))
    return page


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_page_runs_in_html(text: str) -> None:
    hostile, harmless = _read(_hostile(text)), _read(_hostile("harmless " * 5))
    assert hostile.tags <= harmless.tags
    assert {name for name, _ in hostile.attributes} <= {name for name, _ in harmless.attributes}
    assert not hostile.tags & {"script", "img", "svg", "iframe", "link", "object"}
    assert {value for name, value in hostile.attributes if name in {"href", "src"}} == set()
    assert not {"\x1b", "\u202e", "\x00"} & set("".join(hostile.text))


def test_a_policy_forbids_all_that_is_not_on_the_page() -> None:
    page = _read(_entry())
    (policy,) = [value for name, value in page.attributes if name == "content" and value and "default-src" in value]
    assert "default-src 'none'" in policy


def test_the_trigger_is_marked_and_relations_lead_inside_the_page() -> None:
    other = msgspec.structs.replace(_entry("c"), id="e-z", title="Gipfel", relations=())
    made = _made("html", _entry(), other)
    assert "Ada Berg <mark>traf</mark> am Montag" in made
    assert '<a href="#e-z">Gipfel</a>' in made and '<article id="e-z"' in made
    assert "part of:\ne-z" in _made("html", _entry())


def test_days_are_grouped_by_month_and_what_has_none_comes_under_its_own_heading() -> None:
    undated = msgspec.structs.replace(_entry("c"), days=Days())
    made = _made("html", _entry(), undated)
    assert re.findall(r"<h2[^>]*>([^<]+)", made) == ["May 2024", "No day known"]


# --- for the terminal


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_page_reaches_the_terminal(text: str) -> None:
    shown = _made("table", _hostile(text)) + entry_in_words(_hostile(text), {})
    assert not any((ord(character) < 32 and character != "\n") or 127 <= ord(character) < 160 for character in shown)
    assert not {"\u202e", "\ud800"} & set(shown)


def test_markup_of_the_table_is_not_taken_from_pages() -> None:
    assert "[red]Titel[/red]" in _made("table", msgspec.structs.replace(_entry(), title="[red]Titel[/red]"))


def test_an_entry_in_full() -> None:
    shown = entry_in_words(_entry(), {"e-z": "Gipfel"})
    assert f"“{TEXT}” [0:{len(TEXT)}]" in shown
    assert "part of: Gipfel (e-z)" in shown
    assert "2024-05-10: announced, 2024-05-16 to 2024-05-17, according to Büro (a)" in shown
    assert "date, conflict: “15. Mai” (2024-05-15) in a" in shown


# --- plain text


def test_plain_is_one_line_without_controls() -> None:
    assert plain(" a\n\tb\x1b[1mc\u2028d\ud800 ") == "a b\ufffd[1mc d\ufffd"
    assert plain_lines("a\r\nb\rc\x07\n\td") == "a\nb\nc\ufffd\n\td"


def test_json_keeps_the_order_of_keys() -> None:
    assert json_line({"b": 1, "a": "ü\n"}) == '{"b":1,"a":"ü\\n"}\n'
