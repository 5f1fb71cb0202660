"""The chronicle for browsing: what is chosen, how it lies in time, what is drawn of uncertain days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from built import depesche
from made import made_entry, made_linkage

from depesche.answers.browse import FOLD, WHOLE, Asked, Bar, Cursor, bar_of, chosen, chronicle_page
from depesche.answers.catalogue import Catalogue, catalogue
from depesche.answers.dossier import dossier, pair
from depesche.answers.doubts import Kind, doubts
from depesche.answers.marked import LONGEST, Layer, Mark, around, runs
from depesche.answers.overview import Unit, strip, unit_for
from depesche.answers.stories import story, story_list
from depesche.answers.world import world
from depesche.errors import UsageError
from depesche.model.days import Days, one_day
from depesche.model.linkage import Entry
from depesche.model.reading import Status
from depesche.model.text import Span
from depesche.packs.ontology import load_ontology
from depesche.store import ChronicleFilter, View, open_store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "pages"
SCORE = load_ontology().score


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("browse") / "examples.db"
    assert depesche("--quiet", "build", EXAMPLES, "--store", path).exit_code == 0
    with open_store(str(path)).view() as opened:
        yield opened


@pytest.fixture(scope="module")
def all(view: View) -> Catalogue:
    return catalogue(view)


# --- what is chosen


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"status": Status.PLANNED},
        {"type": "CONSULT"},
        {"party": "SVN"},
        {"party": "person:tomaz-krivec"},
        {"party": "krivec", "with_party": "etcheverry"},
        {"party": "Staatschef"},
        {"party": "IND", "with_party": "GHA"},
        {"text": "Staatsbesuch"},
        {"text": "..."},
        {"start": date(2025, 5, 20), "end": date(2025, 5, 21)},
        {"start": date(2025, 6, 1)},
        {"end": date(2025, 4, 30), "status": Status.OCCURRED},
    ],
)
def test_it_chooses_what_the_store_chooses(view: View, all: Catalogue, fields: dict[str, object]) -> None:
    found = [all.ids[at] for at in chosen(view, all, msgspec.convert(fields, Asked))]
    assert found == [entry.id for entry in view.entries(msgspec.convert(fields, ChronicleFilter))]
    assert not fields or len(found) < len(all)


def test_facets_count_what_a_narrower_filter_finds(view: View, all: Catalogue) -> None:
    answer = chronicle_page(view, all, Asked(party="SVN"))
    for facet in answer.facets.types:
        assert len(chosen(view, all, Asked(party="SVN", type=facet.value))) == facet.count
    for facet in answer.facets.countries:
        assert len(chosen(view, all, Asked(party="SVN", country=facet.value))) == facet.count
    for facet in answer.facets.outlets:
        assert len(chosen(view, all, Asked(party="SVN", outlet=facet.value))) == facet.count
    assert sum(facet.count for facet in answer.facets.statuses) == answer.total


def test_a_cursor_of_nobodys_is_refused(view: View, all: Catalogue) -> None:
    with pytest.raises(UsageError, match="cursor"):
        chronicle_page(view, all, Asked(), Cursor(after="\u00e4"))


# --- how it lies in time


def test_the_strip_holds_every_entry_once(view: View, all: Catalogue) -> None:
    places = chosen(view, all, Asked())
    told = strip(all, places)
    assert sum(bucket.count for bucket in told.buckets) + told.undated == len(all)
    assert all_touch(told.buckets)
    for bucket in told.buckets:
        kept = chosen(view, all, Asked(start=bucket.first, end=bucket.last))
        assert len(kept) >= bucket.count


def all_touch(buckets: tuple[object, ...]) -> bool:
    return not [1 for one, other in pairwise(buckets) if (other.first - one.last).days != 1]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("low", "high", "unit"),
    [
        ("2024-01-01", "2024-03-01", Unit.DAY),
        ("2024-01-01", "2024-06-01", Unit.MONTH),
        ("1990-01-01", "2024-06-01", Unit.YEAR),
    ],
)
def test_a_longer_time_is_counted_in_greater_units(low: str, high: str, unit: Unit) -> None:
    assert unit_for(date.fromisoformat(low), date.fromisoformat(high)) is unit


WINDOW = Days(date(2024, 1, 1), date(2024, 1, 10))


@pytest.mark.parametrize(
    ("days", "bar"),
    [
        (WINDOW, Bar(0, WHOLE, False, False)),
        (one_day(date(2024, 1, 6)), Bar(500, 100, False, False)),
        (Days(date(2024, 1, 6), None), Bar(500, 500, False, True)),
        (Days(None, date(2024, 1, 5)), Bar(0, 500, True, False)),
        (Days(), None),
    ],
)
def test_uncertain_days_are_drawn_as_what_they_are(days: Days, bar: Bar | None) -> None:
    assert bar_of(days, WINDOW) == bar


def test_a_crowded_day_is_folded(tmp_path: Path) -> None:
    crowd = [_on(f"{n:02}", date(2024, 5, 1)) for n in range(FOLD + 3)]
    path = tmp_path / "crowd.db"
    with open_store(str(path), write=True).writer() as writer:
        writer.put_linkage(made_linkage(*crowd, _on("later", date(2024, 6, 1))), "made")
    with open_store(str(path)).view() as view:
        may, june = chronicle_page(view, catalogue(view), Asked()).months
    assert (len(may.days[0].rows), len(may.days[0].more)) == (FOLD, 3)
    assert (june.month, june.days[0].more) == (date(2024, 6, 1), ())


def _on(name: str, day: date) -> Entry:
    entry = made_entry(name)
    return msgspec.structs.replace(entry, id=f"e-{name}", days=one_day(day), mentions=(), history=())


# --- who with whom, where, and what is doubtful


def test_a_dossier_counts_each_pair_like_the_pair_itself(view: View, all: Catalogue) -> None:
    told = dossier(view, all, "person:tomaz-krivec", SCORE)
    assert told.record is not None
    assert told.total == view.entries_with("person:tomaz-krivec") > 3
    for other in told.counterparts[:5]:
        both = pair(view, all, (told.party.id, other.party.id), SCORE)
        assert both.total == other.together
        assert sum(tone.cooperation for tone in both.tones) <= other.cooperation
    with pytest.raises(UsageError, match="one party"):
        pair(view, all, ("person:tomaz-krivec", "Tomaž Krivec"), SCORE)


def test_the_world_holds_every_entry_once(view: View, all: Catalogue) -> None:
    told = world(view, all, Asked(), SCORE)
    assert sum(line.entries for line in told.countries) + told.elsewhere == told.total == len(all)
    assert [line.entries for line in told.countries] == sorted((line.entries for line in told.countries), reverse=True)


def test_doubts_are_what_their_kind_says(view: View, all: Catalogue) -> None:
    for kind in Kind:
        told = doubts(view, all, kind)
        assert told.counts[kind] == len(told.doubts) or told.next
        for one in told.doubts:
            match kind:
                case Kind.DAY:
                    assert not one.row.days.known
                case Kind.PARTIES:
                    assert not one.row.actors + one.row.recipients
                case Kind.CONFLICT:
                    assert one.row.differences
                case Kind.LINK:
                    assert one.reason is not None


def test_a_story_is_called_by_what_is_its_own(view: View, all: Catalogue) -> None:
    titles = [one.title for one in story_list(view, all).stories]
    assert len(set(titles)) == len(titles) > 1
    first = story(view, all, story_list(view, all).stories[0].id)
    assert any(page.copy_of for one in story_list(view, all).stories for page in story(view, all, one.id).pages)
    assert {row.id for row in first.rows} <= set(all.ids)


# --- marks on a text


def test_runs_are_the_whole_text_under_its_marks() -> None:
    text = "Ada Berg traf Cem Dorn."
    marks = (Mark(Layer.EVENTS, Span(0, 22), about="entry:e"), Mark(Layer.PARTIES, Span(14, 22), "Cem Dorn", "party:c"))
    cut = runs(text, Span(4, len(text)), marks)
    assert "".join(run.text for run in cut) == text[4:]
    assert [run.layers for run in cut] == [("events",), ("events", "parties"), ()]
    assert [run.about for run in cut] == ["entry:e", "party:c", ""]


def test_of_a_long_paragraph_only_what_is_near_is_shown() -> None:
    sentence = "Der Hafen von Koper wird ausgebaut. "
    text = f"Kurz davor.\n{sentence * 60}\nDanach."
    at = text.index(sentence, LONGEST)
    sentences = [Span(start, start + len(sentence) - 1) for start in range(12, len(text) - 20, len(sentence))]
    (part,) = around(text, [Span(at + 4, at + 9)], sentences)
    assert part.holds(Span(at, at + 10))
    assert part.end - part.start < LONGEST
    assert part.start in {one.start for one in sentences}
