"""Every export of the example pages, read back with a program of its own world and compared with the JSON lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from built import depesche, records
from jsonschema import Draft202012Validator
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "pages"
SCHEMAS = Path(__file__).resolve().parent / "schemas"
VISIT = "Ramiro Etcheverry besucht Ljubljana"
SUMMIT = "Abgesagt: Gipfel in Accra: Elfenbeinküste, Ghana"

Entry = dict[str, Any]
Export = Callable[..., Path]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "examples.db"
    assert depesche("--quiet", "build", EXAMPLES, "--store", path).exit_code == 0
    return path


@pytest.fixture(scope="module")
def entries(store: Path) -> list[Entry]:
    found = records(depesche("chronicle", "--store", store, "--format", "jsonl").stdout)
    assert len(found) > 30
    return found


@pytest.fixture(scope="module")
def export(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Export:
    folder = tmp_path_factory.mktemp("exports")

    @cache
    def made(form: str, *words: str) -> Path:
        path = folder / "-".join([form, *(word.strip("-") for word in words)])
        done = depesche("export", form, "--store", store, "--out", path, *words)
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        return path

    return made


def _titled(entries: list[Entry], title: str) -> Entry:
    (found,) = [entry for entry in entries if entry["title"] == title]
    return found


def _schema(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n")[:-1]]


# --- csv and parquet


def test_csv_holds_every_entry_and_every_part_of_it(export: Export, entries: list[Entry]) -> None:
    folder = export("csv")

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    assert [row["id"] for row in rows("entries")] == [entry["id"] for entry in entries]
    for row, entry in zip(rows("entries"), entries, strict=True):
        assert (row["title"], row["start"], row["end"]) == (entry["title"], entry["start"] or "", entry["end"] or "")
    for table, field in (("participants", "participants"), ("mentions", "mentions"), ("history", "history")):
        assert len(rows(table)) == sum(len(entry[field]) for entry in entries)
    told = {(row["mention"], row["first"], row["after"], row["text"]) for row in rows("evidence")}
    assert told == {
        (mention["id"], str(start), str(end), " ".join(words.split()))
        for entry in entries
        for mention in entry["mentions"]
        for (start, end), words in zip(mention["spans"], mention["evidence"], strict=True)
    }
    assert {(r["entry"], r["kind"], r["other"]) for r in rows("relations")} == {
        (entry["id"], one["kind"], one["id"]) for entry in entries for one in entry["relations"]
    }
    assert {(r["entry"], r["field"], r["kind"], r["doc"], r["value"]) for r in rows("differences")} == {
        (entry["id"], one["field"], one["kind"], value["doc"], value["value"])
        for entry in entries
        for one in entry["differences"]
        for value in one["values"]
    }
    pages = {row["page"] for row in rows("sources")}
    assert pages == {row["page"] for row in rows("entry_sources")}


def test_the_table_of_entries_is_the_chronicle_as_csv(export: Export, store: Path) -> None:
    shown = depesche("chronicle", "--store", store, "--format", "csv").stdout_bytes
    assert (export("csv") / "entries.csv").read_bytes() == shown


def test_csv_for_excel_has_a_mark_and_the_separator_that_was_asked_for(export: Export, entries: list[Entry]) -> None:
    path = export("csv", "--bom", "--separator", "semicolon") / "entries.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid;title;")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file, delimiter=";")] == [entry["title"] for entry in entries]


def test_parquet_gives_back_every_row_with_its_types(export: Export, entries: list[Entry]) -> None:
    from pyarrow import parquet

    folder = export("parquet")
    table = parquet.read_table(folder / "entries.parquet")
    for row, entry in zip(table.to_pylist(), entries, strict=True):
        assert row["start"] == (date.fromisoformat(entry["start"]) if entry["start"] else None)
        assert row["actors"] == [one["name"] for one in entry["participants"] if one["role"] == "actor"]
        assert row["evidence"] == [words for mention in entry["mentions"] for words in mention["evidence"]]
        assert (row["origins"], row["mode"]) == (entry["origins"], entry["mode"])
    assert table.schema.field("start").metadata[b"says"].startswith(b"First day")
    mentions = parquet.read_table(folder / "mentions.parquet").to_pylist()
    assert {row["mention"] for row in mentions} == {one["id"] for entry in entries for one in entry["mentions"]}
    csv_files = {path.stem for path in export("csv").glob("*.csv")}
    assert {path.stem for path in folder.glob("*.parquet")} == csv_files - {"codebook"}


@pytest.mark.parametrize("form", ["csv", "parquet", "polecat", "gdelt"])
def test_the_codebook_names_every_column_of_every_table(form: str, export: Export) -> None:
    from pyarrow import parquet

    folder = export(form)
    with (folder / "codebook.csv").open(encoding="utf-8", newline="") as file:
        book = list(csv.DictReader(file))
    assert all(row["says"] and row["type"] for row in book)
    told: dict[str, list[str]] = {}
    for row in book:
        told.setdefault(row["table"], []).append(row["column"])
    for name, columns in told.items():
        path = next(folder.glob(f"{name}.[cpt]*"))
        if path.suffix == ".parquet":
            assert parquet.read_schema(path).names == columns
        elif path.suffix == ".csv":
            assert path.read_text("utf-8").split("\n")[0].split(",") == columns
        else:
            assert {len(row) for row in _tsv(path)} == {len(columns)}
    page = (folder / "codebook.md").read_text("utf-8")
    assert all(f"| `{column}` |" in page for columns in told.values() for column in columns)


# --- polecat and gdelt


def _coded(entry: Entry) -> str | None:
    """PLOVER's type by the rules of the task, worked out anew from the JSON lines; None where there is no row."""
    plans = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
             "AGREE": "AGREE", "CONCEDE": "CONCEDE"}  # fmt: skip
    if entry["type"] in {"OFFICE", "INCIDENT"} or entry["precision"] not in {"day", "days"} or not entry["start"]:
        return None
    return {"occurred": entry["type"], "planned": plans.get(entry["type"])}.get(entry["status"])


