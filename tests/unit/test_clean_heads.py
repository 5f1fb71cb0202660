"""What HTML pages say of themselves: title, authors, days, credits, standfirst. All pages are invented."""

from __future__ import annotations

import pytest
import trafilatura

import depesche.clean.html as html_pages
from depesche.clean import clean
from depesche.clean.head import Head, read_head
from depesche.clean.head.bylines import is_person, names_of, signed_in
from depesche.clean.head.days import local_day
from depesche.clean.head.marked import read_marks
from depesche.clean.head.structured import described
from depesche.clean.html import align, parse_html, read_html
from depesche.model.page import Article, CreditKind, Form, Metadata, Page, Role
from depesche.packs.furniture import load_furniture
from depesche.packs.heads import load_heads
from depesche.packs.outlets import load_outlets

FURNITURE = {language: load_furniture(language) for language in ("de", "en")}
OUTLETS = load_outlets()
HEADS = load_heads()
WORDS = HEADS.byline

FIRST = (
    "Die Kanzlerin von Beispielland hat am Montag in der Hauptstadt mit dem Präsidenten über die Lage an der Grenze "
    "gesprochen. Beide wollen sich nach Angaben der Regierung im Herbst wieder treffen."
)
SECOND = (
    "Die Opposition nannte das Treffen einen Fehler, weil die Regierung damit ihre Haltung aufgegeben habe. Der "
    "Sprecher wies das zurück und sprach von einem Schritt, der seit langem geplant gewesen sei."
)
THIRD = (
    "Nach dem Gespräch reiste die Kanzlerin weiter in den Süden des Landes, wo sie ein Werk besuchen will. Über die "
    "Dauer des Aufenthalts wurde zunächst nichts bekannt, auch nicht über die Kosten."
)
TITLE = "Kanzlerin trifft Präsidenten an der Grenze"


def _html(head: str = "", top: str = f"<h1>{TITLE}</h1>", bottom: str = "", window: str = f"{TITLE} | Bote") -> str:
    body = f"<article>{top}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>{bottom}"
    return f'<html lang="de"><head><title>{window}</title>{head}</head><body>{body}</body></html>'


def _head(html: str, url: str | None = None) -> Head:
    tree = parse_html(html)
    assert tree is not None
    return read_head(tree, url, HEADS, OUTLETS)


def _article(html: str, metadata: Metadata = Metadata()) -> Article:
    return clean(Page("p", "doc", Form.HTML, html, "", metadata), FURNITURE, OUTLETS, HEADS)


def _ld(fields: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", {fields}}}</script>'


# --- title


def test_visible_headline_beats_what_is_made_for_sharing() -> None:
    head = '<meta property="og:title" content="Ganz anders: Was die Kanzlerin jetzt plant">'
    assert _head(_html(head)).title == TITLE


def test_headline_that_names_the_outlet_is_no_title() -> None:
    html = _html(top="<h1>Der Bote</h1><h2 class='entry-title'>Kanzlerin trifft Präsidenten</h2>").replace(
        f"{TITLE} | Bote", "Kanzlerin trifft Präsidenten | Der Bote"
    )
    assert _head(html).title == "Kanzlerin trifft Präsidenten"


def test_link_to_the_front_page_is_no_title() -> None:
    html = _html(top=f'<h1><a href="/">Kanzlerin und Präsidenten heute</a></h1><h1>{TITLE}</h1>')
    assert _head(html).title == TITLE


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (f'<h1><span class="kicker">Gipfel</span><span>{TITLE}</span></h1>', TITLE),
        (f'<h1><span class="kicker">Gipfel:</span> {TITLE}</h1>', f"Gipfel: {TITLE}"),
        ("<h1>Kanzlerin trifft Prä\u00adsi\u00adden\u00adten an der Grenze</h1>", TITLE),
    ],
)
def test_kicker_and_soft_hyphens_in_a_headline(top: str, title: str) -> None:
    assert _head(_html(top=top)).title == title


