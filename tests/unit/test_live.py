"""Live blogs: their entries, the days of these, and what is read in them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from built import packs

from depesche.clean import flatten
from depesche.export.pages import article_record
from depesche.model.page import Article, Dateline, Form, Metadata, Page
from depesche.model.reading import Reading
from depesche.pipeline import extract_page, read_page

HOLM = "Präsident Holm ist nach den Gesprächen aus Lindenau abgereist. Er lobte vor dem Abflug die gute Stimmung."
EIDE = "Norwegens Außenminister Espen Barth Eide traf in Lindenau die deutsche Außenministerin Annalena Baerbock."
STUBB = "Finnlands Präsident Alexander Stubb ist in Lindenau eingetroffen. Er soll am Abend den Gastgeber sprechen."
POLICE = (
    "Die ersten Delegationen sind in Lindenau angekommen. Russland warf den Teilnehmern vor, die Lage zu verschärfen."
)
INTRO = "In Lindenau beraten die Staaten des Nordens über den Schutz der Meere. Alle Entwicklungen lesen Sie hier."
TITLE = "Liveblog zum Gipfel in Lindenau"
ENTRIES = (("18:32", HOLM), ("14:20", STUBB), ("09:15", EIDE), ("22:10", POLICE))
LONG = "\n".join([TITLE, "16. Mai 2024, 18:40 Uhr", INTRO, *(f"{clock} Uhr: {text}" for clock, text in ENTRIES)])


def _page(raw: str, form: Form = Form.TEXT, **told: str) -> Page:
    return Page("p", "doc", form, raw, "", Metadata(**told))  # type: ignore[arg-type]


def _extracted(raw: str, form: Form = Form.TEXT, **told: str) -> tuple[Article, Dateline]:
    return extract_page(_page(raw, form, **told), packs(), None)


def _days(raw: str, form: Form = Form.TEXT, **told: str) -> list[tuple[str, str]]:
    return [(f"{post.day}", post.clock) for post in _extracted(raw, form, **told)[1].posts]


def test_stamps_in_front_of_lines_split_a_text_into_its_entries() -> None:
    article, _ = _extracted(LONG)
    assert [post.clock for post in article.posts] == ["18:32", "14:20", "09:15", "22:10"]
    for post, (clock, text) in zip(article.posts, ENTRIES, strict=True):
        assert article.text[post.start : post.end] == f"{clock} Uhr: {text}"
    assert article.text.startswith(INTRO)


def test_hours_that_fall_against_the_order_have_passed_midnight() -> None:
    newest_first = [("2024-05-16", "18:32"), ("2024-05-16", "14:20"), ("2024-05-16", "09:15"), ("2024-05-15", "22:10")]
    assert _days(LONG) == newest_first
    lines = LONG.split("\n")
    oldest_first = "\n".join([*lines[:3], *reversed(lines[3:])])
    assert _days(oldest_first, published="2024-05-15") == newest_first[::-1]


def test_metadata_tell_the_day_of_the_oldest_entry_a_header_that_of_the_newest() -> None:
    assert _days(LONG.replace("16. Mai 2024, 18:40 Uhr\n", ""), published="2024-05-15")[0] == ("2024-05-16", "18:32")
    assert _days(LONG)[-1] == ("2024-05-15", "22:10")


def test_stamps_on_lines_of_their_own_and_days_above_entries() -> None:
    raw = "\n".join(
        [TITLE, INTRO, "18:32 Uhr", "Holm reist ab", HOLM, "Teilen", "9.15 Uhr", "Eide trifft Baerbock", EIDE, "Teilen",
         "+++ Mittwoch, 15. Mai +++", "22:10 Uhr", "Delegationen sind da", POLICE, "14:20 Uhr", "Stubb kommt an", STUBB]
    )  # fmt: skip
    article, dateline = _extracted(raw, published="2024-05-15")
    assert [(post.title, f"{told.day}") for post, told in zip(article.posts, dateline.posts, strict=True)] == [
        ("Holm reist ab", "2024-05-16"),
        ("Eide trifft Baerbock", "2024-05-16"),
        ("Delegationen sind da", "2024-05-15"),
        ("Stubb kommt an", "2024-05-15"),
    ]
    assert "15. Mai" not in article.text
    assert article.text.endswith(STUBB)


def test_entries_of_a_page_without_a_day_have_hours_only() -> None:
    raw = LONG.replace("16. Mai 2024, 18:40 Uhr\n", "")
    article, dateline = _extracted(raw)
    assert (len(article.posts), dateline.posts) == (4, ())
    entries = article_record(_page(raw), article, dateline)["entries"]
    assert entries[0] | {"start": 0, "end": 0} == {  # type: ignore[index]
        "start": 0, "end": 0, "title": None, "published": None, "time": "18:32"
    }  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        LONG.replace(TITLE, "Der Gipfel in Lindenau im Rückblick"),
        "\n".join([TITLE, INTRO, f"18:32 Uhr: {HOLM}", EIDE, STUBB]),
        "\n".join([TITLE, INTRO, HOLM, EIDE, "Ticker", "18:32 Zug entgleist", "18:10 Kurse fallen", "17:50 Regen"]),
    ],
    ids=["no name", "one stamp", "a list of other news"],
)
def test_other_pages_have_no_entries(raw: str) -> None:
    article, dateline = _extracted(raw, published="2024-05-16")
    assert article.posts == dateline.posts == ()
    assert "entries" not in article_record(_page(raw), article, dateline)


def _html(updates: list[dict[str, str]], *, moments: bool = True) -> str:
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "datePublished": "2024-05-15T20:00:00+02:00"}
    script = json.dumps({"@graph": [told | {"liveBlogUpdate": updates}]})
    days = ("2024-05-16", "2024-05-16", "2024-05-16", "2024-05-15")
    attribute = " datetime={}T{}:00+02:00" if moments else ""
    entries = "".join(
        f"<article><time{attribute.format(day, clock)}>{clock} Uhr</time><p>{text}</p></article>"
        for day, (clock, text) in zip(days, ENTRIES, strict=True)
    )
    head = f"<title>{TITLE}</title><script type=application/ld+json>{script}</script>"
    return f"<html lang=de><head>{head}</head><body><main><h1>{TITLE}</h1><p>{INTRO}</p>{entries}</main></body></html>"


def _updates() -> list[dict[str, str]]:
    days = ("2024-05-16", "2024-05-16", "2024-05-16", "2024-05-15")
    return [
        {"@type": "BlogPosting", "datePublished": f"{day}T{clock}:00+02:00", "articleBody": text}
        for day, (clock, text) in zip(days, ENTRIES, strict=True)
    ]


@pytest.mark.parametrize(
    "raw", [_html(_updates()), _html([]), _html(_updates(), moments=False)], ids=["both", "time", "json"]
)
def test_html_tells_its_entries_by_json_or_by_time_elements(raw: str) -> None:
    article, dateline = _extracted(raw, Form.HTML)
    assert article.title == TITLE
    assert [(f"{post.day}", post.clock) for post in dateline.posts] == [
        ("2024-05-16", "18:32"), ("2024-05-16", "14:20"), ("2024-05-16", "09:15"), ("2024-05-15", "22:10")
    ]  # fmt: skip
    for post, (_, text) in zip(article.posts, ENTRIES, strict=True):
        assert text in article.text[post.start : post.end]


BLOG = '"@type": "LiveBlogPosting"'


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 50_000,
        f'{{{BLOG}, "liveBlogUpdate": [5, null, {{"datePublished": 7}}]}}',
        f"{{{BLOG}}}",
        '{"@type": ["LiveBlogPosting"], "headline": ["x"], "liveBlogUpdate": {"datePublished": "2024-05-16T18:32"}}',
    ],
)
def test_broken_json_of_a_live_blog_harms_nothing(script: str) -> None:
    raw = _html([])
    start, end = raw.index(">{") + 1, raw.index("</script>")
    article, _ = _extracted(raw[:start] + script + " LiveBlogPosting" * (script == "{") + raw[end:], Form.HTML)
    assert HOLM in article.text


def test_signs_of_our_own_on_a_page_place_nothing() -> None:
    raw = _html([]).replace("Er lobte", "\ue0f00\ue0f1Er lobte")
    article, _ = _extracted(raw, Form.HTML)
    flat = flatten(_page(raw, Form.HTML))
    for segment in article.segments:
        assert (
            segment.raw_start < 0
            or article.text[segment.text_start : segment.text_end] == flat[segment.raw_start : segment.raw_end]
        )


# --- reading


def _read(raw: str, **told: str) -> Reading:
    return read_page(_page(raw, **told), packs(), None)[1]


def test_events_of_an_entry_have_its_day_and_what_is_to_come_counts_from_it() -> None:
    reading = _read(LONG)
    by_trigger = {event.trigger.of(reading.text): event for event in reading.events}
    assert by_trigger["traf"].days.first == date(2024, 5, 16)
    assert by_trigger["warf"].days.first == by_trigger["warf"].days.last == date(2024, 5, 15)
    assert any(reason.rule == "time.entry" for reason in by_trigger["warf"].reasons)
    assert reading.dateline.at(by_trigger["warf"].trigger.start).published == date(2024, 5, 15)


def test_a_weekday_in_an_entry_does_not_date_the_hour_of_the_next() -> None:
    raw = LONG.replace("Er lobte vor dem Abflug die gute Stimmung.", "Am Freitag will er nach Oslo reisen.")
    reading = _read(raw)
    hours = {time.value for time in reading.times if reading.text[time.start : time.end].startswith(("14:20", "09:15"))}
    assert hours and all(value.startswith("2024-05-16") for value in hours)
