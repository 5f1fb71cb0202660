"""Feeds in their forms, as they come: broken, wrongly coded, made to exhaust who reads them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from depesche.errors import FetchError, UsageError
from depesche.fetch import feeds_of_opml, read_feed
from depesche.fetch.feeds import FEED_ENTRIES
from depesche.model.response import Response
from depesche.model.watching import Feed, Listed

BASE = "https://hafen.example/feeds/alle.xml"


def _read(body: bytes | str, media: str = "application/xml") -> Feed:
    data = body.encode() if isinstance(body, str) else body
    return read_feed(Response(BASE, 200, (("content-type", media),), data))


def _at(day: int, hour: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, tzinfo=UTC)


A, B = "https://hafen.example/a", "https://hafen.example/b"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title> Hafen\n blatt </title>
<item><title>Eins</title><link>https://hafen.example/a</link><pubDate>Thu, 16 May 2024 08:00:00 +0200</pubDate></item>
<item><title>Zwei</title><link>/b#oben</link></item>
<item><link>mailto:x@hafen.example</link></item><item><title>Ohne</title></item>
<item><link>https://hafen.example/a</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Hafenblatt</title>
<entry><title>Eins</title><link rel="alternate" href="https://hafen.example/a"/><published>2024-05-15T00:00:00Z</published>
<updated>2024-05-16T06:00:00Z</updated></entry>
<entry><link rel="self" href="https://hafen.example/x"/><link href="../b"/></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Hafenblatt", "items": [
{"id": "1", "url": "https://hafen.example/a", "date_published": "2024-05-16T08:00:00+02:00"},
{"id": "2", "external_url": "https://hafen.example/b"}, {"id": "3"}, 7]}"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="https://news.example/0.9">
<url><loc> https://hafen.example/a </loc>
<news:news><news:publication><news:name>Hafenblatt</news:name></news:publication>
<news:publication_date>2024-05-16T08:00:00+02:00</news:publication_date></news:news></url>
<url><loc>https://hafen.example/b</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://hafen.example/n.xml</loc>
<lastmod>2024-05-16</lastmod></sitemap></sitemapindex>"""


@pytest.mark.parametrize("body", [RSS, ATOM, JSON, NEWS, "\ufeff\n" + NEWS])
def test_forms_of_feeds(body: str) -> None:
    found = _read(body)
    assert found.title == ("Hafen blatt" if body == RSS else "Hafenblatt")
    assert found.pages == (Listed(A, _at(16, 6)), Listed(B))


def test_a_sitemap_of_sitemaps_has_parts() -> None:
    assert _read(INDEX) == Feed(parts=(Listed("https://hafen.example/n.xml", _at(16)),))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("Kein Feed", "no XML"),
        ("<x><y/></x>", "no feed of a known form"),
        ('{"version": 1}', "no JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 5}', "no JSON Feed"),
        ("{kaputt", "no JSON Feed"),
        ("{" + '"a":{' * 100_000, "no JSON Feed"),
        ("<!DOCTYPE html><html><p>Hafen", "a page of HTML, no feed"),
        ('<html><link rel=alternate type="application/rss+xml" href="/rss">', "it names https://hafen.example/rss"),
        (bytes(10_000), "no XML"),
        (b"\x1f\x8b" + bytes(50), "no XML"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes | str, said: str) -> None:
    with pytest.raises(FetchError) as refused:
        _read(body)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        RSS.replace("Eins", "Eins & Co. <br>"),
        RSS.replace("<title>Zwei</title>", "<title>Zwei"),
        RSS[: RSS.index("<item><link>mailto")],
        RSS.replace("Eins", "Caf\xe9 \x0b &nbsp; &eacute;"),
        RSS.replace('version="1.0"?', 'version="1.0" encoding="x-unknown"?'),
        RSS.replace('version="1.0"?', 'version="1.0" encoding="utf-16"?'),
    ],
)
def test_broken_xml_is_read_as_far_as_it_makes_sense(body: str) -> None:
    assert sorted(page.url for page in _read(body).pages) == [A, B]


@pytest.mark.parametrize("media", ["application/xml; charset=utf-8", "text/xml; charset=nonsense", ""])
def test_a_wrong_charset_loses_no_page(media: str) -> None:
    body = RSS.replace("Hafen\n blatt", "Hafenblätter").encode("cp1252")
    assert [page.url for page in _read(body, media).pages] == [A, B]


def test_the_charset_of_the_server_counts() -> None:
    body = RSS.replace("Hafen\n blatt", "Λιμάνι").encode("iso-8859-7")
    assert _read(body, "application/rss+xml; charset=iso-8859-7").title == "Λιμάνι"


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>',
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{ENTITIES.replace("l11", "l99")}<!ENTITY l11 "aaa">]>',
    ],
)
def test_entities_are_not_expanded(doctype: str) -> None:
    found = _read(RSS.replace("?>", "?>" + doctype).replace("Hafen\n", "Hafen &l11;" * 100 + "\n"))
    assert [page.url for page in found.pages] == [A, B]
    assert found.title is not None
    assert "lol" not in found.title
    assert "root" not in found.title
    assert "aaa" not in found.title


