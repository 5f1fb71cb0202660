"""Whatever the input, it is read or refused with a reason; nothing else is raised, and every span is verbatim."""

from __future__ import annotations

import gzip
import json
import random
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from built import build_into, exported

from depesche.errors import PageError
from depesche.export.pages import LAYERS, reading_record
from depesche.ingest import Limits, read
from depesche.model.page import Form, Metadata, Page, Unread
from depesche.model.reading import Reading
from depesche.packs.load import load_packs
from depesche.pipeline import annotate_text, read_page

PACKS = load_packs()
FAULT = "failed on it"  # how a fault of ours is told
NEWS = (
    "Stubb trifft Støre\n\nOslo (dpa) – Der finnische Präsident Alexander Stubb hat am Montag, 11. März 2024, in Oslo "
    "Jonas Gahr Støre getroffen. „Wir stehen zusammen“, sagte Stubb. Russland warf Finnland vor, Schiffe angegriffen "
    "zu haben. Scholz reist am Dienstag nach Paris.\n"
)
MARKED = "<script>alert(1)</script><img src=x onerror=alert(1)>"
BODIES = {
    "nothing": "",
    "a blank": " \n\t\n ",
    "a word": "Haus",
    "control characters": NEWS.replace(" ", "\x00", 9),
    "lone surrogates": NEWS + "\ud800 \udfff",
    "line separators": NEWS.replace(". ", ".\u2028").replace(", ", ",\u2029"),
    "turned writing": NEWS.replace(" ", " \u202e"),
    "zero width": "\u200b".join(NEWS),
    "soft hyphens": "\u00ad".join(NEWS),
    "byte order marks": "\ufeff\ufeff" + NEWS,
    "carriage returns": NEWS.replace("\n", "\r"),
    "terminal commands": "\x1b[31m" + NEWS.replace(" ", " \x1b]0;x\x07") + "\x9b31m",
    "markup in text": NEWS.replace("Stubb", f"Stubb {MARKED}"),
    "formulas": '=HYPERLINK("x")\n\n=1+1 ' + NEWS,
    "capitals": NEWS.upper(),
    "no marks": "".join(ch for ch in NEWS.lower() if ch.isalnum() or ch == " "),
    "a table": "Stubb\t11.03.2024\tOslo\n" * 60,
    "names": "Alexander Stubb\nJonas Gahr Støre\n" * 60,
    "numbers": "1.1.1 31.02.2024 99.99.9999 24:61 Uhr " * 20,
    "dates": "30. Februar 2024\n31.04.\n29.02.2023\n00.00.0000\n11. März 2024\n",
    "ages ago": "Vor 5000 Jahren, in 100000 Tagen, am 1. Januar 1450 und am 31.12.9999 traf Stubb Støre in Oslo. " * 3,
    "huge numbers": f"Bei {'9' * 400} Angriffen starben am {'9' * 50}. Mai {'9' * 60} Menschen in Kiew. " * 2,
    "digits of others": "Am ١٢. Mai ²⁰²⁴ traf Stubb in Oslo Støre, im Jahr Ⅻ und ½ auch. " * 3,
    "quotation marks": NEWS + "„“”‘’»«›‹\"'" * 300,
    "openings": "„" * 2000 + NEWS,
    "closings": NEWS + "“" * 2000,
    "commas": "Stubb, " * 1500 + "traf Støre.",
    "brackets": "(Stubb " * 800 + NEWS,
    "colons": "Stubb: " * 1500,
    "dashes": "– Stubb " * 1500,
    "dots": "." * 5000,
    "that": "Stubb sagte, dass " * 500,
    "a long word": "Präsident" * 5000,
    "hyphens": "Bundes-" * 5000,
    "accents": "a" + "\u0301" * 3000,
    "empty lines": "\n" * 20_000 + NEWS,
    "short lines": "a\n" * 5000,
    "the same again": "Stubb traf Støre am Montag in Oslo. " * 60,
    "emoji": "😀" * 1000 + NEWS,
    "English": 'Putin visits China\n\nPresident Vladimir Putin met Xi Jinping in Beijing on Monday. "Good," he said.\n',
    "French": "Le président Vladimir Poutine a rencontré lundi à Pékin Xi Jinping. « Nous sommes amis », a-t-il dit.\n",
    "Russian": "Президент Владимир Путин встретился в понедельник в Пекине с Си Цзиньпином.\n",
    "Chinese": "俄罗斯总统普京星期一在北京会见了习近平。“我们站在一起”，普京说。\n",
    "Turkish": "Vladimir Putin pazartesi günü Pekin’de Xi Jinping ile görüştü. İSTANBUL ıİ\n",
    "Arabic": "التقى فلاديمير بوتين بالرئيس شي جين بينغ في بكين يوم الاثنين.\n",
    "open tags": f"<html><body>{'<b><p><table><tr><td>' * 150}{NEWS}",
    "deep tags": f"<html><body>{'<div>' * 5000}<p>{NEWS}",
    "broken tags": "<" * 3000 + NEWS,
    "entities": "<html><body><p>&#0;&#xd800;&#x110000;&#99999999999;&lt;b&gt; " + NEWS,
    "an open comment": f"<html><body><!--{'-' * 3000}<p>{NEWS}",
    "markup in heads": f"<html><head><title>{MARKED}</title><meta name=author content='{MARKED}'></head><p>{NEWS * 2}",
    **{f"the year {year}": NEWS.replace("2024", f"{year}") for year in (1, 1066, 1582, 1899, 9999, 10000)},
}
DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "2024-02-31", "9999", None)