def test_polecat_has_its_forty_columns_and_plans_are_agreements(export: Export, entries: list[Entry]) -> None:
    from pyarrow import csv as arrow_csv

    folder = export("polecat")
    table = arrow_csv.read_csv(
        folder / "polecat.tsv", parse_options=arrow_csv.ParseOptions(delimiter="\t", quote_char=False)
    )
    assert table.num_columns == 40
    names = table.column_names
    assert (names[:7], names[23], names[33:35], names[-1]) == (
        ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"],
        "Placename",
        ["Source", "Publication Date"],
        "Version",
    )
    rows = {row["Event ID"]: row for row in table.to_pylist()}
    assert {id: row["Event Type"] for id, row in rows.items()} == {
        entry["id"]: type for entry in entries if (type := _coded(entry))
    }
    visit = rows[_titled(entries, VISIT)["id"]]
    assert (visit["Event Date"], visit["Event Mode"], visit["Intensity"]) == (date(2025, 5, 20), "visit", 4.0)
    assert (visit["Actor Name"], visit["Actor Country"], visit["Actor COW"]) == ("Ramiro Etcheverry", "URY", "165")
    assert visit["Recipient Name"] == "Slowenien;Tomaž Krivec"
    assert (visit["Quad Code"], visit["Country"]) == ("VERBAL COOPERATION", "SVN")


@pytest.mark.parametrize("form", ["polecat", "gdelt"])
def test_status_of_every_entry_lies_beside_the_events(form: str, export: Export, entries: list[Entry]) -> None:
    header, *rows = _tsv(export(form) / "status.tsv")
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["event_id"], row["status"]) for row in told] == [(e["id"], e["status"]) for e in entries]
    for row, entry in zip(told, entries, strict=True):
        assert bool(row["written_as"]) is (_coded(entry) is not None)
        assert bool(row["left_out"]) is not bool(row["written_as"])
        assert row["history"].count(";") == len(entry["history"]) - 1
    page = (export(form) / "codebook.md").read_text("utf-8")
    left = sum(1 for row in told if row["left_out"])
    assert sum(int(n) for n in re.findall(r"^- left out: (\d+) events?:", page, re.MULTILINE)) == left > 0


