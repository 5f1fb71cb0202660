"""What people decide holds against what linking would say, and finds its mentions again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from link_pages import ALMA, FRANCE, IVO, PRAGUE, RULES, days, page, told

from depesche.link import attach, link
from depesche.link.decided import find
from depesche.model.decisions import ConfirmEntry, EntryDecision, Mark, MergeEntries, RejectEntry, SplitEntry
from depesche.model.linkage import Linkage
from depesche.model.reading import Reading
from depesche.model.text import Span

BY = ("Ada", "2030-01-01T00:00:00Z")


def _visit(when: str, **more: Any) -> tuple[str, dict[str, Any]]:
    fields = {"mode": "visit", "actors": (ALMA,), "recipients": (IVO,), "place": PRAGUE, "lemma": "besuchen"}
    return told("CONSULT", "Brandt besucht Novak in Prag.", trigger="besucht", days=days(when), **(fields | more))


ONE = page("eins", "2030-03-02", _visit("2030-03-01"))
SAME = page("zwei", "2030-03-02", _visit("2030-03-01"))
LATER = page("drei", "2030-05-02", _visit("2030-05-01"))
OTHER = page("vier", "2030-03-02", told("REQUEST", "Paris fordert Geld von Prag.", trigger="fordert", actors=(FRANCE,)))
PILE = [ONE, SAME, LATER, OTHER]


def _marks(*pages: Reading) -> tuple[Mark, ...]:
    return tuple(
        Mark(one.page, one.doc, event.id, event.type, event.evidence[0], event.evidence[0].of(one.text))
        for one in pages
        for event in one.events
    )


def _linked(*decisions: EntryDecision, pile: list[Reading] | None = None) -> Linkage:
    pages = PILE if pile is None else pile
    return link(pages, RULES, attach(decisions, pages))


def _groups(linkage: Linkage) -> set[tuple[str, ...]]:
    return {tuple(sorted(mention.doc for mention in entry.mentions)) for entry in linkage.entries}


MERGE = MergeEntries((_marks(ONE, SAME), _marks(LATER)), *BY, "one stay")
SPLIT = SplitEntry((_marks(SAME), _marks(ONE)), *BY)


def test_without_decisions_days_tell_apart() -> None:
    assert _groups(_linked()) == {("eins", "zwei"), ("drei",), ("vier",)}


def test_a_merge_makes_one_of_what_linking_excludes_and_says_who_did_it() -> None:
    linkage = _linked(MERGE)
    assert _groups(linkage) == {("drei", "eins", "zwei"), ("vier",)}
    merged = next(entry for entry in linkage.entries if len(entry.mentions) == 3)
    assert merged.reasons[0].rule == "decided.merge"
    assert merged.reasons[0].note == "Ada, 2030-01-01T00:00:00Z: one stay"


def test_a_split_keeps_apart_what_is_alike() -> None:
    assert _groups(_linked(SPLIT)) == {("eins",), ("zwei",), ("drei",), ("vier",)}


def test_a_new_page_joins_one_side_of_a_split_only() -> None:
    new = page("neu", "2030-03-02", _visit("2030-03-01"))
    found = _groups(_linked(SPLIT, pile=[*PILE, new]))
    assert {"eins", "zwei"} & set().union(*(group for group in found if "neu" in group))
    assert not any({"eins", "zwei"} <= set(group) for group in found)


@pytest.mark.parametrize(
    ("decisions", "one"),
    [((MERGE, SPLIT), False), ((SPLIT, MERGE), True), ((SPLIT, ConfirmEntry((_marks(ONE, SAME),), *BY)), True)],
)
def test_the_later_decision_holds(decisions: tuple[EntryDecision, ...], one: bool) -> None:
    found = _groups(_linked(*decisions))
    assert any({"eins", "zwei"} <= set(group) for group in found) is one


def test_what_is_rejected_is_in_no_entry_until_it_is_confirmed() -> None:
    rejected = RejectEntry((_marks(SAME),), *BY)
    assert _groups(_linked(rejected)) == {("eins",), ("drei",), ("vier",)}
    assert _groups(_linked(rejected, ConfirmEntry((_marks(SAME, ONE),), *BY))) == _groups(_linked())


def test_decisions_do_not_depend_on_the_order_of_pages() -> None:
    decisions = (MERGE, SplitEntry((_marks(SAME), _marks(ONE, LATER)), *BY))
    assert _linked(*decisions) == _linked(*decisions, pile=PILE[::-1])


# --- found again


def _reread(reading: Reading, before: str = "", **event: Any) -> Reading:
    """The page as other rules read it: words before it, and another mention's identity."""
    shift = len(before)
    old = reading.events[0]
    fields = {
        "id": "m-new",
        "trigger": Span(old.trigger.start + shift, old.trigger.end + shift),
        "evidence": (Span(old.evidence[0].start + shift, old.evidence[0].end + shift - 9),),
    }
    new = msgspec.structs.replace(old, **(fields | event))
    return msgspec.structs.replace(reading, text=before + reading.text, events=(new,))


@pytest.mark.parametrize("before", ["", "Eine neue Zeile. "])
def test_a_mention_is_found_by_its_words(before: str) -> None:
    (mark,) = _marks(ONE)
    found = find(mark, _reread(ONE, before))
    assert found is not None and found.id == "m-new"


@pytest.mark.parametrize("change", [{"type": "REQUEST"}, {"invitation": True}, {"aggregate": True}])
def test_a_mention_of_another_kind_in_the_same_words_is_not_it(change: dict[str, Any]) -> None:
    (mark,) = _marks(ONE)
    assert find(mark, _reread(ONE, **change)) is None


def test_a_mention_whose_words_are_gone_is_lost() -> None:
    (mark,) = _marks(ONE)
    gone = _reread(ONE)
    assert find(mark, msgspec.structs.replace(gone, text="x" * len(gone.text))) is None


def test_a_decision_holds_after_a_new_reading_and_for_a_page_that_came_back() -> None:
    again = msgspec.structs.replace(_reread(SAME, "Neu. "), page="another-id")
    found = _groups(_linked(SPLIT, pile=[ONE, again, LATER]))
    assert found == {("eins",), ("zwei",), ("drei",)}
