"""Takes decisions about entries: from forms of our own pages and from the API alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec

from depesche.answers import decisions
from depesche.errors import UsageError
from depesche.model.decisions import EntryDecision
from depesche.pipeline import decide
from depesche.store import View
from depesche.web.site import Site

Verdict = Literal["confirm", "reject", "merge", "split"]

LONGEST_NAME, LONGEST_WHY = 100, 1000


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that somebody asks for.

    `entry` is what it is about; `others` are the entries to be merged with it, or the mentions (or pages) of it to be
    split off or rejected. `who` decides, `why` is kept with it.
    """

    verdict: Verdict
    entry: str
    others: tuple[str, ...] = ()
    who: str = ""
    why: str = ""


class Taken(msgspec.Struct, frozen=True):
    """The number of a decision, by which it can be taken back."""

    number: int


def take(site: Site, wanted: Wanted) -> Taken:
    """Takes the decision and links the pile anew; UsageError where it makes no sense, StoreLocked during a build."""
    if len(wanted.who) > LONGEST_NAME or len(wanted.why) > LONGEST_WHY:
        raise UsageError(f"who has at most {LONGEST_NAME} characters, why {LONGEST_WHY}; fewer work")
    by = decisions.By(wanted.who.strip() or "web", datetime.now(UTC), wanted.why.strip())
    with site.store.view() as view:
        decision = _decision(view, wanted, by)
    return Taken(decide(site.writable, site.packs, decision))


def take_back(site: Site, number: int) -> Taken:
    """Takes back the decision of that number; UsageError where there is none."""
    return Taken(decide(site.writable, site.packs, number))


def _decision(view: View, wanted: Wanted, by: decisions.By) -> EntryDecision:
    match wanted.verdict:
        case "confirm":
            return decisions.confirm(view, wanted.entry, by)
        case "reject":
            return decisions.reject(view, wanted.entry, wanted.others, by)
        case "merge":
            return decisions.merge(view, (wanted.entry, *wanted.others), by)
        case "split":
            return decisions.split(view, wanted.entry, wanted.others, by)
