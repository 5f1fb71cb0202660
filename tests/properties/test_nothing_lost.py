"""Every line of a page is in the article or dropped with a reason, and the article's text leads back to the page."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.clean import clean, flatten
from depesche.errors import EmptyPage, OversizedPage, PageError, UndecodablePage
from depesche.ingest.decode import decode, refuse_form
from depesche.model.page import Article, Form, Page
from depesche.packs.load import load_packs

PACKS = load_packs()
SENTENCES = (
    "Die Kanzlerin von Beispielland hat am Montag in der Hauptstadt mit dem Präsidenten über die Lage gesprochen.",
    "Beide wollen sich nach Angaben der Regierung im Herbst wieder treffen, um über den Hafen zu beraten.",
    "Die Opposition nannte das Treffen einen Fehler, weil die Regierung damit ihre Haltung aufgegeben habe.",
    "18:32 Uhr: Der Sprecher wies das zurück und sprach von einem Schritt, der seit langem geplant gewesen sei.",
    "14:10 Uhr: Nach dem Gespräch reiste die Kanzlerin weiter in den Süden des Landes, wo sie ein Werk besucht.",
    "09:05 Uhr: Ein Teilnehmer sagte, die Stimmung sei gut gewesen, auch wenn vieles noch offen geblieben sei.",
)
FURNITURE = (
    "Startseite", "Politik", "Liveblog zum Treffen der Kanzlerin", "18:10 Uhr", "Teilen", "Mittwoch, 15. Mai",
    "Mehr zum Thema",
    "Newsletter abonnieren", "12.03.2024", "Von Karla Beispiel", "Foto: dpa", "vor 3 Stunden", "30", "***", "Impressum",
    "President meets chancellor in the capital of the country, officials said on Monday.", "Москва", "", "   ",
)  # fmt: skip
LINES = st.lists(st.sampled_from(SENTENCES + FURNITURE), max_size=24)
TAGS = st.sampled_from(["p", "div", "li", "h2", "span", "td", "time", "article", "blockquote", "a", "b"])


def _assert_whole(page: Page, article: Article) -> None:
    flat = flatten(page)
    lines = flat.split("\n")
    assert [block.line for block in article.blocks] == [n for n, line in enumerate(lines) if line.strip()]
    for block in article.blocks:
        assert block.raw.of(flat) == lines[block.line].strip()
        assert block.reason.rule
    for segment in article.segments:
        if segment.raw_start >= 0:
            words = article.text[segment.text_start : segment.text_end]
            assert words == flat[segment.raw_start : segment.raw_end]
    for post in article.posts:
        assert 0 <= post.start < post.end <= len(article.text)
    assert all(one.end <= other.start for one, other in zip(article.posts, article.posts[1:], strict=False))


def _check(raw: str, form: Form) -> None:
    page = Page("p", "doc", form, raw)
    try:
        article = clean(page, PACKS.furniture, PACKS.outlets, PACKS.heads)
    except EmptyPage:
        return
    _assert_whole(page, article)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES)
def test_no_line_of_a_text_is_lost(lines: list[str]) -> None:
    _check("\n".join(lines), Form.TEXT)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.lists(st.tuples(TAGS, st.sampled_from(SENTENCES + FURNITURE)), max_size=24), st.booleans())
def test_no_line_of_html_is_lost(pieces: list[tuple[str, str]], inside: bool) -> None:
    body = "".join(f"<{tag}>{text}</{tag}>" for tag, text in pieces)
    body = f"<main><article>{body}</article></main>" if inside else body
    _check(f"<html><head><title>Liveblog zum Treffen</title></head><body>{body}</body></html>", Form.HTML)


# --- bad input


def test_a_text_longer_than_any_article_is_refused_by_name() -> None:
    page = Page("p", "doc", Form.TEXT, (SENTENCES[0] + " ") * 20_000)
    with pytest.raises(OversizedPage, match="at most 1,000,000"):
        clean(page, PACKS.furniture, PACKS.outlets, PACKS.heads)


@pytest.mark.parametrize("tag", ["table><tr><td", "div", "blockquote", "b"])
def test_ten_thousand_tags_in_one_another_are_read_or_refused_with_a_reason(tag: str) -> None:
    raw = "<html><body>" + f"<{tag}>" * 10_000 + "".join(f"<p>{one}</p>" for one in SENTENCES[:3])
    page = Page("p", "doc", Form.HTML, raw)
    try:
        article = clean(page, PACKS.furniture, PACKS.outlets, PACKS.heads)
    except PageError as error:
        assert str(error)
    else:
        _assert_whole(page, article)


@pytest.mark.parametrize("depth", [20, 1000])
def test_an_article_in_the_depth_is_found_by_its_lines(depth: int) -> None:
    raw = "<html><body>" + "<div>" * depth + "".join(f"<p>{one}</p>" for one in SENTENCES[:3])
    article = clean(Page("p", "doc", Form.HTML, raw), PACKS.furniture, PACKS.outlets, PACKS.heads)
    assert [one in article.text for one in SENTENCES[:3]] == [True] * 3
    _assert_whole(Page("p", "doc", Form.HTML, raw), article)


@pytest.mark.parametrize(
    "line",
    [
        "Президент Владимир Путин встретился в понедельник в Пекине с Си Цзиньпином, сообщили {} агентства новостей.",
        "التقى فلاديمير بوتين بالرئيس شي جين بينغ في بكين يوم الاثنين وناقش الجانبان التجارة والأمن {} في المنطقة.",
    ],
    ids=["Cyrillic", "Arabic"],
)
@pytest.mark.parametrize("form", [Form.TEXT, Form.HTML])
def test_other_scripts_are_cleaned_as_another_language(line: str, form: Form) -> None:
    lines = [line.format(word) for word in ("a", "b", "c", "d")]
    raw = "\n".join(lines) if form is Form.TEXT else f"<html><body>{''.join(f'<p>{one}</p>' for one in lines)}"
    page = Page("p", "doc", form, raw)
    article = clean(page, PACKS.furniture, PACKS.outlets, PACKS.heads)
    assert article.language == "other"
    assert all(one in article.text for one in lines)
    _assert_whole(page, article)


def test_windows_1252_called_utf_8_keeps_its_letters() -> None:
    page = "<html><meta charset=utf-8><p>" + "Der Präsident fährt über die Brücke nach Köln. " * 3
    assert decode(page.encode("cp1252"), is_html=True) == page


def test_a_few_broken_bytes_do_not_spoil_a_text() -> None:
    text = "Der Präsident fährt über die Brücke nach Köln. " * 5
    broken = text.encode().replace("ö".encode(), b"\xc3", 1)
    assert decode(broken).count("\ufffd") == 1
    assert decode(broken).endswith("Köln. ")


def test_binary_and_empty_files_are_named_as_such() -> None:
    with pytest.raises(UndecodablePage, match="binary"):
        refuse_form(bytes(range(256)) * 50)
    with pytest.raises(EmptyPage, match="empty"):
        refuse_form(b" \n")
