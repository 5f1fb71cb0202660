"""Text from pages made harmless for what is to hold it: a terminal, a line of JSON."""

from __future__ import annotations

import json
import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MARK = "\ufffd"


def plain(text: str) -> str:
    """The text on one line, without anything that a terminal obeys or that turns the direction of writing."""
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
