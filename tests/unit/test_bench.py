"""The bench itself: floors that only rise, the table, the adapters between Depesche and the scorers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from depesche.model.parse import Clause, ClauseKind, Link, Parse, Phrase, Predicate, Sentence, Word
from depesche.packs.load import load_packs
from depesche.parse import parse_text, parse_words
from depesche.store import open_store
from depesche.store.rows import place_in_time

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import run  # noqa: E402
from floors import Floor, below, raised, read_floors, write_floors  # noqa: E402
from made_store import entries, fill  # noqa: E402
from table import row_of, shown, table  # noqa: E402
from tasks import TASKS  # noqa: E402
from tasks.grammar import predicate_rows  # noqa: E402
from tasks.linking import gold_readings, unmistakable  # noqa: E402
from tasks.seeds import as_annotation, with_objects  # noqa: E402
from tasks.task import BenchError, Figure, Figures, Place, Reference, Task, count, read_lines, run_python  # noqa: E402

DECLARED = {f"{task.name}.{figure.name}": figure for task in TASKS for figure in task.figures}


def nothing(place: Place) -> Figures:
    return {}


# --- floors


@pytest.mark.parametrize(
    ("floor", "value", "holds"),
    [
        (Floor(0.5), 0.5, True),
        (Floor(0.5), 0.499, False),
        (Floor(0.3), 0.1 + 0.2, True),
        (Floor(15, less=True), 14.9, True),
        (Floor(15, less=True), 15.1, False),
        (Floor(0, less=True), 0, True),
        (Floor(0, less=True), 1, False),
    ],
)
def test_what_a_floor_holds(floor: Floor, value: float, holds: bool) -> None:
    assert floor.holds(value) is holds


@pytest.mark.parametrize(
    ("figure", "value", "floor"),
    [
        (Figure("f1"), 0.8237, 0.821),
        (Figure("f1"), 0.0, 0.0),
        (count("lines"), 152, 152),
        (count("wrong", less=True), 0, 0),
        (Figure("seconds", less=True, slack=0.0, share=0.5), 4.0, 6.0),
        (Figure("speed", slack=0.0, share=0.5), 18.0, 9.0),
    ],
)
def test_a_floor_lies_a_little_under_the_figure(figure: Figure, value: float, floor: float) -> None:
    assert below(figure, value) == Floor(floor, figure.less)


def test_floors_rise_and_never_fall() -> None:
    floors = {"a": Floor(0.5), "b": Floor(0.5), "c": Floor(10, less=True), "d": Floor(10, less=True)}
    exact = Figure("f", slack=0.0), Figure("f", less=True, slack=0.0, share=0.0)
    measured = {"a": (exact[0], 0.7), "b": (exact[0], 0.3), "c": (exact[1], 4), "d": (exact[1], 12), "e": (exact[0], 1)}
    risen = raised(floors, measured)
    assert {name: floor.value for name, floor in risen.items()} == {"a": 0.7, "b": 0.5, "c": 4, "d": 10, "e": 1}
    assert risen["c"].less


def test_floors_are_written_and_read_alike(tmp_path: Path) -> None:
    floors = {"a.f1": Floor(0.71), "b.seconds": Floor(15, less=True)}
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors


def test_a_floor_without_a_direction_is_refused(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"a": {"least": 1}}', encoding="utf-8")
    with pytest.raises(BenchError, match="at_least"):
        read_floors(tmp_path / "floors.json")


def test_every_figure_has_a_floor_in_its_direction() -> None:
    floors = read_floors()
    assert sorted(floors) == sorted(DECLARED)
    assert [name for name, figure in DECLARED.items() if floors[name].less is not figure.less] == []


def test_floors_file_is_sorted_as_it_is_written(tmp_path: Path) -> None:
    write_floors(read_floors(), tmp_path / "floors.json")
    assert (tmp_path / "floors.json").read_text("utf-8") == (BENCH / "floors.json").read_text("utf-8")


# --- the table and the verdict


TASK = Task("times", (Figure("f1", Reference(0.627, "HeidelTime")), count("wrong", less=True)), nothing)


def test_rows_of_the_table() -> None:
    f1, wrong = TASK.figures
    assert row_of(TASK, f1, 0.8237, Floor(0.7)) == ("✓", "times", "f1", "0.824", "≥ 0.700", "0.627 HeidelTime")
    assert row_of(TASK, wrong, 1, Floor(0, less=True)) == ("✗", "times", "wrong", "1", "≤ 0", "")
    assert row_of(TASK, wrong, 1, None)[0] == " "


def test_the_table_is_aligned_and_leaves_out_what_was_not_measured() -> None:
    lines = table([TASK], {"times.f1": 0.5}, {}).split("\n")
    assert len(lines) == 3
    assert lines[0].index("best published") == lines[2].index("0.627")


@pytest.mark.parametrize(("value", "text"), [(158, "158"), (0.9091, "0.909"), (1.0, "1.000"), (210.24, "210.2")])
def test_how_figures_are_shown(value: float, text: str) -> None:
    assert shown(value) == text


def test_a_figure_under_its_floor_fails_the_run_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run.Outcome({"times.f1": 0.4, "times.wrong": 0})
    floors = {"times.f1": Floor(0.5), "times.wrong": Floor(0, less=True)}
    assert run.judge(outcome, floors) == 1
    assert capsys.readouterr().err == "bench: times.f1 is 0.400, its floor 0.500\n"


def test_figures_that_hold_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.judge(run.Outcome({"times.f1": 0.6}), {"times.f1": Floor(0.5)}) == 0
    assert capsys.readouterr().err == ""


def test_a_task_that_failed_fails_the_run() -> None:
    assert run.judge(run.Outcome(failures=["times failed: ValueError: no day"]), {}) == 1


def test_a_task_measures_what_it_declares() -> None:
    outcome = run.Outcome()
    outcome.add(TASK, {"f1": 0.5})
    assert outcome.figures == {}
    assert outcome.failures == ["times declares other figures than it measures: wrong"]


# --- the command line


def test_missing_data_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--shared", str(tmp_path / "nowhere")]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "--shared DIR" in told


def test_an_unknown_task_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--only", "tides"]) == 2
    assert "no task called tides" in capsys.readouterr().err


def test_all_tasks_are_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--list"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.strip().split("\n")]
    assert listed == [task.name for task in TASKS]
    assert len(set(listed)) == len(listed)


def test_results_are_the_same_bytes_for_the_same_figures(tmp_path: Path) -> None:
    for folder in run.NEEDED:
        (tmp_path / "data" / folder).mkdir(parents=True)
    paths = [tmp_path / name for name in ("one.json", "other.json")]
    run.write_results({"b": 0.5, "a": 1}, tmp_path / "data", paths[0])
    run.write_results({"a": 1, "b": 0.5}, tmp_path / "data", paths[1])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert json.loads(paths[0].read_text("utf-8"))["figures"] == {"a": 1, "b": 0.5}


def test_other_data_has_another_digest(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    before = run.digest_of(tmp_path)
    (tmp_path / "train" / "gold.txt").write_text("x", encoding="utf-8")
    assert run.digest_of(tmp_path) != before


# --- adapters


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text("raise SystemExit('gold has no such page')", encoding="utf-8")
    with pytest.raises(BenchError, match=r"score\.py ended with 1: gold has no such page"):
        run_python(tmp_path / "score.py")


def test_rows_survive_line_separators(tmp_path: Path) -> None:
    rows = [{"text": "eins\u2028zwei\r\ndrei"}, {"text": ""}]
    assert read_lines(Place(tmp_path, tmp_path).write("rows.jsonl", rows)) == rows


def test_parties_of_the_chronicle_become_objects() -> None:
    mention = {"actors": ["Anna Berg"], "recipients": ["ein Gast"], "place": "AUT"}
    person = {"name": "Anna Berg", "country": "DEU", "kind": "person", "role": "actor"}
    made = as_annotation(mention, [person])
    assert made["actors"] == [person]
    assert made["recipients"] == [{"name": "ein Gast"}]
    assert made["place"] == {"country": "AUT"}


def test_parties_are_objects_where_the_scorer_wants_them() -> None:
    mention = {"doc": "a", "actors": ["Anna Berg"], "recipients": [], "evidence": ["x"]}
    made = with_objects({"type": "CONSULT", "mentions": [mention]})
    assert made["mentions"] == [mention | {"actors": [{"name": "Anna Berg", "text": "Anna Berg"}]}]
    assert mention["actors"] == ["Anna Berg"]


def made_parse(links: tuple[Link, ...]) -> Parse:
    """ "Anna und Paul helfen in Wien": words 0 to 5, the verb at 3."""
    forms = ["Anna", "und", "Paul", "helfen", "in", "Wien"]
    text = " ".join(forms)
    words, start = [], 0
    for form in forms:
        words.append(Word(start, start + len(form), "NE", form))
        start += len(form) + 1
    return Parse(
        text,
        tuple(words),
        (Sentence(0, len(text), 0, len(forms)),),
        phrases=(Phrase(0, 1, 0, conjuncts=(2,)), Phrase(5, 6, 5, "in", 4)),
        clauses=(Clause(0, 6, ClauseKind.MAIN, 0),),
        predicates=(Predicate(3, "helfen", 0, 0),),
        links=links,
    )


def test_conjuncts_stand_behind_their_head() -> None:
    links = (Link(0, "subj", 0), Link(0, "subj", 2), Link(0, "obl:in", 5))
    assert predicate_rows(made_parse(links)) == [{"v": 3, "args": [["subj", [0, 2]], ["obl:in", [5]]]}]


def test_understood_arguments_have_a_star_and_bare_obliques_are_left_out() -> None:
    links = (Link(0, "subj", 0, understood=True), Link(0, "obl:", 5))
    assert predicate_rows(made_parse(links)) == [{"v": 3, "args": [["subj*", [0]]]}]


def test_words_that_are_given_stay_as_they_are() -> None:
    packs = load_packs()
    forms = ["Am", "7.", "Mai", "reiste", "Anna", "Berg", "nach", "Süd-", "Tirol", "."]
    parsed = parse_words(forms, packs, "de")
    assert [parsed.word(i) for i in range(len(parsed.words))] == forms
    assert parsed.predicates
    assert parse_words([], packs, "de").words == ()


def test_given_words_are_parsed_as_the_text_is() -> None:
    packs = load_packs()
    text = "Die Ministerin besuchte am Montag Wien"
    assert parse_words(text.split(), packs, "de") == parse_text(text, packs, "de")


# --- the invented store of the task `exports`


def test_the_invented_store_is_the_same_every_time_and_exports_whole(tmp_path: Path) -> None:
    assert list(entries(40)) == list(entries(40))
    store = tmp_path / "made.db"
    fill(str(store), 40, pages=3)
    with open_store(str(store)).view() as view:
        assert list(view.entries()) == sorted(entries(40), key=lambda entry: (place_in_time(entry), entry.id))


# --- gold mentions as readings

ADA = {"text": "Ada Berg", "name": "Ada Berg", "country": "AUT", "kind": "person"}
PAGE = {
    "doc": "a",
    "title": None,
    "published": "2030-03-02",
    "text": "Ada Berg reist am 5. März nach Prag. Paris warnt.",
}
GOLD_EVENT = {
    "id": "e1",
    "type": "CONSULT",
    "mode": "visit",
    "evidence": ["Ada Berg reist am 5. März nach Prag"],
    "trigger": "reist",
    "actors": [ADA],
    "recipients": [],
    "place": {"text": "Prag", "country": "CZE"},
    "time_text": "am 5. März",
    "start": "2030-03-05",
    "end": "2030-03-05",
    "status": "planned",
}
ACTOR = {**ADA, "aliases": [{"text": "Ada Berg", "docs": ["a"]}, {"text": "Paris", "docs": ["b"]}]}


def test_gold_mentions_become_readings_with_all_that_gold_tells() -> None:
    count = {"event": "c1", "aggregate": True, "mentions": [{"doc": "a", "id": "e1"}]}
    (reading,) = gold_readings([PAGE], [{"doc": "a", "events": [GOLD_EVENT]}], [ACTOR], [count])
    (event,) = reading.events
    assert [span.of(reading.text) for span in event.evidence] == GOLD_EVENT["evidence"]
    assert (event.trigger.of(reading.text), event.actors[0].id, event.aggregate) == ("reist", "person:ada-berg", True)
    assert event.place and event.place.span and event.place.span.of(reading.text) == "Prag"
    assert [party.span.of(reading.text) for party in reading.parties] == ["Ada Berg"]
    assert len(reading.sentences) == 2


def test_a_piece_that_holds_another_mention_is_not_offered_to_the_scorer() -> None:
    long = {"doc": "a", "id": "m1", "evidence": ["er reist ab", "seine zweite Reise nach Prag im Mai"]}
    short = {"doc": "a", "id": "m2", "evidence": ["seine zweite Reise nach Prag"]}
    (one, other) = unmistakable([{"mentions": [long]}, {"mentions": [short]}])
    assert one["mentions"][0]["evidence"] == ["er reist ab"]
    assert other["mentions"] == [short]
