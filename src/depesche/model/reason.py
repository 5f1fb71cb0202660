"""Why a value is what it is."""

from __future__ import annotations

import msgspec

from depesche.model.text import Span


class Reason(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rule or model that gave a value, and what it leaned on.

    `rule` is a dotted id ("date.weekday", "de.consult.treffen"). `version` is that of the knowledge or
    model behind it; code rules leave it empty, since the reading that holds them names the package
    version. `span` points at the words in the article's text, where there are any. `note` is a
    sentence or less for a person. `score` is the weight in whole points, for rules that weigh.
    """

    rule: str
    note: str = ""
    span: Span | None = None
    score: int | None = None
    version: str = ""