def assert_verbatim(reading: Reading, text: str) -> None:
    record = reading_record("d", reading, frozenset(LAYERS))
    spans = [[one["start"], one["end"]] for one in record["times"] + record["parties"]]
    for quote in record["quotes"]:
        spans += [span for part in ("quote", "speaker", "cue", "addressee", "frame") for span in quote[part]]
    for event in record["events"]:
        spans += [event["trigger"], *event["evidence"], *([event["time"]] if event["time"] else [])]
        assert not event["start"] or not event["end"] or event["start"] <= event["end"]
        for party in event["actors"] + event["recipients"]:
            assert text[slice(*party["span"])] == party["text"]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(not one["earliest"] or not one["latest"] or one["earliest"] <= one["latest"] for one in record["times"])


@pytest.mark.parametrize("name", BODIES)
def test_any_page_is_read_or_refused_with_a_reason(name: str) -> None:
    raw = BODIES[name]
    form = Form.HTML if raw.startswith("<") else Form.TEXT
    try:
        article, reading = read_page(Page("0" * 32, "d", form, raw, "d.txt"), PACKS, None)
    except PageError as error:
        assert FAULT not in str(error)
    else:
        assert article.text.strip()
        assert_verbatim(reading, article.text)


@pytest.mark.parametrize("name", BODIES)
def test_any_text_is_annotated(name: str) -> None:
    text = BODIES[name][:2500]
    assert_verbatim(annotate_text(text, PACKS, published=date(9999, 12, 31), title=MARKED), text)


@pytest.mark.parametrize("published", DAYS)
@pytest.mark.parametrize("not_after", [None, date.min, date.max])
def test_any_day_of_publication_is_taken_or_left(published: str | None, not_after: date | None) -> None:
    told = Metadata(published=published, fetched=published, title="Gestern, 31.12.9999")
    page = Page("0" * 32, "d", Form.RECORD, NEWS + "Gestern, vor 3000 Jahren und in 9000 Jahren.", "d", told)
    article, reading = read_page(page, PACKS, not_after)
    assert_verbatim(reading, article.text)


SOUP = (
    "Der die Präsident Wladimir Putin Xi Jinping China Stubb traf trifft treffen wird hat habe sagte sagt dass , . ; : "
    "! ? – „ “ \" ' » « ( ) und nicht am im in nach von vor seit Montag 16. 31. Mai Februar 2024 1.1.1 31.02.2024 "
    "24:61 Uhr gestern morgen Woche Jahren vergangenen nächsten Anfang 5 99999999999999999999 ½ % Menschen getötet "
    "Angriff griff an warf vor zu reisen reist Reise besuchte Treffen Sanktionen kündigte warnte laut zufolge Kreml "
    "AFP Berlin Moskau er sie ihr sich wer obwohl nachdem der dessen plant abgesagt lud ein Einladung Weihnachten "
    "Ostermontag Sommer 2023/24 0000 9999 00.00.0000 Jan. Dr. USA EU G7 53. KW Quartal \n \t \u2028 \u200b \u202e "
    "\u00ad \ufeff \x00 \ud800 😀 ẞ İ ١٢ ²"
)
WORDS = st.sampled_from(SOUP.split(" "))
DATES = st.none() | st.sampled_from([date.min, date(1582, 10, 10), date(2024, 2, 29), date(9999, 12, 30), date.max])


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=40), st.sampled_from([" ", " ", ""]), DATES, st.sampled_from([None, "de", "en", "zz"]))
def test_any_soup_of_words_is_annotated(
    pieces: list[str], between: str, published: date | None, language: str | None
) -> None:
    text = between.join(pieces)
    assert_verbatim(annotate_text(text, PACKS, published=published, language=language), text)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=30), DATES, DATES)
