"""Exports of the example pages to linked data and marked texts, read back and compared with the JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import depesche, records
from example_entries import EXAMPLES, SCHEMAS, SUMMIT, VISIT, Entry, schema, titled
from lxml import etree

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def entries(entries_of_examples: list[Entry]) -> list[Entry]:
    return entries_of_examples


# --- linked data


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own
def test_json_ld_is_a_graph_with_what_was_moved(export: Export, entries: list[Entry]) -> None:
    from rdflib import Graph, Literal, Namespace, URIRef
    from rdflib.namespace import RDF

    schema = Namespace("https://schema.org/")
    graph = Graph().parse(data=export("jsonld").read_text("utf-8"), format="json-ld")
    events = {str(event).rpartition(":")[2] for event in graph.subjects(RDF.type, schema.Event)}
    assert events == {entry["id"] for entry in entries}
    visit = URIRef(f"urn:depesche:entry:{titled(entries, VISIT)['id']}")
    told = {str(name).rpartition("/")[2]: str(value) for name, value in graph.predicate_objects(visit)}
    assert (told["startDate"], told["endDate"], told["previousStartDate"]) == ("2025-05-20", "2025-05-21", "2025-05-14")
    assert graph.value(visit, schema.eventStatus) == schema.EventRescheduled
    pages = set(graph.objects(visit, schema.subjectOf))
    assert len(pages) == 6 and pages <= set(graph.subjects(RDF.type, schema.NewsArticle))
    summit = URIRef(f"urn:depesche:entry:{titled(entries, SUMMIT)['id']}")
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
    visit = events[titled(entries, VISIT)["id"]]
    assert (visit.get("startDate"), visit.get("endDate")) == (["2025-05-20"], ["2025-05-21"])
    assert {entities[id].caption for id in visit.get("involved")} == {"Ramiro Etcheverry", "Slowenien", "Tomaž Krivec"}
    assert len(visit.get("proof")) == 6 and visit.get("country") == ["si"]
    assert any("moved, 2025-05-20 to 2025-05-21" in note for note in visit.get("notes"))
    links = [entity for entity in entities.values() if entity.schema.name == "UnknownLink"]
    assert {link.first("role") for link in links} == {one["kind"] for e in entries for one in e["relations"]}


def test_every_ninjs_item_fits_the_schema(export: Export, entries: list[Entry]) -> None:
    validator, folder = schema("ninjs.json"), export("ninjs")
    items = {path.stem: json.loads(path.read_bytes()) for path in folder.glob("e-*.json")}
    assert set(items) == {entry["id"] for entry in entries}
    for item in items.values():
        validator.validate(item)

    def certainty(entry: Entry) -> str:
        return str(items[entry["id"]]["eventDetails"]["eventStatus"]["uri"]).rpartition("/")[2]

    assert certainty(titled(entries, SUMMIT)) == "eos6"
    assert certainty(titled(entries, VISIT)) == "eos5"
    assert {certainty(entry) for entry in entries if entry["status"] == "hypothetical"} == {"eos3"}
    assert {certainty(entry) for entry in entries if entry["status"] == "planned"} <= {"eos1", "eos2", "eos4"}
    visit = items[titled(entries, VISIT)["id"]]
    assert visit["eventDetails"]["dates"] == {"start": "2025-05-20", "end": "2025-05-21"}
    assert [person["name"] for person in visit["people"]] == ["Ramiro Etcheverry", "Tomaž Krivec"]


# --- times


def _pages(entries: list[Entry]) -> set[str]:
    return {source["doc"] for entry in entries for source in entry["sources"]}


def _documents(folder: Path) -> Iterator[tuple[str, Any]]:
    dtd = etree.DTD(str(SCHEMAS / "timeml.dtd"))
    for path in sorted(folder.glob("*.tml")):
        tree = etree.parse(path, etree.XMLParser(resolve_entities=False))
        assert dtd.validate(tree), f"{path.name}: {dtd.error_log.filter_from_errors()}"
        yield path.stem, tree.getroot()


def test_times_stand_in_the_verbatim_text(export: Export, example_store: Path, entries: list[Entry]) -> None:
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
