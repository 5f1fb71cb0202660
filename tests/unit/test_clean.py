from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.clean import clean, flatten
from depesche.errors import EmptyPage, PageError
from depesche.model.page import Article, Form, Metadata, Page, Role
from depesche.packs.furniture import load_furniture
from depesche.packs.heads import load_heads
from depesche.packs.outlets import load_outlets

FURNITURE = {language: load_furniture(language) for language in ("de", "en")}
OUTLETS = load_outlets()
HEADS = load_heads()

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


def _page(raw: str, form: Form = Form.TEXT, metadata: Metadata = Metadata()) -> Page:
    return Page("p", "doc", form, raw, "", metadata)


def _clean(raw: str, form: Form = Form.TEXT, metadata: Metadata = Metadata()) -> Article:
    return clean(_page(raw, form, metadata), FURNITURE, OUTLETS, HEADS)


def _dropped(article: Article) -> dict[int, str]:
    return {block.line: block.reason.rule for block in article.blocks if not block.kept}


def _check_segments(page: Page, article: Article) -> None:
    flat = flatten(page)
    for segment in article.segments:
        if segment.raw_start >= 0:
            text = article.text[segment.text_start : segment.text_end]
            assert text == flat[segment.raw_start : segment.raw_end]
    ends = [0, *(segment.text_end for segment in article.segments)]
    starts = [*(segment.text_start for segment in article.segments), len(article.text)]
    assert all(end <= start <= end + 1 for end, start in zip(ends, starts, strict=True))
    for block in article.blocks:
        assert block.raw.of(flat) == flat.split("\n")[block.line].strip()


def test_body_is_kept_line_by_line() -> None:
    article = _clean("\n\n".join([FIRST, SECOND, THIRD]))
    assert article.text == "\n".join([FIRST, SECOND, THIRD])
    assert article.language == "de"
    assert article.title is None


def test_headline_is_title_and_not_text() -> None:
    article = _clean("\n".join(["Kanzlerin trifft Präsidenten an der Grenze", FIRST, SECOND]))
    assert article.title == "Kanzlerin trifft Präsidenten an der Grenze"
    assert article.blocks[0].role is Role.HEADLINE
    assert article.blocks[0].kept
    assert article.text == f"{FIRST}\n{SECOND}"


def test_known_title_is_found_on_the_page() -> None:
    raw = "\n".join(["Politik", "Ein Treffen, zwei Meinungen", FIRST, SECOND])
    article = _clean(raw, metadata=Metadata(title="Ein Treffen – zwei Meinungen"))
    assert article.title == "Ein Treffen – zwei Meinungen"
    assert article.title_raw is not None
    assert article.title_raw.of(raw) == "Ein Treffen, zwei Meinungen"


def test_breadcrumb_and_repeated_headline_are_dropped() -> None:
    title = "Kanzlerin trifft den Präsidenten an der Grenze zu Beispielland"
    article = _clean("\n".join([f"Start Nachricht {title[:40]}...", title, FIRST, title.lower(), SECOND]))
    assert article.title == title
    assert article.text == f"{FIRST}\n{SECOND}"
    assert set(_dropped(article)) == {0, 3}


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Mehr aktuelle News", Role.RELATED),
        ("Unser Newsletter am Morgen: jetzt kostenlos abonnieren.", Role.NEWSLETTER),
        ("03:07", Role.COUNTS),
        ("22 minutes ago", Role.FEED),
        ("vor 3 Stunden", Role.FEED),
        ("Anzeige", Role.ADVERT),
        ("Foto: Karla Beispiel", Role.CAPTION),
        ("Aktualisiert am 3. Mai 2023", Role.BYLINE),
        ("Reporting by Jane Example in London", Role.CREDIT),
        ("The minister said on Friday that he would not be at the talks with his party.", Role.FEED),
    ],
)
def test_furniture_between_paragraphs(line: str, role: Role) -> None:
    article = _clean("\n\n".join([FIRST, line, SECOND, THIRD]))
    assert article.text == "\n".join([FIRST, SECOND, THIRD])
    assert article.blocks[1].role is role
    assert article.blocks[1].reason.rule