def test_any_range_of_publication_is_taken(pieces: list[str], a: date | None, b: date | None) -> None:
    earliest, latest = (b, a) if a and b and a > b else (a, b)
    text = " ".join(pieces)
    assert_verbatim(annotate_text(text, PACKS, earliest=earliest, latest=latest), text)


FILES = {
    "empty.txt": b"",
    "nul.txt": b"\x00" * 99,
    "sixteen.txt": NEWS.encode("utf-16"),
    "sixteen-cut.txt": NEWS.encode("utf-16") + b"A",
    "windows.html": b"<html><meta charset=utf-8><p>" + NEWS.encode("cp1252", "replace") * 2,
    "puny.html": b"<html><meta charset=punycode><p>\xff" + NEWS.encode() * 2,
    "seven.html": b"<html><meta charset=utf-7><p>\xff+2AA-" + NEWS.encode() * 2,
    "bomb.txt.gz": gzip.compress(b"a" * 400_000),
    "cut.txt.gz": gzip.compress(NEWS.encode())[:-12],
    "packed.txt.gz": gzip.compress(NEWS.encode() + b"packed"),
    "twice.txt.gz": gzip.compress(gzip.compress(NEWS.encode())),
    "a" * 250 + ".txt": NEWS.encode() + b"long name",
    "-rf.txt": NEWS.encode() + b"dash",
    "=1+1.txt": NEWS.encode() + b"formula",
    "a\nb\x1b[31m\"'<b>.txt": NEWS.encode() + b"odd name",
    "deep.json": b"[" * 100_000,
    "records.jsonl": "\n".join(
        json.dumps(record)
        for record in [
            {"text": 5}, {"text": None}, {}, [], 5, None, "x", [[[]]], {"body": {"sections": [1, {"paragraphs": [3]}]}},
            {"doc": "a", "text": NEWS, "published": "gestern"}, {"doc": "a", "text": NEWS, "published": "2024-13-45"},
            {"doc": ["a"], "text": NEWS, "title": {}, "authors": [[1], None, {"name": 5}], "url": 7, "language": 3},
            {"k" * 100_000: 1, "text": NEWS, "doc": "x" * 50_000, "outlet": MARKED, "title": "\ud800"},
            {"id": 10**40, "text": NEWS, "published": "9999-12-31"}, {"text": NEWS, "published": "0001-01-01"},
        ]
    ).encode(),
    "d1/same.txt": NEWS.encode() + b"1",
    "d2/same.txt": NEWS.encode() + b"2",
    "d1/pages.csv": b"a,b\n1,2\n",
    "d2/pages.csv": b'file,url\n"x,y\n',
    "d2/same.txt.meta.json": b"[" * 100_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> list[Page | Unread]:
    folder = tmp_path_factory.mktemp("pile")
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    (folder / "round").symlink_to("round")
    (folder / "up").symlink_to(".")
    return list(read([folder], Limits(unpacked=300_000)))


def test_every_file_is_a_page_or_has_its_reason(pile: list[Page | Unread]) -> None:
    told = {one.source for one in pile}
    assert {name for name in FILES if name.isprintable() and not name.endswith(".json")} <= told
    unread = [one for one in pile if isinstance(one, Unread)]
    assert all(one.reason for one in unread)
    assert len({(one.source, one.doc) for one in unread}) == len(unread)


def test_a_pile_of_them_is_built_the_same_in_any_order(pile: list[Page | Unread], tmp_path: Path) -> None:
    build_into(tmp_path / "a.db", pile)
    mixed = list(pile)
    random.Random(7).shuffle(mixed)
    build_into(tmp_path / "b.db", mixed)
    assert exported(tmp_path / "a.db") == exported(tmp_path / "b.db") != ""