def test_kicker_stays_where_json_ld_has_it() -> None:
    assert _head(_html(_ld(f'"headline": "Grenzgipfel: {TITLE}"'))).title == f"Grenzgipfel: {TITLE}"


def test_second_line_of_a_headline_goes_where_json_ld_lacks_it() -> None:
    top = f"<h1>{TITLE} <small>Opposition sieht einen Fehler</small></h1>"
    assert _head(_html(_ld(f'"headline": "{TITLE}"'), top)).title == TITLE


def test_without_a_headline_the_window_names_the_page_and_the_outlet_goes() -> None:
    html = _html(top="", window=f"{TITLE} | Bote")
    assert _head(html).title == TITLE


# --- authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Karla Beispiel und Karl Muster, Wien", ["Karla Beispiel", "Karl Muster"]),
        ("Text und Fotos: Karla Beispiel", ["Karla Beispiel"]),
        ("VON KARLA BEISPIEL am 21. April 2020", ["KARLA BEISPIEL"]),
        ("Karla Beispiel Fr, 18. Oktober 2019", ["Karla Beispiel"]),
        ("Karla Beispiel im Gespräch mit Karl Muster", ["Karla Beispiel", "Karl Muster"]),
        ("Veröffentlicht am 27.04.24 um 07:39 Uhr", []),
        ("ab;cde", ["ab", "cde"]),
        ("admin", []),
    ],
)
def test_names_in_a_byline(line: str, names: list[str]) -> None:
    assert names_of(line, WORDS) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("6. Mai 2014 · von Karla Beispiel · Politik", ["Karla Beispiel"]),
        ("Gespeichert von karla am 24. Juli 2017", ["karla"]),
        ("25.10.2022 - Karla Beispiel", ["Karla Beispiel"]),
        ("Die Rede war von Karla Beispiel", []),
    ],
)
def test_names_behind_a_word_that_signs(line: str, names: list[str]) -> None:
    assert signed_in(line, WORDS) == names


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Karla Beispiel", True),
        ("Karla von der Au", True),
        ("Karla", False),
        ("Maske über Plan", False),
        ("Online-Redaktion Bote", False),
        ("Das Magazin", False),
    ],
)
def test_what_reads_as_a_person(name: str, person: bool) -> None:
    assert is_person(name, WORDS) is person


def test_json_ld_names_the_author_by_reference() -> None:
    nodes = [
        '{"@type": "Article", "headline": "X", "author": {"@id": "#k"}}',
        '{"@id": "#k", "name": "Karla Beispiel"}',
    ]
    graph = f'"@graph": [{", ".join(nodes)}]'
    assert _head(_html(f'<script type="application/ld+json">{{{graph}}}</script>')).authors == ("Karla Beispiel",)


def test_byline_that_names_more_than_the_head_wins() -> None:
    top = f'<h1>{TITLE}</h1><p class="byline">Von Karla Beispiel und Karl Muster</p>'
    head = _head(_html(_ld('"headline": "X", "author": {"name": "Karla Beispiel"}'), top))
    assert head.authors == ("Karla Beispiel", "Karl Muster")
    assert head.byline == "Von Karla Beispiel und Karl Muster"


def test_who_comments_is_no_author() -> None:
    comments = '<div class="comments"><span class="author vcard">Karl Muster</span></div>' * 3
    assert _head(_html(bottom="<p>Ende</p>" * 200 + comments)).authors == ()


def test_outlet_in_the_author_field_gives_way_to_a_byline_in_the_text() -> None:
    head = '<meta property="og:site_name" content="Der Bote"><meta name="author" content="Der Bote, Wien">'
    article = _article(_html(head, f"<h1>{TITLE}</h1><div>Von Karla Beispiel</div>"))
    assert article.authors == ("Karla Beispiel",)
    assert [(one.kind, one.line) for one in article.credits] == [(CreditKind.AUTHOR, "Von Karla Beispiel")]


def test_organisation_signs_where_no_person_does() -> None:
    told = _ld('"headline": "X", "author": {"@type": "Organization", "name": "Redaktion Bote"}')
    assert _article(_html(told)).authors == ("Redaktion Bote",)