def test_gdelt_has_its_columns_and_joins_with_status(export: Export, entries: list[Entry]) -> None:
    from pyarrow import csv as arrow_csv

    folder = export("gdelt")

    def read(name: str) -> Any:
        options = arrow_csv.ReadOptions(autogenerate_column_names=True)
        return arrow_csv.read_csv(
            folder / f"{name}.tsv",
            read_options=options,
            parse_options=arrow_csv.ParseOptions(delimiter="\t", quote_char=False),
        )

    events, mentions = read("events"), read("mentions")
    assert (events.num_columns, mentions.num_columns) == (61, 16)
    _header, *rows = _tsv(folder / "status.tsv")
    number = {row[0]: int(row[1]) for row in rows}
    assert len(set(number.values())) == len(number)
    found = {row["f0"]: row for row in events.to_pylist()}
    assert set(found) == {number[entry["id"]] for entry in entries if _coded(entry)}
    visit = found[number[_titled(entries, VISIT)["id"]]]
    assert (visit["f1"], visit["f3"]) == (20250520, 2025)
    assert (visit["f5"], visit["f6"], visit["f7"]) == ("URY", "Ramiro Etcheverry", "URY")
    assert (visit["f26"], visit["f27"], visit["f28"], visit["f29"], visit["f30"]) == (42, 42, 4, 1, 4.0)
    assert (visit["f31"], visit["f32"], visit["f33"]) == (6, 6, 6)
    assert (visit["f51"], visit["f52"], visit["f53"]) == (4, "Ljubljana", "SI")
    assert (visit["f59"], visit["f60"][:8]) == (20250522000000, "https://")
    of_visit = [row for row in mentions.to_pylist() if row["f0"] == number[_titled(entries, VISIT)["id"]]]
    assert {row["f15"] for row in of_visit} == {one["id"] for one in _titled(entries, VISIT)["mentions"]}
    assert [row["f2"] for row in of_visit].count(None) == 1, "one of its pages is undated"


# --- calendar, feed, timeline, Markdown


def test_a_calendar_is_read_by_icalendar(export: Export, entries: list[Entry]) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(export("ics").read_bytes())
    events = {str(event["UID"]).removesuffix("@depesche"): event for event in calendar.walk("VEVENT")}
    assert list(events) == [entry["id"] for entry in entries if entry["start"]]
    for id, event in events.items():
        (entry,) = [entry for entry in entries if entry["id"] == id]
        assert not event.errors
        assert event["DTSTART"].dt == date.fromisoformat(entry["start"])
        if entry["end"]:
            assert event["DTEND"].dt == date.fromisoformat(entry["end"]) + timedelta(days=1)
        assert str(event["SUMMARY"]).startswith(entry["title"])
        assert event["SEQUENCE"] == len(entry["history"]) - 1
        assert all(words in str(event["DESCRIPTION"]) for one in entry["mentions"] for words in one["evidence"])
    assert events[_titled(entries, SUMMIT)["id"]]["STATUS"] == "CANCELLED"
    visit = events[_titled(entries, VISIT)["id"]]
    assert visit["LAST-MODIFIED"].dt.isoformat() == "2025-05-22T00:00:00+00:00"
    assert "2025-05-06: moved, 2025-05-20 to 2025-05-21" in str(visit["DESCRIPTION"])


def test_a_feed_is_read_by_feedparser(export: Export, entries: list[Entry]) -> None:
    import feedparser

    feed = feedparser.parse(export("atom").read_bytes())
    assert not feed.bozo and feed.version == "atom10"
    found = {one.id.rpartition(":")[2]: one for one in feed.entries}
    assert set(found) == {entry["id"] for entry in entries}
    assert [one.updated for one in feed.entries] == sorted((one.updated for one in feed.entries), reverse=True)
    assert feed.feed.updated == feed.entries[0].updated == "2025-09-17T00:00:00Z"
    visit = found[_titled(entries, VISIT)["id"]]
    assert (visit.title, visit.published, visit.updated) == (VISIT, "2025-01-17T00:00:00Z", "2025-05-22T00:00:00Z")
    assert {(tag.scheme.rpartition(":")[2], tag.term) for tag in visit.tags} == {
        ("type", "CONSULT"), ("status", "occurred"), ("change", "occurred"), ("news", "changed"),
    }  # fmt: skip
    assert next(link.href for link in visit.links) == "https://www.hafenblatt.example/politik/slowenien-einladung"
    assert "Er werde nun am 20. und 21. Mai nach Ljubljana reisen" in visit.content[0].value


