"""Parties and days that the trained judges add, and what they leave alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from depesche.errors import PackError
from depesche.model.reading import EventMention, Reading
from depesche.packs.judges import Judges, Margins, load_judges
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text

BENCH = Path(__file__).resolve().parents[2] / "bench"
CERTAIN = 10**6  # more than any weights come to


@pytest.fixture(scope="module")
def shipped() -> Judges:
    return load_judges("de")


def _read(text: str, judges: Judges) -> Reading:
    packs: Packs = load_packs()
    packs.german.judges = judges
    return annotate_text(text, packs, published=date(2015, 6, 3), language="de")


def _event(reading: Reading, type: str) -> EventMention:
    return next(event for event in reading.events if event.type == type)


def _with(judges: Judges, margin: int) -> Judges:
    return replace(judges, margins=Margins(margin, margin, margin))


CRITICISED = (
    "Peru hat am Montag drei Fischer aus Chile festgenommen. Das Außenministerium in Santiago übte scharfe Kritik."
)


def test_an_open_role_is_filled_from_the_sentences_around_and_says_so(shipped: Judges) -> None:
    willing = _event(_read(CRITICISED, _with(shipped, CERTAIN)), "ACCUSE")
    assert [(party.name, party.judged) for party in willing.recipients] == [("Peru", True)]
    assert [party.judged for party in willing.actors] == [False]
    why = [(reason.rule, reason.note, reason.span) for reason in willing.reasons if reason.rule.startswith("judged.")]
    assert why == [("judged.recipient", shipped.version, willing.recipients[0].span)]


def test_nobody_is_taken_where_more_speaks_for_nobody(shipped: Judges) -> None:
    wary = _event(_read(CRITICISED, _with(shipped, -CERTAIN)), "ACCUSE")
    assert wary.recipients == ()
    assert not any(reason.rule.startswith("judged.") for reason in wary.reasons)


def test_what_the_rules_see_stays(shipped: Judges) -> None:
    text = "Kenia hat Somalia am Montag mit einer Grenzschließung gedroht. Äthiopien äußerte sich nicht."
    for margin in (CERTAIN, -CERTAIN):
        event = _event(_read(text, _with(shipped, margin)), "THREATEN")
        assert ([p.name for p in event.actors], [p.name for p in event.recipients]) == (["Kenia"], ["Somalia"])
        assert event.days.first == event.days.last == date(2015, 6, 1)


def test_where_both_sides_act_nobody_else_receives(shipped: Judges) -> None:
    text = "Ghana und Togo haben am Montag Gespräche geführt. Benin war nicht dabei."
    event = _event(_read(text, _with(shipped, CERTAIN)), "CONSULT")
    assert {party.name for party in event.actors} == {"Ghana", "Togo"}
    assert event.recipients == ()


def test_a_day_may_come_from_the_sentence_before(shipped: Judges) -> None:
    text = "Am Montag kam das Parlament in Lima zusammen. Die Polizei nimmt drei Demonstranten fest."
    assert _event(_read(text, _with(shipped, CERTAIN)), "COERCE").days.first == date(2015, 6, 1)
    assert not _event(_read(text, _with(shipped, -CERTAIN)), "COERCE").days.known


def test_parties_that_are_only_judged_join_no_happenings(shipped: Judges) -> None:
    event = _event(_read(CRITICISED, _with(shipped, CERTAIN)), "ACCUSE")
    actors, recipients = event.ruled
    assert actors == event.actors
    assert recipients == ()


def test_a_description_means_the_name_behind_it(shipped: Judges) -> None:
    text = "Der Beschluss wurde vom Sprecher der Grünen/SSW-Fraktion Jan Okonjo begrüßt."
    event = _event(_read(text, _with(shipped, -CERTAIN)), "SUPPORT")
    assert [party.name for party in event.actors] == ["Jan Okonjo"]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    with pytest.raises(PackError, match=r"de/judges\.npz"):
        load_judges("de", tmp_path)
    (tmp_path / "de/judges.npz").write_bytes(b"nothing")
    with pytest.raises(PackError, match=r"de/judges\.npz"):
        load_judges("de", tmp_path)


@pytest.fixture
def articles(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(BENCH / "train"))
    sys.modules.pop("articles", None)
    import articles  # type: ignore[import-not-found]

    return articles


def test_the_invented_articles_are_whole(articles) -> None:  # type: ignore[no-untyped-def]
    rows = list(articles.articles())
    assert len(rows) >= 250
    types = {event["type"] for row in rows for event in row["events"]}
    assert len(types) == 18
    for row in rows:
        for event in row["events"]:
            assert event["trigger"] in event["evidence"][0], row["doc"]
            assert not (event["start"] and event["end"]) or event["start"] <= event["end"], row["doc"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("ACCUSE | occurred | rügt", "wants type"),
        ("ACCUSE | occurred | rügt | Rom rügt Wien | A: Rom | R: - | P: - | T: - | by: -", "not of the form"),
        ("ACCUSE | occurred | lobt | Rom lobt Wien | A: - | R: - | P: - | T: - | by: -", "not in the text: lobt"),
    ],
)
def test_a_wrong_line_of_an_article_is_named(articles, tmp_path: Path, line: str, complaint: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.txt").write_text(f"@ 2020-01-01 | Titel\nRom rügt Wien.\n---\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=f"x-0: {complaint}"):
        list(articles.articles(tmp_path))
