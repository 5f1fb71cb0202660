"""The inputs: hostile words of every kind at every place that has words, and the few that are hostile by their size."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from payloads import PAYLOADS
from places import PLACES, Files
from story import Story, story

EACH = 3
"""Of all pairs of words and place one of so many is an input; DEPESCHE_HOSTILE=all takes them all."""


class Input(msgspec.Struct, frozen=True):
    """One hostile input: what it is, and its files by path. All of them lie in the folder of its name."""

    name: str
    says: str
    files: Files

    def write(self, folder: Path) -> None:
        """Writes its files."""
        for path, data in self.files.items():
            file = folder / self.name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def inputs() -> Iterator[Input]:
    """All of them, the same ones every time."""
    each, number = 1 if os.environ.get("DEPESCHE_HOSTILE") == "all" else EACH, 0
    for i, (kind, words) in enumerate(PAYLOADS.items()):
        for j, (where, place) in enumerate(PLACES.items()):
            if (i + j) % each == 0:
                number += 1
                yield Input(f"{number:04}", f"{kind}, {where}", place(words, story(number)))
    for name, files in heavy(story(number + 1)):
        number += 1
        yield Input(f"{number:04}", name, files)


def heavy(told: Story) -> Iterator[tuple[str, Files]]:
    """What is hostile by its size, depth or number."""
    text = told.text.encode()
    yield "a line of 100 MB", {"l.txt": text + b" " + b"Wort " * 20_000_000}
    yield "a line of 6 MB", {"l.txt": text + b"\n\n" + b"wort" * 1_500_000}
    yield "a record of 8 MB", {"l.jsonl": b'{"text": "' + b"a" * 8_000_000 + b'"}\n'}
    yield "gzip bomb", {"b.txt.gz": gzip.compress(bytes(100_000_000))}
    yield "gzip bomb of words", {"b.html.gz": gzip.compress(b"<p>Wort</p>" * 9_000_000)}
    yield "zip bomb", {"b.zip": _zip({f"{n}.txt": bytes(40_000_000) for n in range(3)})}
    yield "zip of many", {"m.zip": _zip({f"{n}.txt": b"" for n in range(1200)})}
    yield "zip in a zip", {"z.zip": _zip({"a.zip": _zip({"a.txt": text})})}
    yield "ten thousand tags", {"t.html": b"<html><body>" + b"<div>" * 10_000 + b"<p>" + text}
    yield "ten thousand tags of tables", {"t.html": b"<html><body>" + b"<table><tr><td>" * 3334 + text}
    yield "ten thousand open tags", {"t.html": b"<html><body><p>" + text + b"<b><i>" * 5000}
    yield "many attributes", {"t.html": b"<html><body><p " + b'a="1" ' * 100_000 + b">" + text}
    yield "a long attribute", {"t.html": b'<html><body><p class="' + b"a" * 1_500_000 + b'">' + text}
    yield "many entities", {"t.html": b"<html><body><p>" + text + b"&amp;&nbsp;&#8203;" * 8000}
    yield "deep JSON", {"j.json": b"[" * 200_000}
    yield (
        "deep JSON-LD",
        {"j.html": b'<script type="application/ld+json">' + b'{"a":' * 50_000 + b"</script><p>" + text},
    )
    yield "numbers in JSON", {"j.json": b'{"text": ' + b"9" * 100_000 + b"}"}
    yield "a wide table", {"s.txt": text, "pages.csv": b"file," + b"x," * 200_000 + b"\n"}


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