def test_a_timeline_fits_its_schema_and_tells_what_is_not_known(export: Export, entries: list[Entry]) -> None:
    made = json.loads(export("timelinejs").read_bytes())
    _schema("timelinejs.json").validate(made)
    slides = {slide["unique_id"]: slide for slide in made["events"]}
    assert set(slides) == {entry["id"] for entry in entries if entry["start"] or entry["end"]}
    visit = slides[_titled(entries, VISIT)["id"]]
    assert visit["start_date"] == {"year": 2025, "month": 5, "day": 20}
    assert visit["end_date"] == {"year": 2025, "month": 5, "day": 21}
    for entry in entries:
        if entry["start"] and entry["precision"] == "month":
            year, month, _ = (int(part) for part in entry["start"].split("-"))
            assert slides[entry["id"]]["start_date"] == {"year": year, "month": month}


def test_footnotes_of_markdown_are_found_by_a_reader_of_markdown(export: Export, entries: list[Entry]) -> None:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    html = MarkdownIt("commonmark").use(footnote_plugin).render(export("markdown").read_text("utf-8"))
    mentions = [mention for entry in entries for mention in entry["mentions"]]
    assert html.count('class="footnote-item"') == html.count('class="footnote-ref"') == len(mentions)
    text = re.sub(r"\s+", " ", etree.tostring(etree.HTML(html), method="text", encoding="unicode"))
    assert all(entry["title"] in text for entry in entries)
    assert all(" ".join(words.split()) in text for mention in mentions for words in mention["evidence"])
    assert re.findall(r"<h2>(.*?)</h2>", html)[-1] == "no day known"


def test_a_visit_that_later_pages_move_is_the_same_event_in_the_calendar(tmp_path: Path) -> None:
    from icalendar import Calendar

    pages, store = tmp_path / "pages", tmp_path / "growing.db"
    pages.mkdir()

    def visit(*names: str) -> Any:
        for name in names:
            (pages / name).write_bytes((EXAMPLES / name).read_bytes())
        assert depesche("--quiet", "build", pages, "--store", store).exit_code == 0
        text = depesche("export", "ics", "--store", store, "--type", "consult", "--party", "Etcheverry").stdout
        found = Calendar.from_ical(text).walk("VEVENT")
        (one,) = [event for event in found if "besucht" in str(event["SUMMARY"])]
        return one

    planned = visit("hafenblatt-einladung.txt", "mittagspost-plan.html", "pages.csv")
    moved = visit("alpenwarte-verschoben.txt")
    held = visit("neue-lindener-ankunft.txt", "kompass24-bilanz.html.gz")
    assert planned["UID"] == moved["UID"] == held["UID"]
    assert [event["DTSTART"].dt.isoformat() for event in (planned, moved, held)] == [
        "2025-05-14",
        "2025-05-20",
        "2025-05-20",
    ]
    assert planned["SEQUENCE"] < moved["SEQUENCE"] < held["SEQUENCE"]
    assert planned["DTSTAMP"].dt < moved["DTSTAMP"].dt < held["DTSTAMP"].dt
    assert [event["STATUS"] for event in (planned, moved, held)] == ["TENTATIVE", "TENTATIVE", "CONFIRMED"]


