from __future__ import annotations

from datetime import date

import pytest

from depesche.model.days import Days, Direction, Precision, one_day
from depesche.model.expression import resolve
from depesche.model.page import Dateline
from depesche.model.parse import Clause, ClauseKind, Parse, Predicate, Sentence, Tense, Word
from depesche.model.reading import Time
from depesche.packs.times import load_times
from depesche.parse.times import find_times
from depesche.read.times import anchor_times

RULES = load_times("de")
WEDNESDAY = date(2022, 12, 14)
KNOWN = Dateline(WEDNESDAY, WEDNESDAY, WEDNESDAY)


def read(
    *sentences: str, tense: Tense | None = Tense.PAST, modal: str = "", lemma: str = "", dateline: Dateline = KNOWN
) -> tuple[Time, ...]:
    """The times of some sentences, each one clause with one predicate of the given tense."""
    text = " ".join(sentences)
    words: list[Word] = []
    spans: list[Sentence] = []
    at = 0
    for sentence in sentences:
        first = len(words)
        for word in sentence.split():
            start = text.index(word, at)
            words.append(Word(start, start + len(word), "", ""))
            at = start + len(word)
        spans.append(Sentence(words[first].start, at, first, len(words)))
    clauses = tuple(Clause(s.first, s.last, ClauseKind.MAIN, i) for i, s in enumerate(spans))
    predicates = (
        ()
        if tense is None
        else tuple(Predicate(s.first, lemma, i, i, tense=tense, modal=modal) for i, s in enumerate(spans))
    )
    times = find_times(text, words, spans, RULES)
    parse = Parse(text, tuple(words), tuple(spans), clauses=clauses, predicates=predicates, times=times)
    return anchor_times(parse, dateline, RULES)


@pytest.mark.parametrize(
    ("tense", "modal", "lemma", "value"),
    [
        (Tense.PAST, "", "treffen", "2022-12-09"),
        (Tense.FUTURE, "werden", "treffen", "2022-12-16"),
        (Tense.PRESENT, "sollen", "treffen", "2022-12-16"),
        (Tense.PRESENT, "", "treffen", "2022-12-16"),
        (Tense.PRESENT, "", "mitteilen", "2022-12-09"),
    ],
)
def test_the_verb_tells_where_a_weekday_lies(tense: Tense, modal: str, lemma: str, value: str) -> None:
    (time,) = read("Sie treffen sich am Freitag in Ulm.", tense=tense, modal=modal, lemma=lemma)
    assert time.value == value
    assert time.reason is not None
    assert time.reason.rule == "time.weekday"


def test_a_date_in_the_present_tense_is_the_nearest() -> None:
    values = [
        read(f"Das Fest beginnt am {day}.", tense=Tense.PRESENT)[0].value for day in ("1. Februar", "1. November")
    ]
    assert values == ["2023-02-01", "2022-11-01"]


def test_vom_points_back_whatever_the_tense() -> None:
    (time,) = read("Der Beschluss vom Freitag gilt.", tense=Tense.PRESENT)
    assert time.value == "2022-12-09"


def test_what_is_scheduled_points_ahead() -> None:
    (spring,) = read("Er hat es im Frühling angesetzt.", tense=Tense.PAST, lemma="ansetzen")
    assert spring.value == "2023-SP"
    (friday,) = read("Er setzte es am Freitag an.", tense=Tense.PAST, lemma="ansetzen")
    assert friday.value == "2022-12-09"
    (meeting,) = read("Er setzte es für Freitag an.", tense=Tense.PAST, lemma="ansetzen")
    assert meeting.value == "2022-12-16"


def test_an_hour_counts_from_the_day_that_the_passage_tells_of() -> None:
    times = read("Am Montag landete er in Bonn.", "Um 20.30 Uhr sprach er.")
    assert [time.value for time in times] == ["2022-12-12", "2022-12-12T20:30"]


def test_an_hour_in_a_list_without_verbs_belongs_to_the_day_of_the_paper() -> None:
    times = read("Konzert am Montag im Saal.", "Lesung im Turm, 20.30 Uhr.", tense=None)
    assert times[-1].value == "2022-12-14T20:30"


def test_the_next_day_follows_the_day_told_before() -> None:
    times = read("Am 3. Mai 2021 landete er.", "Er war müde.", "Tags darauf flog er weiter.")
    assert times[-1].value == "2021-05-04"


def test_a_range_carries_its_two_ends() -> None:
    (time,) = read("Sie tagten vom 5. bis 7. Mai 2021 in Ulm.")
    assert time.value == "2021-05-05/2021-05-07"
    assert time.days == Days(date(2021, 5, 5), date(2021, 5, 7))
    assert [(part.value, part.days) for part in time.parts] == [
        ("2021-05-05", Days(date(2021, 5, 5), date(2021, 5, 5))),
        ("2021-05-07", Days(date(2021, 5, 7), date(2021, 5, 7))),
    ]


def test_ranges_are_joined_and_take_the_year_of_their_end() -> None:
    (months,) = read("Von März bis Mai 2020 war es still.")
    assert months.value == "2020-03/2020-05"
    (parts,) = read("Von Mitte Mai bis Ende Juni 2020 war es still.")
    assert parts.days == Days(date(2020, 5, 11), date(2020, 6, 30))
    (weekdays,) = read("Sie tagten Donnerstag und Freitag in Ulm.")
    assert weekdays.value == "2022-12-08/2022-12-09"
    assert len(read("Sie tagten Montag und Freitag in Ulm.")) == 2


