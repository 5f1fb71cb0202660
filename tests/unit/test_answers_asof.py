"""An entry as it stood on a day: what no page had told by then is not in it."""

from __future__ import annotations

from datetime import date

import pytest
from link_pages import ALMA, IVO, PRAGUE, RULES, days, page, told

from depesche.answers.asof import known_on
from depesche.answers.differences import backings
from depesche.link import link
from depesche.model.linkage import Entry, Field
from depesche.model.reading import Reading, Status

PREFIXES = RULES.titles.status


def _visit(status: Status, first: str | None, last: str | None = None) -> tuple[str, dict[str, object]]:
    words = f"Brandt besucht Novak in Prag ({first} {last} {status})."
    fields = {"mode": "visit", "actors": (ALMA,), "recipients": (IVO,), "place": PRAGUE, "lemma": "besuchen"}
    return told("CONSULT", words, trigger="besucht", status=status, days=days(first, last), **fields)


def _entry(*pages: Reading) -> Entry:
    (entry,) = link(pages, RULES).entries
    return entry


PLAN = page("plan", "2030-03-01", _visit(Status.PLANNED, "2030-03-14", "2030-03-15"))
MOVED = page("moved", "2030-03-10", _visit(Status.PLANNED, "2030-03-20", "2030-03-21"))
OFF = page("off", "2030-03-12", _visit(Status.CANCELLED, "2030-03-20", "2030-03-21"))
HELD = page("held", "2030-03-21", _visit(Status.OCCURRED, "2030-03-20", "2030-03-21"))
UNDATED = page("undated", None, _visit(Status.OCCURRED, None))


def test_before_the_first_page_nothing_is_known() -> None:
    assert known_on(_entry(PLAN, HELD), date(2030, 2, 28), PREFIXES) is None


@pytest.mark.parametrize(
    ("day", "first", "change"),
    [(date(2030, 3, 9), date(2030, 3, 14), "announced"), (date(2030, 3, 10), date(2030, 3, 20), "moved")],
)
def test_a_plan_stands_for_the_days_last_told(day: date, first: date, change: str) -> None:
    entry = known_on(_entry(PLAN, MOVED, HELD, UNDATED), day, PREFIXES)
    assert entry is not None
    assert (entry.status, entry.days.first, entry.history[-1].change) == (Status.PLANNED, first, change)
    assert entry.title.startswith("Geplant: ")
    assert entry.origins == len(entry.sources) == len(entry.history) == len(entry.mentions)


def test_what_is_called_off_later_is_planned_before() -> None:
    whole = _entry(PLAN, MOVED, OFF)
    assert whole.title.startswith("Abgesagt: ")
    before = known_on(whole, date(2030, 3, 11), PREFIXES)
    assert before is not None and before.status is Status.PLANNED
    assert before.title == "Geplant: " + whole.title.removeprefix("Abgesagt: ")
    assert known_on(whole, date(2030, 3, 12), PREFIXES) is whole


def test_an_undated_report_is_not_known_before_it_can_be() -> None:
    entry = known_on(_entry(MOVED, HELD, UNDATED), date(2030, 3, 19), PREFIXES)
    assert entry is not None
    assert [mention.doc for mention in entry.mentions] == ["moved"]


def test_each_value_counts_those_who_tell_it() -> None:
    found = backings(_entry(PLAN, MOVED, HELD))
    dates = [(one.value, one.origins) for one in found if one.field is Field.DATE]
    assert dates == [("2030-03-20/2030-03-21", 2), ("2030-03-14/2030-03-15", 1)]
    assert [(one.value, one.origins) for one in found if one.field is Field.STATUS] == [("planned", 2), ("occurred", 1)]


def test_a_house_counts_once_for_a_value() -> None:
    one = page("eins", "2030-03-22", _visit(Status.OCCURRED, "2030-03-20"), house="Haus")
    two = page("zwei", "2030-03-22", _visit(Status.OCCURRED, "2030-03-20"), house="Haus")
    (date_told,) = [backing for backing in backings(_entry(one, two)) if backing.field is Field.DATE]
    assert (date_told.origins, len(date_told.pages)) == (1, 2)
