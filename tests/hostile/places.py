"""Where hostile words can stand: each place makes of a number, of words and of a story the files of one input.

The number names the folder of the input, so that what became of it can be told from the source, and stands in the
story, so that no two inputs are the same page.
"""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from pieces import tarred, zipped
from story import Story

Files: TypeAlias = dict[str, bytes]
"""The files of an input, by their path in its folder."""

Place: TypeAlias = Callable[[str, Story], Files]

LONGEST_NAME = 180  # bytes of a name that any file system takes


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _name(words: str) -> str:
    """The words as a file may be called: without what no name may hold, and not hidden."""
    bare = "".join(ch for ch in words if ch not in "/\0" and not "\ud800" <= ch <= "\udfff").lstrip(".")
    return bare.encode()[:LONGEST_NAME].decode("utf-8", "ignore") or "x"


def _page(story: Story, head: str = "", body: str = "", title: str | None = None) -> bytes:
    """A page of HTML with the story; head and body are put in as they are."""
    told = html.escape(story.title if title is None else title)
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in story.paragraphs)
    return _bytes(
        f"<!doctype html><html><head><meta charset=utf-8><title>{told}</title>{head}</head>"
        f"<body><main><article><h1>{told}</h1>{paragraphs}{body}</article></main></body></html>"
    )


def _ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def _meta(words: str, *names: str) -> str:
    return "".join(f'<meta property="{name}" content="{html.escape(words)}">' for name in names)


def _member(words: str) -> str:
    """The words as a member of an archive may be called, which is nearly anything."""
    return "".join(ch for ch in words[:999] if not "\ud800" <= ch <= "\udfff").replace("\0", "") + ".txt"


def _record(story: Story, **fields: object) -> Files:
    return {"r.jsonl": json.dumps({"text": story.text, **fields}).encode()}


def _beside(story: Story, **fields: object) -> Files:
    return {"s.txt": _bytes(story.text), "s.meta.json": json.dumps(fields).encode()}


def _all_of_a_record(words: str, story: Story) -> Files:
    told = {"title": words, "outlet": words, "language": words, "authors": [words, {"name": words}]}
    return _record(story, doc=f"{words}{story.number}", **told)


def _all_of_a_note(words: str, story: Story) -> Files:
    return _beside(story, url=words, outlet=words, title=words, published=words, fetched=words)


def _author(words: str, story: Story) -> Files:
    return {"h.html": _page(story, head=_meta(words, "author", "article:author"))}


def _about(words: str, story: Story) -> Files:
    return {"h.html": _page(story, head=_meta(words, "og:title", "og:site_name", "og:url", "og:description"))}


def _day(words: str, story: Story) -> Files:
    told = html.escape(words)
    head = _meta(words, "article:published_time", "article:modified_time")
    return {"h.html": _page(story, head=head, body=f'<time datetime="{told}">heute</time>')}


def _canonical(words: str, story: Story) -> Files:
    return {"h.html": _page(story, head=f'<link rel="canonical" href="{html.escape(words)}">')}


def _attributes(words: str, story: Story) -> Files:
    told = html.escape(words)
    return {"h.html": _page(story, body=f'<div class="{told}" id="{told}"><img alt="{told}" src="{told}"></div>')}


def _broken_attributes(words: str, story: Story) -> Files:
    return {"h.html": _page(story, body=f"<p class={words} title='{words}>x</p>")}


def _unshown(words: str, story: Story) -> Files:
    return {"h.html": _page(story, body=f"<!-- {words} --><noscript>{words}</noscript>")}


def _cell(words: str, story: Story) -> Files:
    row = f"<tr><td>{words}</td><td>{html.escape(words)}</td></tr>"
    return {"h.html": _page(story, body=f"<table>{row}</table>")}


def _structured(words: str, story: Story) -> Files:
    who = {"name": words}
    told = _ld(headline=words, author=who, datePublished=words, publisher=who, articleSection=words)
    return {"h.html": _page(story, head=told)}


