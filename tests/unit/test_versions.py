"""What changed between versions of a page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.answers.versions import changed_words, history_of, revision, same_address
from depesche.model.days import Days
from depesche.model.versions import Change, ChangeKind, Version

NUMBERS = frozenset(("zwei", "drei"))
FIRST = "Bei dem Brand im Hafen von Lindenau sind mindestens 39 Menschen verletzt worden."
SECOND = "Die Feuerwehr ist mit zwei Zügen im Einsatz, die Straße bleibt gesperrt."
THIRD = "Wie es zu dem Brand kam, ist noch nicht bekannt."


def _version(*lines: str, **extra: object) -> Version:
    return Version("p", "doc", lines, **extra)  # type: ignore[arg-type]


def _kinds(*changes: Change) -> list[str]:
    return [change.kind.value for change in changes]


def test_equal_versions_have_no_change() -> None:
    assert revision(_version(FIRST, SECOND), _version(FIRST, SECOND), NUMBERS).changes == ()


def test_a_changed_number_is_told_with_the_word_behind_it_in_figures_and_in_words() -> None:
    later = _version(FIRST.replace("39", "42"), SECOND.replace("zwei", "drei"))
    changes = revision(_version(FIRST, SECOND), later, NUMBERS).changes
    assert _kinds(*changes) == ["line changed", "number", "line changed", "number"]
    assert [(one.before, one.after) for one in changes if one.kind is ChangeKind.NUMBER] == [
        ("39 Menschen", "42 Menschen"),
        ("zwei Zügen", "drei Zügen"),
    ]


def test_added_and_removed_lines_have_their_places() -> None:
    changes = revision(_version(FIRST, THIRD), _version(SECOND, FIRST), NUMBERS).changes
    assert [(one.kind.value, one.line_before, one.line_after) for one in changes] == [
        ("line added", None, 0),
        ("line removed", 1, None),
    ]


def test_title_day_authors_and_agency_are_compared() -> None:
    before = _version(FIRST, title="Brand im Hafen", days=Days(date(2024, 5, 14), date(2024, 5, 14)))
    after = _version(FIRST, title="Brand gelöscht", days=Days(date(2024, 5, 15), None), authors=("Ute Kern",))
    changes = revision(before, after, NUMBERS).changes
    assert [(one.kind.value, one.before, one.after) for one in changes] == [
        ("title", "Brand im Hafen", "Brand gelöscht"),
        ("day", "2024-05-14", "2024-05-15 to …"),
        ("authors", None, "Ute Kern"),
    ]


def test_versions_follow_each_other_as_they_were_fetched() -> None:
    late = Version("a", "a", (FIRST,), fetched="2024-05-16")
    early = Version("b", "b", (SECOND,), fetched="2024-05-14")
    middle = Version("c", "c", (THIRD,), modified="2024-05-15")
    history = history_of("x.example/a", [late, middle, early], NUMBERS)
    assert [version.doc for version in history.versions] == ["b", "c", "a"]
    assert [(step.before.doc, step.after.doc) for step in history.revisions] == [("b", "c"), ("c", "a")]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.x.example/a/b/",
        "http://x.example/a/b",
        "https://X.example/a/b#unten",
        "https://x.example/a/b?utm_source=brief&fbclid=1",
        "x.example/a/b",
    ],
)
def test_one_address_is_known_again(url: str) -> None:
    assert same_address(url) == "x.example/a/b"


@pytest.mark.parametrize("url", [None, "", "http://[", "https://", "/a/b"])
def test_no_address_is_none(url: str | None) -> None:
    assert same_address(url) is None


def test_another_page_is_another_address() -> None:
    assert same_address("https://x.example/a?id=1") != same_address("https://x.example/a?id=2")


def test_long_texts_and_lines_are_compared_as_well() -> None:
    many = [f"Zeile {n} des Berichts" for n in range(5000)]
    changes = revision(_version(*many), _version(*many[1:], "Neu"), NUMBERS).changes
    assert [(one.kind.value, one.before or one.after) for one in changes] == [
        ("line removed", "Zeile 0 des Berichts"),
        ("line added", "Neu"),
    ]
    long = "Wort " * 200_000
    assert _kinds(*revision(_version(long), _version(long + "mehr"), NUMBERS).changes) == ["line changed"]


LINES = st.lists(st.sampled_from([FIRST, FIRST.replace("39", "42"), SECOND, THIRD, "Ende"]), max_size=12)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(LINES, LINES)
def test_the_changes_account_for_every_line(before: list[str], after: list[str]) -> None:
    changes = revision(_version(*before), _version(*after), NUMBERS).changes
    gone = [one.line_before for one in changes if one.kind in (ChangeKind.REMOVED, ChangeKind.CHANGED)]
    come = [one.line_after for one in changes if one.kind in (ChangeKind.ADDED, ChangeKind.CHANGED)]
    assert len(set(gone)) == len(gone) and len(set(come)) == len(come)
    assert [line for n, line in enumerate(before) if n not in gone] == [
        line for n, line in enumerate(after) if n not in come
    ]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["ab", "cd", "ef", "gh"])), st.lists(st.sampled_from(["ab", "cd", "ef", "gh"])))
def test_changed_words_give_both_lines_back(before: list[str], after: list[str]) -> None:
    pieces = list(changed_words(" ".join(before), " ".join(after)))
    assert " ".join(both or old for both, old, _ in pieces if both or old).split() == before
    assert " ".join(both or new for both, _, new in pieces if both or new).split() == after