def test_broken_json_ld_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"headline": </script><meta name="author" content="Karla Beispiel">'
    assert _head(_html(head)).authors == ("Karla Beispiel",)


# --- days


@pytest.mark.parametrize(
    ("told", "zone", "day"),
    [
        ("2022-11-06T23:30:00Z", "Europe/Berlin", "2022-11-07"),
        ("2022-11-06T23:30:00+00:00", None, "2022-11-06"),
        ("2022-11-06T23:30:00-05:00", "Europe/Berlin", "2022-11-06"),
        ("20221106", None, "2022-11-06"),
        ("2022-11", None, "2022-11"),
        ("Fri Apr 28 19:20:36 CEST 2023", None, "2023-04-28"),
        ("6 Nov 2022", None, "2022-11-06"),
        ("1667772000", "Europe/Berlin", "2022-11-06"),
        ("2022-13-45", None, None),
        ("gestern", None, None),
    ],
)
def test_moments_are_read_by_the_outlets_clock(told: str, zone: str | None, day: str | None) -> None:
    assert local_day(told, zone) == day


def test_clock_of_an_unknown_outlet_is_that_of_its_country() -> None:
    head = '<meta property="article:published_time" content="2022-11-06T23:30:00Z">'
    assert _head(_html(head), "https://bote.example.at/x").published == "2022-11-07"
    assert _head(_html(head).replace('lang="de"', ""), "https://bote.example/x").published == "2022-11-06"


def test_day_of_change_is_kept_apart() -> None:
    told = _ld('"headline": "X", "datePublished": "2022-11-06", "dateModified": "2022-11-09"')
    head = _head(_html(told))
    assert (head.published, head.modified) == ("2022-11-06", "2022-11-09")


@pytest.mark.parametrize(
    ("top", "stamp"),
    [
        (f"<div>26. Mai 2008 | karla | Kommentare 34</div><h1>{TITLE}</h1>", "26. Mai 2008 | karla | Kommentare 34"),
        (f"<h1>{TITLE}</h1><div>Politik</div><div>17/02/2022</div>", "17/02/2022"),
        (f"<h1>{TITLE}</h1><div>26 January 2017</div>", "26 January 2017"),
    ],
)
def test_stamp_near_the_headline_dates_a_page_that_nothing_else_dates(top: str, stamp: str) -> None:
    assert stamp in _article(_html(top=top)).lead


def test_sentence_that_tells_when_an_entry_was_made_dates_the_page() -> None:
    line = "Dieser Eintrag wurde am 19. Mai 2010 um 23:03 Uhr veröffentlicht und unter Politik abgelegt."
    menu = "<ul>" + "<li>Ein Punkt</li>" * 60 + "</ul>"
    html = _html().replace("<body>", f"<body><aside>{line}</aside>{menu}")
    assert _article(html).lead == (line,)


def test_day_in_front_of_a_long_line_dates_the_page() -> None:
    top = f"<h1>{TITLE}</h1><div>Mitteilung vom 25. Mai 2022 | Berlin – {THIRD}</div>"
    assert "25. Mai 2022" in _article(_html(top=top)).lead


def test_caption_with_a_day_is_no_stamp() -> None:
    top = f"<h1>{TITLE}</h1><div>Blick auf die Grenze und viele Lastwagen vor der Schranke, 24. April 2023</div>"
    assert _article(_html(top=top)).lead == ()


# --- text


def test_short_line_is_found_ahead_of_its_text_and_not_in_the_menu() -> None:
    flat = "\n".join(["Ein alter Streit", "Start", FIRST, "Ein alter Streit", SECOND])
    places = align([FIRST, "Ein alter Streit", SECOND], flat)
    assert places[1] == (flat.rindex("Ein alter Streit"), flat.rindex("Ein alter Streit") + 16)
    places = align(["Ein alter Streit", SECOND], flat)
    assert places[0] == (flat.rindex("Ein alter Streit"), flat.rindex("Ein alter Streit") + 16)