def test_subheading_and_short_sentence_stay() -> None:
    article = _clean("\n".join([FIRST, "Ein alter Streit", SECOND, "Das ist neu.", THIRD]))
    assert article.text.split("\n") == [FIRST, "Ein alter Streit", SECOND, "Das ist neu.", THIRD]
    assert article.blocks[1].role is Role.SUBHEADING


def test_caption_printed_twice_is_dropped() -> None:
    caption = "Die Kanzlerin vor dem Werk im Süden"
    article = _clean("\n".join([FIRST, caption, caption, SECOND]))
    assert article.text == f"{FIRST}\n{SECOND}"


def test_tail_behind_a_cue_is_dropped() -> None:
    tail = ["More Stories", "Was die Stadt jetzt plant", "Ein Hund, der die Nachbarn in Atem hält, ist wieder da."]
    article = _clean("\n".join([FIRST, SECOND, THIRD, *tail]))
    assert article.text.endswith(THIRD)
    assert len(_dropped(article)) == 3


def test_lines_broken_at_links_are_one_paragraph() -> None:
    article = _clean("\n".join([FIRST, "Zuletzt hatte die", "Regierung", "in der Hauptstadt getagt.", SECOND]))
    assert "Zuletzt hatte die Regierung in der Hauptstadt getagt." in article.text.split("\n")


@pytest.mark.parametrize(
    ("lead", "agency"),
    [("Berlin (dpa) - ", "dpa"), ("LONDON, May 3 (Reuters) - ", "Reuters"), ("Wien (APA/dpa) – ", "APA")],
)
def test_dateline_is_cut_and_kept_aside(lead: str, agency: str) -> None:
    page = _page(f"{lead}{FIRST}\n{SECOND}")
    article = clean(page, FURNITURE, OUTLETS, HEADS)
    assert article.text == f"{FIRST}\n{SECOND}"
    assert article.lead == (lead.strip(),)
    assert article.agency == agency
    _check_segments(page, article)


def test_brackets_that_name_nobody_stay() -> None:
    text = f"Karla (hier links) {FIRST[0].lower()}{FIRST[1:]}"
    assert _clean(f"{text}\n{SECOND}").text.startswith("Karla (hier links)")


@pytest.mark.parametrize("mark", ["  © AFP", " (AFP)", " afp/tk"])
def test_closing_mark_is_cut(mark: str) -> None:
    article = _clean(f"{FIRST}\n{SECOND}{mark}")
    assert article.text == f"{FIRST}\n{SECOND}"
    assert article.agency == "AFP"


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        (["Kanzlerin trifft Präsidenten", "dpa", FIRST, SECOND, THIRD], "dpa"),
        ([FIRST, SECOND, THIRD, "Quelle: dpa/AFP"], "dpa"),
        ([FIRST, "Quelle: AFP", SECOND, THIRD, THIRD[5:]], "AFP"),
        ([FIRST, SECOND, "REUTERS", THIRD, FIRST[4:], SECOND[4:]], None),
        ([FIRST, SECOND, "Foto: AFP", THIRD], None),
    ],
)
def test_agency_signs_the_text_and_not_a_picture(lines: list[str], agency: str | None) -> None:
    assert _clean("\n".join(lines)).agency == agency


def test_outlet_comes_from_the_address() -> None:
    article = _clean(f"{FIRST}\n{SECOND}", metadata=Metadata(url="https://www.tagesschau.de/ausland/x.html"))
    assert article.outlet == "tagesschau.de"


def test_byline_and_stamp() -> None:
    article = _clean(
        "\n".join(["Kanzlerin trifft Präsidenten", "Von Karla Beispiel", "05.06.2023, 14:46 Uhr", FIRST, SECOND])
    )
    assert article.authors == ("Karla Beispiel",)
    assert article.lead == ("05.06.2023, 14:46 Uhr",)


@pytest.mark.parametrize("raw", ["", " \n\t\n", "Menü\nSuche\nImpressum", "****\n12\n", "\x00" * 50])
def test_pages_without_text_are_empty(raw: str) -> None:
    with pytest.raises(EmptyPage):
        _clean(raw)


