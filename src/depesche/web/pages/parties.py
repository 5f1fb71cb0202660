"""Parties: list, dossier, pair."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from litestar import Response, get
from litestar.params import FromPath

from depesche.answers.browse import Asked
from depesche.answers.dossier import Dossier, dossier, pair, party_list
from depesche.answers.quotes import QuoteFilter, narrowed
from depesche.answers.utterances import Utterance
from depesche.errors import UsageError
from depesche.web.guards import Asking
from depesche.web.pictures.strip import strip_picture
from depesche.web.pictures.ties import ties_picture
from depesche.web.pictures.tone import tone_picture
from depesche.web.request import text_in
from depesche.web.visit import Visit, show

QUOTED = 12
"""Utterances in a dossier, the latest."""


@get("/parties", include_in_schema=False, sync_to_thread=True)
def parties(request: Asking) -> Response[str]:
    """Who takes part, most entries first."""

    def make(visit: Visit) -> Mapping[str, object]:
        named = text_in(visit.params, "name")
        return {"answer": party_list(visit.all, named), "named": named}

    return show(request, "parties.html", make)


@get("/party/{id:str}", include_in_schema=False, sync_to_thread=True)
def party(request: Asking, id: FromPath[str]) -> Response[str]:
    """A dossier; with another party in the address, that of both."""

    def make(visit: Visit) -> Mapping[str, object]:
        asked, other = unquote(id), text_in(visit.params, "with")
        score = visit.site.ontology.score
        if other:
            answer = pair(visit.view, visit.all, (asked, other), score)
        else:
            answer = dossier(visit.view, visit.all, asked, score)
        both = Asked(party=answer.party.id, with_party=answer.other.id if answer.other else None)
        return {
            "answer": answer,
            "asked": both,
            "strip": strip_picture(answer.strip, both, visit.tongue),
            "ties": ties_picture(answer),
            "tone": tone_picture(answer.tones, answer.unit, visit.tongue),
            "said": _said(visit, answer),
        }

    return show(request, "party.html", make)


def _said(visit: Visit, answer: Dossier) -> tuple[Utterance, ...]:
    if answer.other is not None:
        return ()
    found = visit.site.utterances(visit.view, visit.key)
    try:
        return tuple(reversed(narrowed(found, visit.view.parties(), QuoteFilter(speaker=answer.party.id))))[:QUOTED]
    except UsageError:  # nobody of that id is quoted
        return ()
