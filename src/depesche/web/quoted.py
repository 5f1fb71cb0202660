"""What was said, a page at a time: for the page of quotes and the API."""

from __future__ import annotations

import msgspec

from depesche.answers.quotes import QuoteFilter, narrowed
from depesche.answers.utterances import Utterance
from depesche.web.request import day_in, number_in, text_in
from depesche.web.visit import Visit

SHOWN = 30


class Quoted(msgspec.Struct, frozen=True):
    """Utterances by day from that place of all that were found; `next` is where they go on."""

    filter: QuoteFilter
    total: int
    start: int
    utterances: tuple[Utterance, ...]
    previous: int | None
    next: int | None


def quoted(visit: Visit) -> Quoted:
    """The utterances that the address asks for; UsageError where nobody of that name is quoted."""
    params = visit.params
    filter = QuoteFilter(
        speaker=text_in(params, "speaker"),
        about=text_in(params, "about"),
        start=day_in(params, "from"),
        end=day_in(params, "to"),
    )
    start = number_in(params, "start")
    found = narrowed(visit.site.utterances(visit.view, visit.key), visit.view.parties(), filter)
    return Quoted(
        filter=filter,
        total=len(found),
        start=start,
        utterances=found[start : start + SHOWN],
        previous=max(start - SHOWN, 0) if start else None,
        next=start + SHOWN if start + SHOWN < len(found) else None,
    )