def _broken_structured(words: str, story: Story) -> Files:
    return {"h.html": _page(story, head=f'<script type="application/ld+json">{{"headline": "{words}</script>')}


def _table(words: str, story: Story) -> Files:
    cell = words.replace('"', '""')
    rows = f'file,url,outlet,title\nt.txt,"{cell}","{cell}","{cell}"\n'
    return {"t.txt": _bytes(story.text), "pages.csv": _bytes(rows)}


def _warc(words: str, story: Story) -> Files:
    """An answer whose address and headers hold the words."""
    line = " ".join(words.split())
    body = _page(story)
    block = _bytes(f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={line[:40]}\r\nX-Odd: {line}\r\n\r\n") + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://hafen.example/{line}\r\n"
    rest = "WARC-Date: 2024-05-16T10:11:12Z\r\nContent-Type: application/http; msgtype=response\r\n"
    return {"w.warc": _bytes(f"{head}{rest}Content-Length: {len(block)}\r\n\r\n") + block + b"\r\n\r\n"}


PLACES: Mapping[str, Place] = {
    # text
    "title": lambda words, story: {"a.txt": _bytes(story.titled(f"{story.title} {words}").text)},
    "whole title": lambda words, story: {"a.txt": _bytes(story.titled(words).text)},
    "body": lambda words, story: {"a.txt": _bytes(story.with_words(words).text)},
    "paragraph": lambda words, story: {"a.txt": _bytes(f"{story.text}\n\n{words}\n")},
    "quotation": lambda words, story: {"a.txt": _bytes(story.saying(words).text)},
    "name": lambda words, story: {"a.txt": _bytes(story.named(words).text)},
    "byline": lambda words, story: {"a.txt": _bytes(story.text.replace("\n\n", f"\n\nVon {words}\n\n", 1))},
    "place": lambda words, story: {"a.txt": _bytes(story.at(words).text)},
    "packed text": lambda words, story: {"a.txt.gz": gzip.compress(_bytes(story.with_words(words).text), mtime=0)},
    # names of files
    "file name": lambda words, story: {f"{_name(words)}.txt": _bytes(story.text)},
    "folder": lambda words, story: {f"{_name(words)}x/a.txt": _bytes(story.text)},
    "member of a zip": lambda words, story: {"z.zip": zipped([(_member(words), _bytes(story.text))])},
    "member of a tar": lambda words, story: {"z.tar": tarred([(_member(words), _bytes(story.text))])},
    # HTML
    "title of HTML": lambda words, story: {"h.html": _page(story, title=f"{words} {story.title}")},
    "head of HTML": lambda words, story: {"h.html": _page(story, head=words)},
    "body of HTML": lambda words, story: {"h.html": _page(story, body=f"<p>{words}</p>")},
    "text of HTML": lambda words, story: {"h.html": _page(story.with_words(words))},
    "name in HTML": lambda words, story: {"h.html": _page(story.named(words).titled(words))},
    "author of HTML": _author,
    "about HTML": _about,
    "day of HTML": _day,
    "address of HTML": _canonical,
    "attributes of HTML": _attributes,
    "broken attributes": _broken_attributes,
    "comment of HTML": _unshown,
    "cell of HTML": _cell,
    "charset of HTML": lambda words, story: {"h.html": b"<meta charset=" + _bytes(words[:60]) + b">" + _page(story)},
    "JSON-LD": _structured,
    "broken JSON-LD": _broken_structured,
    # records and sidecars
    "record": _all_of_a_record,
    "days of a record": lambda words, story: _record(story, published=words, modified=words, fetched=words, url=words),
    "address of a record": lambda words, story: _record(story, url=f"https://hafen.example/{words}", title=story.title),
    "text of a record": lambda words, story: _record(story.with_words(words), title=f"{words} {story.title}"),
    "keys of a record": lambda words, story: _record(story, **{words: {words: [words]}}),
    "note": _all_of_a_note,
    "broken note": lambda words, story: {"s.txt": _bytes(story.text), "s.meta.json": _bytes('{"url": "' + words)},
    "table": _table,
    "WARC": _warc,
}
"""By name."""
