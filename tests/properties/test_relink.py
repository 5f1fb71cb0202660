"""Linking that goes on from an earlier one finds what linking everything anew finds, byte for byte."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from link_pages import ALMA, IVO, PRAGUE, page, told
from test_link import RULES, piles
from test_link_entries import life

from depesche.link import Before, Block, Decided, Seen, Trace, Tracer, link, link_traces
from depesche.link.copies import CopyPile, KnownCopies, find_copies
from depesche.link.decided import UNDECIDED
from depesche.link.runs import WordNumbers
from depesche.model.days import Days
from depesche.model.linkage import Copies, Entry, Linkage
from depesche.model.reading import Reading, Status
from depesche.packs.linking import CopyRules, LinkRules

NARROW: LinkRules = msgspec.structs.replace(RULES, entries=msgspec.structs.replace(RULES.entries, window=1))
"""So narrow that in a handful of pages mentions push each other out of sight."""
LESS_NARROW: LinkRules = msgspec.structs.replace(RULES, entries=msgspec.structs.replace(RULES.entries, window=2))
"""So narrow that some pairs of a group are out of sight, and the group is still one."""


class Shelf:
    """What a store keeps from one linking to the next."""

    def __init__(self, rules: LinkRules) -> None:
        self.rules = rules
        self.traces: dict[str, Trace] = {}
        self.copies = Copies()
        self.blocks: tuple[Block, ...] = ()
        self.keys: dict[str, str] = {}
        self.entries: dict[str, Entry] = {}
        self.made = 0

    def link(self, pile: Sequence[Reading], decided: Decided = UNDECIDED) -> Linkage:
        """The linkage of the pile, of which only what is new is made."""
        pages = {reading.page: reading for reading in pile}
        tracer = Tracer(self.rules)
        traces = {page: tracer.trace(reading, _key(reading)) for page, reading in pages.items()}
        same = {page for page, trace in traces.items() if self.traces.get(page) == trace}
        gone = tuple(trace for page, trace in self.traces.items() if page not in same)
        before = Before(frozenset(same), gone, self.copies, self.blocks, self.keys)
        page_of, text_of = pages.__getitem__, lambda page: pages[page].text
        seen = Seen((one.words for one in traces.values()), (one.mentions for one in traces.values()))
        linked = link_traces(seen, page_of, text_of, self.rules, decided, before)
        made = {entry.id: entry for entry in linked.made}
        self.made = len(made)
        self.entries = {id: made[id] if id in made else self.entries[id] for id in linked.keys}
        self.traces, self.copies, self.blocks, self.keys = traces, linked.copies, linked.blocks, dict(linked.keys)
        return Linkage(tuple(linked.copies), linked.stories, tuple(self.entries[id] for id in sorted(self.entries)))


def _key(reading: Reading) -> str:
    return hashlib.sha256(msgspec.json.encode(reading)).hexdigest()


def _named(reading: Reading, number: int) -> Reading:
    """The page under a name of its own, its mentions under names that depend on nothing else."""
    page = f"p{number}"
    events = tuple(
        msgspec.structs.replace(event, id="m-" + hashlib.sha256(f"{page} {i}".encode()).hexdigest()[:8])
        for i, event in enumerate(reading.events)
    )
    return msgspec.structs.replace(reading, page=page, doc=page, events=events)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Reading]]:
    """Piles that follow each other: pages come, go, and say something else than before."""
    versions = [[_named(reading, i) for i, reading in enumerate(draw(piles()))] for _ in range(3)]
    steps = []
    for _ in range(draw(st.integers(2, 4))):
        pile = {}
        for pages in versions:
            for reading in pages:
                if draw(st.booleans()):
                    pile[reading.page] = reading
        steps.append(list(pile.values()))
    return steps


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from([RULES, NARROW]))
def test_going_on_finds_what_starting_anew_finds(history: list[list[Reading]], rules: LinkRules) -> None:
    shelf = Shelf(rules)
    for pile in history:
        assert msgspec.json.encode(shelf.link(pile)) == msgspec.json.encode(link(pile, rules))


@settings(max_examples=100, deadline=None)
@given(histories(), st.data())
def test_what_people_decide_and_take_back_is_linked_as_if_anew(
    history: list[list[Reading]], data: st.DataObject
) -> None:
    shelf = Shelf(NARROW)
    for pile in history:
        ids = sorted(event.id for reading in pile for event in reading.events)
        decided = _decided(data, ids) if len(ids) > 3 and data.draw(st.booleans()) else UNDECIDED
        assert msgspec.json.encode(shelf.link(pile, decided)) == msgspec.json.encode(link(pile, NARROW, decided))


def _decided(data: st.DataObject, ids: list[str]) -> Decided:
    one, other, *_ = data.draw(st.permutations(ids))
    if data.draw(st.booleans()):
        return Decided(together=(frozenset({one, other}),))
    return Decided(apart=frozenset({(min(one, other), max(one, other))}))


def _meeting(number: int, first: int, length: int, status: Status) -> Reading:
    """A page that tells of a meeting of the same two, some day or other."""
    day = date(2030, 3, 1) + timedelta(first)
    event = told(
        "CONSULT",
        "Auf ihrer Reise traf Brandt in Prag Novak.",
        mode="visit",
        actors=(ALMA,),
        recipients=(IVO,),
        trigger="Reise",
        place=PRAGUE,
        status=status,
        days=Days(day, day + timedelta(length)),
    )
    return page(f"p{number}", "2030-03-20", event)


@st.composite
def crowds(draw: st.DrawFn) -> list[list[Reading]]:
    """Many pages on much the same meeting, from one time to the next."""
    statuses = st.sampled_from([Status.OCCURRED, Status.PLANNED])
    meetings = st.builds(_meeting, st.integers(0, 7), st.integers(0, 6), st.integers(0, 3), statuses)
    now: dict[str, Reading] = {}
    steps = []
    for _ in range(draw(st.integers(2, 4))):
        now |= {one.page: one for one in draw(st.lists(meetings, max_size=6))}
        for gone in draw(st.lists(st.sampled_from(sorted(now)), max_size=2)) if now else ():
            now.pop(gone, None)
        steps.append(list(now.values()))
    return steps


@settings(max_examples=300, deadline=None)
@given(crowds(), st.sampled_from([RULES, NARROW, LESS_NARROW]))
def test_mentions_that_push_each_other_out_of_sight_are_found_again(
    history: list[list[Reading]], rules: LinkRules
) -> None:
    shelf = Shelf(rules)
    for pile in history:
        assert msgspec.json.encode(shelf.link(pile)) == msgspec.json.encode(link(pile, rules))


def test_a_pair_that_is_out_of_sight_now_joins_nothing_any_more() -> None:
    """The same mentions are one event as before for another reason: a call came between two of them."""

    def telling(doc: str, first: int, words: str, mode: str = "visit") -> Reading:
        both = {"mode": mode, "actors": (ALMA,), "recipients": (IVO,), "place": PRAGUE, "trigger": words.split()[0]}
        event = told("CONSULT", words, **both, days=Days(date(2030, 3, first), date(2030, 3, 12)))
        return page(doc, "2030-03-20", event)

    same = "Gespräche der beiden dauerten in der alten Mühle bis zum Abend."
    pile = [telling("a", 1, same), telling("b", 2, "Begegnung am Fluss."), telling("c", 4, same)]
    call = telling("d", 3, "Anruf wegen der Reise.", "phone")
    shelf = Shelf(LESS_NARROW)
    before, after = shelf.link(pile).entries, shelf.link([*pile, call]).entries
    joined = [next(entry for entry in entries if len(entry.mentions) == 3) for entries in (before, after)]
    assert joined[0].id == joined[1].id
    assert joined[0].reasons != joined[1].reasons
    assert after == link([*pile, call], LESS_NARROW).entries


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(life()), unique_by=lambda one: one.page), min_size=2, max_size=5))
def test_relations_and_history_follow_the_pages_that_come_and_go(history: list[list[Reading]]) -> None:
    shelf = Shelf(RULES)
    for pile in history:
        assert msgspec.json.encode(shelf.link(pile)) == msgspec.json.encode(link(pile, RULES))


@settings(max_examples=30, deadline=None)
@given(piles())
def test_where_nothing_is_new_no_entry_is_made(pile: list[Reading]) -> None:
    shelf = Shelf(RULES)
    shelf.link(pile)
    shelf.link(list(reversed(pile)))
    assert shelf.made == 0


FEW: CopyRules = msgspec.structs.replace(RULES.copies, crowd=2, furniture=3, least=8, least_whole=6, proof=4, sample=1)
"""So few that in a handful of texts runs are a crowd's, and furniture."""
PIECES = tuple(" ".join(f"{word}{number}" for word in ("rot", "blau", "grau", "gelb", "rosa")) for number in range(5))

texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)
shelves = st.dictionaries(st.sampled_from("abcdefgh"), texts, max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(shelves, min_size=2, max_size=4))
def test_copies_are_those_that_are_found_anew(history: list[dict[str, str]]) -> None:
    before: dict[str, str] = {}
    found = Copies()
    for shelf in history:
        numbers = WordNumbers()
        same = frozenset(id for id, text in shelf.items() if before.get(id) == text)
        gone = tuple(numbers.of(text) for id, text in before.items() if id not in same)
        pile = CopyPile(FEW)
        for id, text in shelf.items():
            pile.add(id, numbers.of(text))
        found = pile.copies(shelf.__getitem__, KnownCopies(same, gone, found))
        assert tuple(found) == find_copies(list(shelf.items()), FEW)
        before = shelf