def test_today_is_a_day_only_where_the_text_counts_in_days() -> None:
    (age,) = read("Die Leute lesen heute weniger.")
    assert (age.value, age.days) == ("PRESENT_REF", Days(WEDNESDAY, WEDNESDAY))
    times = read("Er kam gestern an.", "Er reist heute um 9 Uhr ab.")
    assert [time.value for time in times] == ["2022-12-13", "2022-12-14", "2022-12-14T09:00"]


def test_a_page_without_a_date_keeps_what_is_absolute() -> None:
    times = read("Am Montag und am 3. Mai 2021 sprach er.", dateline=Dateline())
    assert [(time.value, time.days.known) for time in times] == [("XXXX-WXX-1", False), ("2021-05-03", True)]


def test_a_page_dated_to_a_month_gives_ranges() -> None:
    (time,) = read("Er kam gestern an.", dateline=Dateline(None, date(2022, 12, 1), date(2022, 12, 31)))
    assert time.days == Days(date(2022, 11, 30), date(2022, 12, 30))
    assert time.precision is Precision.RANGE


def test_the_part_of_a_period_is_its_mod() -> None:
    (time,) = read("Anfang des Jahres sprach er.")
    assert (time.value, time.mod, time.days) == ("2022", "START", Days(date(2022, 1, 1), date(2022, 3, 31)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Die am Freitag beschlossenen Pläne gelten weiter.", "2022-12-09"),
        ("Der am Freitag in Ulm beginnende Gipfel kostet viel.", "2022-12-16"),
        ("Nach dem Treffen der Minister am Freitag herrscht Ruhe.", "2022-12-09"),
        ("Ruhe herrscht am Freitag nach dem Treffen.", "2022-12-16"),
    ],
)
def test_the_phrase_around_a_weekday_outweighs_the_present_tense(text: str, value: str) -> None:
    assert read(text, tense=Tense.PRESENT)[0].value == value


def test_what_is_announced_for_an_infinitive_lies_ahead() -> None:
    announced = read("Er kündigte an, im Mai in Ulm anzutreten.", lemma="ankündigen")
    assert announced[0].value == "2023-05"
    accused = read("Er hofft, im Mai in Ulm gesehen worden zu sein.", lemma="hoffen")
    assert accused[0].value == "2022-05"


def test_times_of_one_list_point_the_same_way() -> None:
    times = read("Sie legten die Wahl auf Ende Mai oder Anfang Juni fest.")
    assert [time.value for time in times] == ["2023-05", "2023-06"]


def test_figures_for_a_quarter_are_of_one_gone_by() -> None:
    (time,) = read("Er legte die Zahlen für das dritte Quartal vor.")
    assert time.value == "2022-Q3"


def test_an_hour_counts_from_the_day_behind_it() -> None:
    times = read("Er kam gegen 8 Uhr am Montag an.")
    assert [time.value for time in times] == ["2022-12-12T08:00", "2022-12-12"]


def test_a_part_of_a_day_takes_in_the_day_that_it_is_of() -> None:
    (time,) = read("Am frühen Morgen des 3. Mai 2021 kam er an.")
    assert (time.value, time.mod, time.days) == ("2021-05-03TMO", "START", Days(date(2021, 5, 3), date(2021, 5, 3)))


def test_a_part_of_a_day_belongs_to_the_day_told_some_sentences_before() -> None:
    times = read("Am 3. Mai 2021 landete er.", "Er war müde.", "Am Abend sprach er.")
    assert times[-1].value == "2021-05-03TEV"


def test_where_only_a_wider_time_is_told_an_hour_is_not_of_the_day_of_the_page() -> None:
    times = read("Vor einigen Wochen brannte es am Abend.")
    assert times[-1].value == "XXXX-XX-XXTEV"
    times = read("Im Mai 2021 brannte es am Abend.")
    assert (times[-1].value, times[-1].days) == ("2021-05-XXTEV", Days(date(2021, 5, 1), date(2021, 5, 31)))


def test_years_count_from_the_year_told_before() -> None:
    times = read("Im Jahr 2013 gewann er.", "Zwei Jahre später verlor er.", "Im Jahr darauf starb er.")
    assert times[1].days == Days(date(2015, 1, 1), date(2015, 12, 31))
    assert times[2].value == "2016"


def test_a_range_over_the_turn_of_the_year_begins_the_year_before() -> None:
    (time,) = read("Von November bis März 2011 ruhte er.")
    assert time.value == "2010-11/2011-03"


def test_the_present_is_told_from_the_day_by_how_the_text_counts() -> None:
    (age,) = read("Die heutige Lage ist anders.")
    assert age.value == "PRESENT_REF"
    assert read("Er kam gestern und am Montag.", "Die heutige Sitzung dauert.")[-1].value == "2022-12-14"


def test_english_parts_of_days_take_in_their_day_too() -> None:
    text = "On the morning of 3 May 2021 he left."
    (time,) = find_times(text, (), (Sentence(0, len(text), 0, 0),), load_times("en"))
    assert text[time.start : time.end] == "morning of 3 May 2021"
    assert resolve(time, one_day(WEDNESDAY), Direction.PAST).value == "2021-05-03TMO"
