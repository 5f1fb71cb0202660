"""Templates: everything from pages is escaped, and what a terminal or a direction of writing would obey is replaced."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from depesche.export.addresses import address
from depesche.export.escaping import escaping
from depesche.export.words import SIGNS
from depesche.model.page import Card, Metadata
from depesche.web.links import entry_link, lead, page_link, party_link, story_link
from depesche.web.request import query_of

TEMPLATES = Path(__file__).with_name("templates")


@cache
def environment() -> Environment:
    """The templates."""
    made = escaping(TEMPLATES)
    made.globals |= {
        "signs": SIGNS,
        "query_of": query_of,
        "entry_link": entry_link,
        "page_link": page_link,
        "party_link": party_link,
        "story_link": story_link,
        "lead": lead,
        "web_address": web_address,
        "picture": Markup,
    }
    return made


def web_address(metadata: Metadata) -> str | None:
    """The address of a page on the web, where one was told that a browser may be led to."""
    return address(Card("", "", "", metadata))