# --- linked data


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_json_ld_is_a_graph_with_what_was_moved(export: Export, entries: list[Entry]) -> None:
    from rdflib import Graph, Literal, Namespace, URIRef
    from rdflib.namespace import RDF

    schema = Namespace("https://schema.org/")
    graph = Graph().parse(data=export("jsonld").read_text("utf-8"), format="json-ld")
    events = {str(event).rpartition(":")[2] for event in graph.subjects(RDF.type, schema.Event)}
    assert events == {entry["id"] for entry in entries}
    visit = URIRef(f"urn:depesche:entry:{_titled(entries, VISIT)['id']}")
    told = {str(name).rpartition("/")[2]: str(value) for name, value in graph.predicate_objects(visit)}
    assert (told["startDate"], told["endDate"], told["previousStartDate"]) == ("2025-05-20", "2025-05-21", "2025-05-14")
    assert graph.value(visit, schema.eventStatus) == schema.EventRescheduled
    pages = set(graph.objects(visit, schema.subjectOf))
    assert len(pages) == 6 and pages <= set(graph.subjects(RDF.type, schema.NewsArticle))
    summit = URIRef(f"urn:depesche:entry:{_titled(entries, SUMMIT)['id']}")
    assert graph.value(summit, schema.eventStatus) == schema.EventCancelled
    assert Literal("Ramiro Etcheverry") in {
        graph.value(who, schema.name) for who in graph.objects(visit, schema.attendee)
    }
    steps = set(graph.objects(None, URIRef("urn:depesche:term:history")))
    assert len(steps) == sum(len(entry["history"]) for entry in entries)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_annotations_find_their_words_on_the_pages(export: Export, entries: list[Entry]) -> None:
    from rdflib import Graph, Namespace
    from rdflib.namespace import RDF

    made = json.loads(export("webannotation").read_bytes())
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    made["@context"] = json.loads((SCHEMAS / "anno.json").read_text("utf-8"))
    oa = Namespace("http://www.w3.org/ns/oa#")
    graph = Graph().parse(data=json.dumps(made), format="json-ld")
    mentions = {one["id"]: one for entry in entries for one in entry["mentions"]}
    found = {str(one).rpartition(":")[2]: one for one in graph.subjects(RDF.type, oa.Annotation)}
    assert set(found) == set(mentions) and made["total"] == len(mentions)
    checked = 0
    for id, annotation in found.items():
        page = EXAMPLES / f"{mentions[id]['doc']}.txt"
        text = page.read_text("utf-8") if page.is_file() else None
        exact = set()
        for target in graph.objects(annotation, oa.hasTarget):
            selectors = list(graph.objects(target, oa.hasSelector))
            (quote,) = [one for one in selectors if (one, RDF.type, oa.TextQuoteSelector) in graph]
            exact.add(str(graph.value(quote, oa.exact)))
            for place in (one for one in selectors if (one, RDF.type, oa.TextPositionSelector) in graph):
                start, end = (int(graph.value(place, name)) for name in (oa.start, oa.end))
                if text:
                    assert " ".join(text[start:end].split()) == " ".join(str(graph.value(quote, oa.exact)).split())
                    checked += 1
        assert exact == set(mentions[id]["evidence"])
    assert checked > 30


def test_entities_are_valid_to_follow_the_money(export: Export, entries: list[Entry]) -> None:
    from followthemoney import model

    entities: dict[str, Any] = {}
    for record in records(export("ftm").read_text("utf-8")):
        entity = model.get_proxy(record, cleaned=False)
        entity.schema.validate(record)
        for name, values in record["properties"].items():
            kept = entity.get(name)
            assert len(kept) == len(values), f"{name} {values} lost a value on cleaning: {kept}"
        assert record["id"] not in entities
        entities[record["id"]] = entity
    for entity in entities.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity" and entity.schema.name != "UnknownLink":
                assert entities[value].schema.is_a(prop.range), f"{prop} {value}"
    events = {entity.first("recordId"): entity for entity in entities.values() if entity.schema.name == "Event"}
    assert set(events) == {entry["id"] for entry in entries}
    visit = events[_titled(entries, VISIT)["id"]]
    assert (visit.get("startDate"), visit.get("endDate")) == (["2025-05-20"], ["2025-05-21"])
    assert {entities[id].caption for id in visit.get("involved")} == {"Ramiro Etcheverry", "Slowenien", "Tomaž Krivec"}
    assert len(visit.get("proof")) == 6 and visit.get("country") == ["si"]
    assert any("moved, 2025-05-20 to 2025-05-21" in note for note in visit.get("notes"))
    links = [entity for entity in entities.values() if entity.schema.name == "UnknownLink"]
    assert {link.first("role") for link in links} == {one["kind"] for e in entries for one in e["relations"]}