def test_lines_are_looked_for_until_so_many_signs_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that stands nowhere costs the whole page."""
    flat = "\n".join([FIRST, SECOND])
    lost = ["Nirgends"] * 3
    assert all(align([FIRST, *lost, SECOND], flat)[k] for k in (0, 4))
    monkeypatch.setattr(html_pages, "MOST_LOOKED", 2 * len(flat))
    first, *others = align([FIRST, *lost, SECOND], flat)
    assert first == (0, len(FIRST))
    assert others == [None] * 4


def test_a_page_of_many_blocks_is_read_and_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = parse_html(_html())
    assert tree is not None
    asked: list[bool] = []
    whole = trafilatura.bare_extraction
    monkeypatch.setattr(
        trafilatura,
        "bare_extraction",
        lambda tree, fast, **kept: (asked.append(fast), whole(tree, fast=fast, **kept))[1],
    )
    assert read_html(tree, None, precise=False)
    monkeypatch.setattr(html_pages, "MOST_COMPARED", 2)
    assert read_html(tree, None, precise=False)
    assert asked == [False, True]


def test_standfirst_that_the_head_repeats_is_kept() -> None:
    lead = "Beide Seiten sprechen von einem Anfang, den es ohne den Druck der Nachbarn nie gegeben hätte."
    html = _html(f'<meta name="description" content="{lead}">').replace(
        "<article>", f"<header><span>{lead}</span></header><article>"
    )
    article = _article(html)
    assert article.text.split("\n")[0] == lead
    assert [block.kept for block in article.blocks if block.role is Role.TEASER] == [True]


def test_printed_headline_is_not_told_again_in_the_text() -> None:
    top = f'<h1><span class="kicker">Gipfel</span><span>{TITLE}</span></h1>'
    assert _article(_html(top=top)).text.split("\n")[0] == FIRST


# --- origin


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("Quelle: dpa/lby", CreditKind.AGENCY, "dpa"),
        ("Mit Material von AFP", CreditKind.MATERIAL, "AFP"),
        ("Aus dem Englischen von Karla Beispiel", CreditKind.TRANSLATED, "Englischen"),
        ("Mit Agenturmaterial", CreditKind.MIXED, ""),
    ],
)
def test_credits_name_the_line_that_says_so(line: str, kind: CreditKind, name: str) -> None:
    article = _article(_html(bottom=f"<div>{line}</div>"))
    credit = next(one for one in article.credits if one.kind is kind)
    assert (credit.name, credit.line) == (name, line)


def test_mark_cut_from_a_dateline_is_a_credit() -> None:
    article = _article(_html().replace(FIRST, f"Berlin (dpa) - {FIRST}"))
    assert [(one.kind, one.name, one.line) for one in article.credits] == [(CreditKind.AGENCY, "dpa", "Berlin (dpa) -")]


def test_page_that_not_everybody_may_read_holds_a_teaser_only() -> None:
    told = _ld('"headline": "X", "isAccessibleForFree": "False", "articleSection": "Politik"')
    article = _article(_html(told))
    assert article.teaser_only
    assert article.metadata.section == "Politik"
    assert not _article(_html(told.replace("False", "True"))).teaser_only


@pytest.mark.parametrize("wrap", ["<h1>", "<div class=headline>", "<span class=author>", "<span class=date>"])
def test_marked_elements_in_one_another_without_end_are_looked_at_so_far(wrap: str) -> None:
    page = f"<html><body><h2>Der Hafen wird gebaut</h2>{wrap * 3000}<p>x"
    tree = parse_html(page)
    assert tree is not None
    assert "Der Hafen wird gebaut" in [one.text for one in read_marks(tree, load_heads()).headings]


def test_half_characters_in_json_are_no_name() -> None:
    told = '{"@type": "NewsArticle", "headline": "a\\ud800b", "publisher": {"name": "Hafen\\udfffblatt"}}'
    tree = parse_html(f'<html><script type="application/ld+json">{told}</script><p>x')
    assert tree is not None
    assert (described(tree).headline, described(tree).outlet) == ("a\ufffdb", "Hafen\ufffdblatt")
