"""Reads the lists under `data/parties` into a party book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from depesche.errors import PackError
from depesche.model.days import Days, month_of
from depesche.model.reading import PartyKind
from depesche.packs.files import DATA, read_tsv
from depesche.packs.parties import Country, Holder, Known, Office, PartyBook, PartyNoun, Person
from depesche.packs.spellings import load_spellings

ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
CURRENT = "+"
"""Marks in holders.tsv that the holder was still in office when the list was written."""


def load_parties(root: Path = DATA / "parties") -> PartyBook:
    """All lists under `data/parties`; raises PackError that names file and row where one is wrong."""
    rows = read_tsv(root / "countries.tsv", COUNTRY_COLUMNS)
    countries = {row["alpha3"]: _country(row) for row in rows}
    known = [*_countries_known(rows), *_known(root)]
    nouns = read_tsv(root / "nouns.tsv", ("form", "kind", "name", "gender", "source"))
    return PartyBook(
        countries=countries,
        names=_index(known),
        adjectives={a: row["alpha3"] for row in reversed(rows) for a in _split(row["adjectives"])},
        city_adjectives=dict([*_city_adjectives(known), *_land_adjectives(rows)]),
        demonyms={
            form: row["alpha3"] for row in reversed(rows) for d in _split(row["demonyms"]) for form in _demonym_forms(d)
        },
        offices=dict(_offices(root)),
        nouns={row["form"]: _noun(row) for row in nouns if not row["form"].startswith("-")},
        endings=tuple((row["form"][1:], _noun(row)) for row in nouns if row["form"].startswith("-")),
        holders=tuple(_holders(root)),
        persons=dict(_persons(root)),
        first_names={
            row["name"]: row["gender"] for row in read_tsv(root / "first_names.tsv", ("name", "gender", "source"))
        },
        words=_words(root),
        spellings=load_spellings(root),
    )


WORD_SORTS = (
    "particle",
    "inner",
    "title",
    "family",
    "body",
    "place",
    "locative",
    "definite",
    "contracted",
    "both",
    "land",
    "lands",
    "many",
    "male",
    "female",
    "plural",
    "abroad",
    "vague",
    "former",
    "men",
    "sides",
    "union",
)

COUNTRY_COLUMNS = (
    "alpha3",
    "name",
    "forms",
    "article",
    "adjectives",
    "demonyms",
    "capitals",
    "english",
    "historical",
    "source",
)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _country(row: dict[str, str]) -> Country:
    return Country(row["alpha3"], row["name"], _split(row["adjectives"]), _split(row["capitals"]))


def _countries_known(rows: list[dict[str, str]]) -> Iterator[tuple[str, Known]]:
    for row in rows:
        known = Known(row["name"], PartyKind.COUNTRY, "country", row["alpha3"])
        for form in _split(row["forms"]):
            yield form, known
        capitals = _split(row["capitals"])
        for form in capitals:
            yield form, Known(capitals[0], PartyKind.PLACE, "capital", row["alpha3"])


def _known(root: Path) -> Iterator[tuple[str, Known]]:
    columns = ("forms", "name", "kind", "country", "source")
    for sort in ("body", "seat"):
        name = {"body": "bodies.tsv", "seat": "seats.tsv"}[sort]
        for row in read_tsv(root / name, columns):
            for form in _split(row["forms"]):
                yield form, Known(row["name"], _kind(row["kind"], name), sort, row["country"] or None)
    for row in read_tsv(root / "regions.tsv", ("forms", "name", "kind", "country", "sort", "source")):
        for form in _split(row["forms"]):
            yield form, Known(row["name"], _kind(row["kind"], "regions.tsv"), row["sort"], row["country"] or None)


def _index(known: list[tuple[str, Known]]) -> dict[str, tuple[tuple[tuple[str, ...], Known], ...]]:
    """Names by first word, longest first; where two lists have a form, the earlier list wins."""
    forms: dict[tuple[str, ...], Known] = {}
    for form, meant in known:
        for inflected in _inflections(form.split(" ")):
            forms.setdefault(inflected, meant)
    index: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
    for words, meant in forms.items():
        index.setdefault(words[0], []).append((words, meant))
    return {first: tuple(sorted(entries, key=lambda e: (-len(e[0]), e[0]))) for first, entries in index.items()}


def _inflections(words: list[str]) -> Iterator[tuple[str, ...]]:
    """All forms of a listed name: adjective endings in place of "~", genitive -s at the end."""
    heads: list[tuple[str, ...]] = [()]
    for word in words[:-1]:
        endings = [word[:-1] + e for e in ADJECTIVE_ENDINGS] if word.endswith("~") else [word]
        heads = [(*head, form) for head in heads for form in endings]
    last = words[-1]
    for head in heads:
        yield (*head, last)
        if not last.endswith(("s", "x", "z", "ß")):
            yield (*head, last + "s")
        if last.endswith(("s", "t", "f", "ß", "d")) and not last.isupper():
            yield (*head, last + "es")


def _city_adjectives(known: list[tuple[str, Known]]) -> Iterator[tuple[str, Known]]:
    for form, meant in known:
        if meant.sort in ("capital", "city") and " " not in form:
            base = form[:-2] + "n" if form.endswith("en") and len(form) > 6 else form
            yield (base[:-1] if base.endswith("e") else base) + "er", meant


def _land_adjectives(rows: list[dict[str, str]]) -> Iterator[tuple[str, Known]]:
    """Names of inhabitants that serve as adjectives: "Schweizer", "Luxemburger"."""
    for row in rows:
        if row["name"] + "er" in _split(row["demonyms"]):
            yield row["name"] + "er", Known(row["name"], PartyKind.COUNTRY, "country", row["alpha3"])


def _demonym_forms(demonym: str) -> Iterator[str]:
    yield demonym
    if demonym.endswith("e"):
        yield from (demonym + "n", demonym[:-1] + "in", demonym[:-1] + "innen")
    elif demonym.endswith("er"):
        yield from (demonym + "n", demonym + "s", demonym + "in", demonym + "innen")
    else:
        yield from (demonym + "s", demonym + "en")


def _offices(root: Path) -> Iterator[tuple[str, Office]]:
    columns = ("word", "feminine", "offices", "country", "single", "source")
    for row in read_tsv(root / "offices.tsv", columns):
        keys, lands = tuple(key for key in row["offices"].split(",") if key), _split(row["country"])
        for word, gender in ((row["word"], "m"), (row["feminine"], "f")):
            if not word:
                continue
            for form, plural in _office_forms(word, gender):
                single = row["single"] == "yes"
                yield form, Office(row["word"], gender, keys, next(iter(lands), None), plural, single, lands)


def _office_forms(word: str, gender: str) -> Iterator[tuple[str, bool]]:
    """Plural and case forms first, so that a form that can be singular is written last and wins."""
    if gender == "f":
        plural = word + "nen" if word.endswith("in") else word + "n"
        yield from ((plural, True), (word, False))
        return
    if word.endswith(("chef", "lord")):
        yield word + "s", True
    if word.endswith("er"):
        yield word + "n", True
    for ending in ("en", "n", "s", "es", ""):
        if ending == "n" and not word.endswith(("e", "r")):
            continue
        if ending == "en" and not word.endswith(("t", "st", "h", "f", "g", "e")):
            continue
        yield word + ending, ending == "n" and word.endswith("er")
    if word.endswith("er") and word[-3:-2] in "td":
        yield from ((word[:-1], False), (word[:-1] + "n", False))


def _noun(row: dict[str, str]) -> PartyNoun:
    return PartyNoun(_kind(row["kind"], "nouns.tsv"), row["name"], row["gender"])


def _holders(root: Path) -> Iterator[Holder]:
    for row in read_tsv(root / "holders.tsv", ("office", "country", "person", "from", "to", "source")):
        first, last = _ends(row["from"], row), _ends(row["to"].rstrip(CURRENT), row)
        days, current = Days(first.first, last.last), row["to"].endswith(CURRENT)
        yield Holder(row["office"], row["country"] or None, row["person"], days, current)


def _ends(text: str, row: dict[str, str]) -> Days:
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text)
    if match is None:
        raise PackError(f"data/parties/holders.tsv: {row['person']}: {text!r} is neither a day nor a month")
    year, month = int(match[1]), int(match[2])
    if match[3] is None:
        return month_of(year, month)
    day = date(year, month, int(match[3]))
    return Days(day, day)


def _persons(root: Path) -> Iterator[tuple[str, Person]]:
    """Everybody listed by name; who held a national and an international office belongs to the nation."""
    for holder in sorted(_holders(root), key=lambda holder: holder.country is not None):
        yield holder.person, Person(holder.person, holder.country)
    for row in read_tsv(root / "persons.tsv", ("name", "country", "gender", "surname_first", "alone", "source")):
        first = {"yes": True, "no": False}.get(row["surname_first"])
        yield row["name"], Person(row["name"], row["country"] or None, row["gender"], first, row["alone"] == "yes")


def _words(root: Path) -> dict[str, frozenset[str]]:
    """Words by sort, as the head of the file explains them."""
    sorts: dict[str, set[str]] = {sort: set() for sort in WORD_SORTS}
    for row in read_tsv(root / "name_words.tsv", ("word", "sort", "source")):
        if row["sort"] not in sorts:
            raise PackError(f"data/parties/name_words.tsv: sort {row['sort']!r} should be one of {', '.join(sorts)}")
        sorts[row["sort"]].add(row["word"])
    return {sort: frozenset(words) for sort, words in sorts.items()}


def _kind(text: str, file: str) -> PartyKind:
    try:
        return PartyKind(text)
    except ValueError as error:
        raise PackError(f"data/parties/{file}: kind {text!r} should be one of {', '.join(PartyKind)}") from error
