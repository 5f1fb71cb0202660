"""What hostile and strange inputs are made of: words that stages look for, tags, marks, and how they are joined."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

from hypothesis import strategies as st

GERMAN = (
    "Der", "die", "Präsident", "Wladimir Putin", "Xi Jinping", "China", "Alexander Stubb", "traf", "trifft", "wird",
    "hat", "habe", "sagte", "sagt", "dass", "und", "nicht", "am", "im", "nach", "von", "vor", "seit", "Montag",
    "gestern", "morgen", "Woche", "Jahren", "vergangenen", "Anfang", "bis", "zwischen", "Mai", "31. Februar",
    "16. Mai 2024", "2024-05-16", "1.1.1", "24:61 Uhr", "18.30 Uhr", "53. KW", "2023/24", "99999999999999999999", "½",
    "%", "Menschen", "getötet", "Angriff", "griff", "an", "warf", "zu haben", "reist", "Treffen", "Sanktionen",
    "laut", "zufolge", "Kreml", "(dpa)", "Berlin", "Von Karla Beispiel", "er", "sich", "wer", "obwohl", "der",
    "dessen", "plant", "abgesagt", "Weihnachten", "Dr.", "USA", "G7", "Liveblog", "Teilen", "Newsletter abonnieren",
    "Mehr zum Thema", "Stand:", "aktualisiert", "Foto:",
)  # fmt: skip
MARKS = (
    ",", ".", ";", ":", "!", "?", "–", "-", "„", "“", "”", "»", "«", "›", "‹", '"', "'", "(", ")", "[", "]", "…",
    "...", "/", "\n", "\n\n", "\t", " ", "\r", "\u2028", "\u2029", "\x0b", "\x85", "\u00a0", "\u200b", "\u00ad",
    "\ufeff", "\u202e", "\u2066", "\x00", "\x1b[31m", "\ud800", "\udfff", "\ufffe", "😀", "ẞ", "İ", "ﬁ", "a\u0301",
    "١٢", "²", "Ⅻ", "\U0010ffff",
)  # fmt: skip
TAGS = (
    "<html>", "<head>", "<title>", "</title>", "<meta charset=utf-8>", "<body>", "<p>", "</p>", "<div>", "</div>",
    "<article>", "</article>", "<h1>", "</h1>", "<ul>", "<li>", "<table>", "<tr>", "<td>",
    "<time datetime='2024-05-16T12:00'>", "</time>", "<script type='application/ld+json'>", "</script>",
    '{"@type":"NewsArticle","headline":"a","datePublished":"2024-05-16"}', "<meta name=author content='Karla'>",
    "<meta property=article:published_time content=2024-05-16>", "<!--", "-->", "<br>",
    "<a href='javascript:alert(1)'>", "</a>", "<span class=author>", "</span>", "<![CDATA[", "]]>", "<style>",
    "</style>", "<svg>", "&amp;", "&#0;", "&#xd800;", "&lt;", "<", ">", "<blockquote>", "<figure>",
    "<link rel=canonical href=//x>", "<noscript>",
)  # fmt: skip
FEED = (
    "<?xml version='1.0'?>", "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<link>",
    "https://hafen.example/a", "</link>", "<pubDate>Thu, 16 May 2024 07:00:00 GMT</pubDate>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<urlset>",
    "<url><loc>https://hafen.example/b</loc></url>", "<lastmod>2024-05-16</lastmod>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;",
    '{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://hafen.example/c"}]}',
    "<opml><outline xmlUrl='x'/>",
)  # fmt: skip
RECORD = (
    '{"text":"', '"}', '","title":"', '","published":"2024-05-16', '","url":"https://hafen.example/',
    '","authors":["', '"]', "[", "{", "}", "]", ",", ":", "null", "1e999", "\\ud800", "\\u0000",
    "file,url,published\n", 'a,"b', "true", "-0", "NaN",
)  # fmt: skip
SEARCH = ('"', "*", "AND", "OR", "NOT", "NEAR(", "^", "%", "_", "\\", "(", "-", "+", ":", "person:", "{", "treffen")
WORDS = (*GERMAN, *MARKS, *TAGS, *FEED, *RECORD, *SEARCH)
"""All of them."""

_BY_STAGE = {
    "flatten": (*TAGS, *GERMAN, *MARKS),
    "clean": (*TAGS, *GERMAN, *MARKS),
    "date": (*GERMAN, *MARKS, *TAGS),
    "feeds": (*FEED, *TAGS, *MARKS),
    "records": (*RECORD, *MARKS),
    "search": (*SEARCH, *GERMAN, *MARKS),
}


def inputs(stage: str) -> st.SearchStrategy[bytes]:
    """Inputs for a stage: words in any order, repeated or not, with blanks between them or none."""
    word = st.sampled_from(_BY_STAGE.get(stage, (*GERMAN, *MARKS)))
    piece = st.one_of(
        word, st.builds(lambda one, times: one * times, word, st.integers(2, 60)), st.text(max_size=8), st.just("\n")
    )
    soup = st.builds(_joined, st.sampled_from((" ", " ", "")), st.lists(piece, max_size=120))
    long = st.builds(lambda text, times: (text * times)[:10_000], soup, st.integers(1, 40))
    text = st.one_of(soup, soup, long).map(lambda one: one.encode("utf-8", "surrogatepass"))
    if stage != "ingest":
        return text
    return st.builds(lambda first, data: bytes([first]) + data, st.integers(0, 255), st.one_of(text, _archives(text)))


def _joined(between: str, pieces: list[str]) -> str:
    return between.join(pieces)


MEMBERS = ("a.html", "../a.txt", "/etc/a.txt", "a.jsonl", "b.txt.gz", "pages.csv", "a.meta.json", "c:\\a.txt")


def _archives(text: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Archives of such inputs, some of them cut off or with bytes turned over."""
    names = st.sampled_from(
        ("a.html", "../a.txt", "/etc/a.txt", "a.jsonl", "b.txt.gz", "pages.csv", "a.meta.json", "c:\\a.txt")
    )
    members = st.lists(st.tuples(names, text), max_size=4)
    whole = st.one_of(st.builds(zipped, members), st.builds(tarred, members))
    return st.builds(_damaged, whole, st.integers(0, 10_000), st.integers(0, 255), st.booleans())


def _damaged(data: bytes, place: int, byte: int, cut: bool) -> bytes:
    at = place % max(len(data), 1)
    return data[:at] if cut else data[:at] + bytes([byte]) + data[at + 1 :]


def zipped(members: list[tuple[str, bytes]]) -> bytes:
    """A zip file of them, none named twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in dict(members).items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: list[tuple[str, bytes]]) -> bytes:
    """A tar file of them."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            head = tarfile.TarInfo(name)
            head.size = len(data)
            archive.addfile(head, io.BytesIO(data))
    return out.getvalue()


def recorded(**fields: object) -> bytes:
    """One record of JSON on its line."""
    return json.dumps(fields).encode() + b"\n"
