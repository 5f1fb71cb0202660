"""Text from pages made harmless for what is to hold it: a terminal, a line of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_NO_XML = re.compile("[\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MARK = "\ufffd"


def plain(text: str) -> str:
    """The text on one line, without anything that a terminal obeys or that turns the direction of writing."""
    if text.isprintable() and "  " not in text and not text.startswith(" ") and not text.endswith(" "):
        return (
            text  # nothing to do, as nearly always: what is printable has no such sign and no blank but the plain one
        )
    return _CONTROLS.sub(MARK, " ".join(text.split()))


def plain_lines(text: str) -> str:
    """The same with its lines kept."""
    return _CONTROLS.sub(MARK, _LINE_ENDS.sub("\n", text))


def whole(text: str) -> str:
    """The text with each lone surrogate, which no file can hold, replaced one for one: offsets stay right."""
    return _SURROGATE.sub(MARK, text)


def json_line(value: object) -> str:
    """The value as one line of JSON with its line feed; keys stay in their order."""
    return whole(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) + "\n"


def json_lines_in(head: str, values: Iterable[object], tail: str) -> Iterator[str]:
    """One JSON document with a long list in it, an item a line, in pieces: head and tail are what stands around."""
    yield head
    mark = ""
    for value in values:
        yield f"{mark}{json_line(value)[:-1]}"
        mark = ",\n"
    yield f"\n{tail}\n" if mark else f"{tail}\n"


def marked(text: str) -> str:
    """The text on one line, as HTML and XML show it; what no XML may hold is replaced."""
    return escape(_NO_XML.sub(MARK, plain(text)))