@pytest.mark.parametrize("declared", [f'<!ENTITY l0 "lol">{ENTITIES}', f'<!ENTITY l11 "{"a" * 100_000}">'])
def test_bombs_of_entities_are_refused(declared: str) -> None:
    body = RSS.replace("?>", f"?><!DOCTYPE rss [{declared}]>").replace("Hafen\n", "Hafen &l11;" * 100 + "\n")
    with pytest.raises(FetchError, match="exhaust"):
        _read(body)


@pytest.mark.parametrize(
    "body",
    [
        "<rss version='2.0'><channel><item>" + "<a>" * 100_000,
        "<rss version='2.0'><channel><item>&" + "<a>" * 100_000,
        "<rss version='2.0'><channel><item>" + "<" * 200_000,
        "<rss version='2.0'><channel><item>" + "&" * 200_000,
        "<rss version='2.0'><channel><item>" + "<![CDATA[" * 50_000,
        "<rss><!--" * 30_000,
        "<rss version='2.0'><channel>" + "<item a='" * 20_000,
        "<urlset>" + "<url>" * 100_000,
        "<html>" + "<link " * 100_000,
        "<!--" * 100_000,
    ],
)
def test_hostile_xml_is_read_or_refused(body: str) -> None:
    try:
        assert len(_read(body).pages) <= FEED_ENTRIES
    except FetchError as error:
        assert str(error)


def test_only_so_many_entries_are_taken() -> None:
    items = "".join(f"<item><link>https://hafen.example/{n}</link></item>" for n in range(FEED_ENTRIES + 500))
    found = _read(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    assert len(found.pages) == FEED_ENTRIES


@pytest.mark.parametrize(
    "told", ["Mon, 99 Foo 99999", "0000-00-00", "9999999999999999", "2024-05-16T99:99:99Z", "x" * 9999]
)
def test_times_that_are_none(told: str) -> None:
    body = RSS.replace("Thu, 16 May 2024 08:00:00 +0200", told)
    assert [page.url for page in _read(body).pages] == [A, B]


def test_a_list_of_feeds() -> None:
    opml = (
        '<opml version="2.0"><body><outline text="x"><outline xmlUrl="https://hafen.example/rss" text="H"/></outline>'
        '<outline xmlUrl=" https://kai.example/atom "/><outline xmlUrl="https://hafen.example/rss"/></body></opml>'
    )
    assert feeds_of_opml(opml.encode(), "f.opml") == ["https://hafen.example/rss", "https://kai.example/atom"]
    for bad in (b"", b"<opml/>", b"nichts", b"<opml><outline text='x'/></opml>"):
        with pytest.raises(UsageError, match=r"f\.opml"):
            feeds_of_opml(bad, "f.opml")


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (RSS.replace("Hafen\n", "Hafen&#55555;&#xD800;&#x1F600;"), [A, B]),
        (NEWS.replace("https://hafen.example/b", "https://hafen.example/&#55555;b"), [A, "https://hafen.example/?b"]),
        (RSS.replace("Eins</title>", "Eins</title><georss:where xmlns:georss='g'><x/></georss:where>"), [A, B]),
        (RSS.replace("</item>\n", "<guid>/link</item>\n", 1), [A, B]),
    ],
)
def test_what_made_parsers_fail_is_read(body: str, pages: list[str]) -> None:
    assert sorted(page.url for page in _read(body).pages) == sorted(pages)


PIECES = (
    "<a>",
    "</item>",
    "<item>",
    "&#x0;",
    "&#55555;",
    "]]>",
    "<![CDATA[",
    "xmlns:x='",
    "http://[",
    "\0",
    "<!--",
    "<link>",
)


def test_any_damage_of_a_feed_is_read_or_refused() -> None:
    rng = random.Random(11)
    for _ in range(300):
        body = rng.choice((RSS, ATOM, JSON, NEWS, INDEX))
        for _ in range(rng.randint(1, 5)):
            place = rng.randrange(len(body))
            body = (
                body[:place]
                + rng.choice((*PIECES, chr(rng.randrange(1, 0x2100))))
                + body[place + rng.choice((0, 1, 9)) :]
            )
        try:
            found = _read(
                body, rng.choice(("text/xml; charset=cp1252", "x; charset=utf-16", "x; charset=punycode", ""))
            )
        except FetchError as error:
            assert str(error)
        else:
            assert all(page.url.isascii() for page in (*found.pages, *found.parts))
