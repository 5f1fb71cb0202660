"""The day of publication: what is evidence, how it is weighed, and when the answer is a range or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.dating import date_article
from depesche.model.page import Article, Block, Dateline, Metadata, Role
from depesche.model.reason import Reason
from depesche.model.text import Segment, Span
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse_text


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def dated(
    packs: Packs,
    text: str,
    metadata: Metadata | None = None,
    lead: tuple[str, ...] = (),
    not_after: date | None = None,
) -> Dateline:
    article = Article("p", "doc", text, (), (), "de", metadata=metadata or Metadata(), lead=lead)
    return date_article(article, parse_text(text, packs, "de"), packs.world, not_after)


def ends(dateline: Dateline) -> tuple[str, str]:
    return str(dateline.earliest), str(dateline.latest)


PLAIN = "Die Minister sprachen über den Handel. Ein Ergebnis gab es nicht."


def test_page_without_evidence_stays_undated(packs: Packs) -> None:
    assert dated(packs, PLAIN) == Dateline()


@pytest.mark.parametrize(
    ("metadata", "lead", "day"),
    [
        (Metadata(published="2021-03-04"), (), "2021-03-04"),
        (Metadata(published="2021-03-04T23:10:00+01:00"), (), "2021-03-04"),
        (Metadata(url="https://a.example/politik/2021/03/04/gipfel.html"), (), "2021-03-04"),
        (Metadata(url="https://a.example/artikel-20210304-17"), (), "2021-03-04"),
        (Metadata(), ("Stand: 04.03.2021, 10:15 Uhr",), "2021-03-04"),
        (Metadata(), ("Veröffentlicht am 4. März 2021",), "2021-03-04"),
        (Metadata(), ("Erstellt: 4.3.21 | Aktualisiert am 6.3.21",), "2021-03-04"),
        (Metadata(published="2021-03-05"), ("Erschienen am 4. März 2021",), "2021-03-04"),
        (Metadata(published="2021-03-05"), ("Markt 4. März 2021",), "2021-03-05"),
        (Metadata(published="2021-03-15"), ("Erschienen am 4. März 2021",), "2021-03-15"),
        (Metadata(published="2021-03-04", url="https://a.example/2019/01/02/x"), (), "2021-03-04"),
    ],
)
def test_day_beside_the_text(packs: Packs, metadata: Metadata, lead: tuple[str, ...], day: str) -> None:
    dateline = dated(packs, PLAIN, metadata, lead)
    assert str(dateline.published) == day
    assert ends(dateline) == (day, day)


@pytest.mark.parametrize(
    ("metadata", "lead", "first", "last"),
    [
        (Metadata(published="2021-03"), (), "2021-03-01", "2021-03-31"),
        (Metadata(published="2021"), (), "2021-01-01", "2021-12-31"),
        (Metadata(), ("date 2021-03",), "2021-03-01", "2021-03-31"),
        (Metadata(url="https://a.example/2021/03/gipfel"), (), "2021-03-01", "2021-03-31"),
        (Metadata(fetched="2021-03-09"), (), "None", "2021-03-09"),
        (Metadata(published="2021-03", fetched="2021-03-09"), (), "2021-03-01", "2021-03-09"),
    ],
)
def test_range_beside_the_text(packs: Packs, metadata: Metadata, lead: tuple[str, ...], first: str, last: str) -> None:
    dateline = dated(packs, PLAIN, metadata, lead)
    assert dateline.published is None
    assert ends(dateline) == (first, last)


@pytest.mark.parametrize("told", ["2021-13-04", "gestern", "", "0000-00-00", "12345-1-1", "9999-99"])
def test_no_date_in_metadata_is_no_evidence(packs: Packs, told: str) -> None:
    assert dated(packs, PLAIN, Metadata(published=told, url=f"https://a.example/{told}")) == Dateline()


def test_not_after_overrules_the_metadata_and_says_so(packs: Packs) -> None:
    dateline = dated(packs, PLAIN, Metadata(published="2031-01-01"), not_after=date(2024, 5, 1))
    assert dateline.published is None
    assert ends(dateline) == ("None", "2024-05-01")
    assert [reason.note for reason in dateline.reasons if reason.rule == "date.metadata"] == [
        "not used: metadata: published 2031-01-01"
    ]


def test_dateline_without_a_year_takes_it_from_the_address(packs: Packs) -> None:
    dateline = dated(packs, PLAIN, Metadata(url="https://a.example/2021/03/x"), ("Genf, 4. März (xyz)",))
    assert ends(dateline) == ("2021-03-04", "2021-03-05")


def test_kept_dateline_block_is_evidence_and_a_dropped_one_is_not(packs: Packs) -> None:
    text = "4. März 2021\nDie Minister sprachen."
    for kept, day in ((True, "2021-03-04"), (False, "None")):
        block = Block(0, Span(0, 12), Role.DATELINE, kept, Reason("x"))
        article = Article("p", "doc", text, (Segment(0, len(text), 0, len(text)),), (block,), "de")
        dateline = date_article(article, parse_text(text, packs, "de"), packs.world, None)
        assert str(dateline.published) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Am 3. Februar 2019 hatte das Gericht die Klage abgewiesen.", "2019-02-03", "None"),
        ("Die Konferenz ist für den 12. Juni 2019 geplant.", "None", "2019-06-12"),
        (
            "Am 3. Februar 2019 hatte das Gericht entschieden. Der Prozess ist für den 12. Juni 2019 angesetzt.",
            "2019-02-03",
            "2019-06-12",
        ),
        ("Bis 2030 soll das Kraftwerk gebaut werden.", "None", "None"),
        ("Seit dem 3. Februar 2019 gilt das Verbot.", "2019-02-03", "None"),
        ("Er wurde für die anstehende Wahl am 3. Februar 2019 aufgestellt.", "None", "2019-02-03"),
        ("Der Bau sollte am 3. Februar 2019 beginnen.", "None", "None"),
        ("Das Parlament hat über den Haushalt 2031 beraten.", "None", "None"),
        ("Als Termin wurde der 3. Februar 2019 genannt.", "None", "None"),
        ("Am 7. Oktober hatten die Angriffe begonnen.", "None", "None"),
    ],
)
def test_days_told_in_the_text(packs: Packs, text: str, first: str, last: str) -> None:
    assert ends(dated(packs, text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Letzten Monat hatte das Repräsentantenhaus 61 Milliarden Dollar bewilligt.", "2024-05-01", "2024-05-31"),
        ("In der vergangenen Woche war Alexej Nawalny in der Haft gestorben.", "2024-02-19", "2024-02-25"),
        ("Seit dem Sturm auf das Kapitol sind die Gräben tiefer.", "2021-01-06", "None"),
        ("US-Außenminister Antony Blinken lobte die Gespräche.", "2021-01-16", "2025-01-30"),
        (
            "Wie schon Kanzler Gerhard Schröder lobte er ihn. Das sagte Präsident Emmanuel Macron.",
            "2017-05-04",
            "None",
        ),
        ("Der frühere Außenminister Antony Blinken lobte die Gespräche.", "None", "None"),
        ("Sollte der Sturm auf das Kapitol drohen, würde die Polizei eingreifen.", "None", "None"),
    ],
)
def test_known_facts(packs: Packs, text: str, first: str, last: str) -> None:
    assert ends(dated(packs, text)) == (first, last)


def test_soft_evidence_never_gives_a_single_day(packs: Packs) -> None:
    text = "Gestern ist Alexej Nawalny in der Haft gestorben. Das teilten die Behörden mit."
    dateline = dated(packs, text)
    assert dateline.published is None
    assert ends(dateline) == ("2024-02-16", "2024-02-18")


def test_weekday_of_the_news_narrows_a_month(packs: Packs) -> None:
    text = "Die Minister haben am Freitag einen Vertrag unterzeichnet."
    dateline = dated(packs, text, Metadata(published="2022-12"))
    assert ends(dateline) == ("2022-12-02", "2022-12-31")
    (reason,) = [reason for reason in dateline.reasons if reason.rule == "date.weekday"]
    assert reason.span is not None
    assert "Freitag" in reason.span.of(text)


def test_reasons_point_at_the_words(packs: Packs) -> None:
    text = "Letzten Monat hatte das Repräsentantenhaus 61 Milliarden Dollar bewilligt."
    (reason, *_) = dated(packs, text).reasons
    assert reason.rule == "date.world.us-ukraine-aid.2024"
    assert reason.span is not None
    assert reason.span.of(text) == "Letzten Monat"


def test_other_languages_are_dated_by_what_stands_beside_the_text(packs: Packs) -> None:
    text = "On 3 February 2019 the court had dismissed the case."
    article = Article("p", "doc", text, (), (), "en", metadata=Metadata(published="2019-02-04"))
    assert str(date_article(article, parse_text(text, packs, "en"), packs.world, None).published) == "2019-02-04"


@pytest.mark.parametrize("text", ["", " \n", "\ud800 am Montag", "am 99. Mai " * 50, "2024-" * 400, "am 29. Februar"])
def test_hostile_text_does_no_harm(packs: Packs, text: str) -> None:
    dateline = dated(packs, text, Metadata(published=text, url=text, fetched=text), (text,))
    assert dateline.published is None
