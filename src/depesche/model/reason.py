"""Why a value is what it is."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from depesche.model.text import Span


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rule or model that gave a value, and what it leaned on.

    `rule` is a dotted id ("date.weekday", "de.consult.treffen"). `version` is that of the knowledge or
    model behind it: package version and digest of the knowledge, stamped when a page has been read and
    when a pile has been linked. `span` points at the words in the article's text, where there are any. `note` is a
    sentence or less for a person. `score` is the weight in whole points, for rules that weigh.
    """

    rule: str
    note: str = ""
    span: Span | None = None
    score: int | None = None
    version: str = ""


T = TypeVar("T")


def stamped(value: T, version: str) -> T:
    """The value with the version in every reason inside it that has none yet."""
    if isinstance(value, Reason):
        return value if value.version else msgspec.structs.replace(value, version=version)
    if isinstance(value, tuple):
        parts = tuple(stamped(part, version) for part in value)
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else parts  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct) and not isinstance(value, Span):
        changed = {}
        for name in value.__struct_fields__:
            part = getattr(value, name)
            fresh = stamped(part, version) if isinstance(part, tuple | msgspec.Struct) else part
            if fresh is not part:
                changed[name] = fresh
        return msgspec.structs.replace(value, **changed) if changed else value
    return value