HTML = f"""<!doctype html><html lang="de"><head><title>Kanzlerin trifft Präsidenten - Beispiel</title>
<meta property="og:title" content="Kanzlerin trifft Präsidenten"><meta property="og:site_name" content="Beispiel">
<meta property="article:published_time" content="2023-06-05T14:46:00+02:00"><meta name="author" content="Karla Muster">
<script>var x = "nicht <p>gezeigt</p>";</script></head><body><nav><a href="/">Start</a> <a href="/p">Politik</a></nav>
<article><h1>Kanzlerin trifft Präsidenten</h1><p>{FIRST}</p><p>{SECOND.replace("Sprecher", "<a href='/s'>Sprecher</a>")}
</p><p>{THIRD}</p></article><footer>Impressum</footer></body></html>"""


def test_a_flash_of_one_sentence_is_an_article() -> None:
    article = _clean("Menü\n\nDie Kanzlerin ist im Süden eingetroffen.\n\nImpressum")
    assert article.text == "Die Kanzlerin ist im Süden eingetroffen."


def test_paragraphs_broken_at_one_width_are_joined() -> None:
    words = f"{FIRST} {SECOND} {THIRD}".split()
    lines = [" ".join(words[i : i + 9]) for i in range(0, len(words), 9)]
    lines = [line[:70] for line in lines]
    assert "\n" not in _clean("\n".join(lines)).text


def test_html_is_read_and_aligned() -> None:
    page = _page(HTML, Form.HTML)
    article = clean(page, FURNITURE, OUTLETS, HEADS)
    assert article.text == "\n".join([FIRST, SECOND, THIRD])
    assert article.title == "Kanzlerin trifft Präsidenten"
    assert article.metadata.published == "2023-06-05"
    assert article.authors == ("Karla Muster",)
    assert all(segment.raw_start >= 0 for segment in article.segments)
    assert "gezeigt" not in flatten(page)
    _check_segments(page, article)


def test_html_keeps_stamp_and_credit_for_dating() -> None:
    raw = HTML.replace("</h1>", "</h1><div>Stand: 05.06.2023, 14:46 Uhr</div>").replace(
        "<footer>", "<footer><p>Quelle: dpa</p>"
    )
    article = _clean(raw, Form.HTML)
    assert article.lead == ("Stand: 05.06.2023, 14:46 Uhr",)
    assert article.agency == "dpa"


def test_no_clock_decides_which_dates_are_read() -> None:
    assert _clean(HTML.replace("2023-06-05", "2099-06-05"), Form.HTML).metadata.published == "2099-06-05"


def test_html_without_a_date_stays_undated() -> None:
    bare = HTML.replace('<meta property="article:published_time" content="2023-06-05T14:46:00+02:00">', "")
    assert _clean(bare, Form.HTML).metadata.published is None


def test_sidecar_wins_over_the_head() -> None:
    article = _clean(HTML, Form.HTML, Metadata(published="2023-06-04", outlet="Anderes Blatt"))
    assert article.metadata.published == "2023-06-04"
    assert article.outlet == "Anderes Blatt"


def test_deep_html_is_no_trouble() -> None:
    deep = "<div>" * 3000 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 3000
    assert isinstance(flatten(_page(deep, Form.HTML)), str)


PIECES = st.sampled_from(
    [FIRST, SECOND, THIRD, "Ein alter Streit", "Mehr zum Thema", "03:07", "", " ", "Berlin (dpa) - ", "© AFP", "Von",
     "\x00", "\ud800", "...", "a" * 300, "Der Sprecher", "sagte das in der", "\u2028", "\r", "22 minutes ago"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=14).map("\n".join))
def test_segments_are_verbatim(raw: str) -> None:
    page = _page(raw)
    try:
        article = clean(page, FURNITURE, OUTLETS, HEADS)
    except PageError:
        return
    assert article.text.strip()
    _check_segments(page, article)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "<br>", "<a href=x>", "</a>", "<!--", "-->", "<script>", "&amp;", "<table><td>"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(PIECES, TAGS, st.text(max_size=20)), max_size=14).map("".join))
def test_any_html_is_read_or_empty(raw: str) -> None:
    page = _page(raw, Form.HTML)
    try:
        article = clean(page, FURNITURE, OUTLETS, HEADS)
    except PageError:
        return
    _check_segments(page, article)