def test_every_ninjs_item_fits_the_schema(export: Export, entries: list[Entry]) -> None:
    validator, folder = _schema("ninjs.json"), export("ninjs")
    items = {path.stem: json.loads(path.read_bytes()) for path in folder.glob("e-*.json")}
    assert set(items) == {entry["id"] for entry in entries}
    for item in items.values():
        validator.validate(item)

    def certainty(entry: Entry) -> str:
        return str(items[entry["id"]]["eventDetails"]["eventStatus"]["uri"]).rpartition("/")[2]

    assert certainty(_titled(entries, SUMMIT)) == "eos6"
    assert certainty(_titled(entries, VISIT)) == "eos5"
    assert {certainty(entry) for entry in entries if entry["status"] == "hypothetical"} == {"eos3"}
    assert {certainty(entry) for entry in entries if entry["status"] == "planned"} <= {"eos1", "eos2", "eos4"}
    visit = items[_titled(entries, VISIT)["id"]]
    assert visit["eventDetails"]["dates"] == {"start": "2025-05-20", "end": "2025-05-21"}
    assert [person["name"] for person in visit["people"]] == ["Ramiro Etcheverry", "Tomaž Krivec"]


# --- sources and times


def _pages(entries: list[Entry]) -> set[str]:
    return {source["doc"] for entry in entries for source in entry["sources"]}


def test_sources_are_read_by_bibtexparser(export: Export, entries: list[Entry]) -> None:
    import bibtexparser

    library = bibtexparser.parse_string(export("bibtex").read_text("utf-8"))
    assert not library.failed_blocks
    found = library.entries_dict
    assert set(found) == _pages(entries)
    moved = {field.key: field.value.strip("{}") for field in found["alpenwarte-verschoben"].fields}
    assert (moved["title"], moved["journal"]) == (
        "Staatsbesuch aus Uruguay verschiebt sich um sechs Tage",
        "Alpenwarte",
    )
    assert (moved["year"], moved["month"], moved["day"], moved["date"]) == ("2025", "5", "6", "2025-05-06")
    assert moved["url"] == "https://alpenwarte.example/politik/uruguay-slowenien"
    undated = {field.key for field in found["weltfenster-uebersetzt"].fields}
    assert "note" in undated and not undated & {"year", "date"}


def test_sources_are_set_by_a_citation_processor(export: Export, entries: list[Entry]) -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(export("csl").read_bytes())
    _schema("csl.json").validate(items)
    assert {item["id"] for item in items} == _pages(entries)
    source = CiteProcJSON([{name: value for name, value in item.items() if name != "language"} for item in items])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = " ".join(str(line) for line in bibliography.bibliography())
    assert "Staatsbesuch aus Uruguay verschiebt sich um sechs Tage" in printed
    assert "Alpenwarte" in printed


def _documents(folder: Path) -> Iterator[tuple[str, Any]]:
    dtd = etree.DTD(str(SCHEMAS / "timeml.dtd"))
    for path in sorted(folder.glob("*.tml")):
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False))
        assert dtd.validate(tree), f"{path.name}: {dtd.error_log.filter_from_errors()}"
        yield path.stem, tree.getroot()


def test_times_stand_in_the_verbatim_text(export: Export, store: Path, entries: list[Entry]) -> None:
    articles = {one["doc"]: one for one in records(depesche("extract", EXAMPLES).stdout)}
    found = dict(_documents(export("timeml")))
    assert set(found) == _pages(entries)
    for doc, root in found.items():
        assert "".join(root.find("TEXT").itertext()) == articles[doc]["text"]
    moved = found["alpenwarte-verschoben"]
    assert moved.find("DCT/TIMEX3").get("value") == "2025-05-06"
    times = {time.text: time.get("value") for time in moved.iterfind("TEXT/TIMEX3")}
    assert times["20."] == "2025-05-20" and times["Montag"] == "2025-05-05"
    links = {(link.get("eventInstanceID"), link.get("relatedToTime")) for link in moved.iterfind("TLINK")}
    assert len(links) >= 5
