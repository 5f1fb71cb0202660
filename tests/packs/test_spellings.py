from __future__ import annotations

import pytest

from depesche.packs.spellings import Script, load_spellings, parts_of

SPELLINGS = load_spellings()
YES = [pytest.param(s, pair, id=f"{s.name} {pair}") for s in SPELLINGS.scripts for pair in s.yes]
NO = [pytest.param(s, pair, id=f"{s.name} {pair}") for s in SPELLINGS.scripts for pair in s.no]


@pytest.mark.parametrize(("script", "pair"), YES)
def test_spellings_of_one_name_share_a_skeleton(script: Script, pair: tuple[str, str]) -> None:
    assert script.skeletons(pair[0]) & script.skeletons(pair[1])


@pytest.mark.parametrize(("script", "pair"), NO)
def test_other_names_share_none(script: Script, pair: tuple[str, str]) -> None:
    assert not script.skeletons(pair[0]) & script.skeletons(pair[1])


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("Wolodymyr Selenskyj", "Volodymyr Zelensky", "UKR"),
        ("Wolodymyr Selenskyj", "Wladimir Selenski", "UKR"),
        ("Andrei Beloussow", "Andrey Belousov", "RUS"),
        ("Wladimir Putin", "Wladimir Wladimirowitsch Putin", "RUS"),
        ("Wladimir Putin", "W. Putin", "RUS"),
        ("Ismail Hanija", "Ismail Haniyeh", "PSE"),
        ("Baschar al-Assad", "Bashar Assad", "SYR"),
    ],
)
def test_one_person_in_two_spellings(one: str, other: str, country: str) -> None:
    assert SPELLINGS.same_person(parts_of(one, False), parts_of(other, False), country)


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("Sergei Iwanow", "Igor Iwanow", "RUS"),
        ("Sergei Iwanow", "Sergei Iwanowa", "RUS"),
        ("Ilham Alijew", "Heydar Alijew", "AZE"),
        ("Wolodymyr Selenskyj", "Volodymyr Zelensky", "FRA"),
        ("Selenskyj", "Zelensky", "UKR"),
        ("Ali Salih", "Barham Saleh", "IRQ"),
    ],
)
def test_other_persons_and_names_that_tell_too_little(one: str, other: str, country: str) -> None:
    assert not SPELLINGS.same_person(parts_of(one, False), parts_of(other, False), country)


def test_the_given_name_of_who_has_the_family_name_in_front_may_be_one_word_or_two() -> None:
    assert parts_of("Kim Jong Un", True) == ("JongUn", "Kim")
    assert SPELLINGS.same_person(parts_of("Kim Jong Un", True), parts_of("Kim Jong-un", True), "PRK")
    assert not SPELLINGS.same_person(parts_of("Kim Jong Un", True), parts_of("Kim Jong Il", True), "PRK")
