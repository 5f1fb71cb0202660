"""Noun phrases with article, apposition and what belongs to them, read from tags."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.model.parse import Parse

STARTS = ("ART", "PPOSAT", "PIAT", "PDAT", "ADJ", "CARD", "NN", "NE", "FM", "TRUNC", "PPER", "PDS", "PIS", "PWS", "XY")
ALONE = frozenset({"PPER", "PDS", "PIS", "PWS"})
NOMINAL = ("NN", "NE", "FM", "XY")
INNER = ("ADJ", "CARD", "TRUNC", "PIDAT", "PIAT", "PPOSAT", "PDAT")
GENITIVES = frozenset({"des", "der", "eines", "einer", "seiner", "ihrer", "seines", "ihres", "dieser", "dieses"})
ATTACHED = frozenset({"von", "vom", "für", "aus"})
MARKS = frozenset('„“”«»"‟‚‘‹›')
APPOSED = ("N", "ART", "ADJ", "APPR", "KON", "CARD", "PPOSAT", "FM", "XY", "TRUNC")
LONGEST_APPOSITION = 14
JOINS = frozenset({"und", "sowie", "&"})


def phrase_after(parse: Parse, i: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that starts at word `i`, with genitives, names, titles; None if none starts there."""
    if i >= end or not parse.words[i].tag.startswith(STARTS):
        return None
    if parse.words[i].tag in ALONE:
        owned = i + 1 < end and parse.words[i].tag == "PIS" and parse.word(i + 1) in GENITIVES
        return i, _extended(parse, i + 1, end) if owned else i + 1
    core = _core(parse, i, end)
    if core is None:
        return None
    last = _extended(parse, core, end)
    opened = sum(parse.word(j) in MARKS for j in range(i, last)) % 2 == 1
    return i, last + (opened and last < end and parse.word(last) in MARKS)


def head_of(parse: Parse, run: tuple[int, int]) -> int:
    """The word that a phrase is about: its first noun behind what an article opens, else its first word."""
    first, last = run
    start = _participle(parse, first, last)
    return next((i for i in range(start, last) if parse.words[i].tag.startswith(NOMINAL)), first)


def phrase_before(parse: Parse, start: int, end: int) -> tuple[int, int] | None:
    """The longest noun phrase that ends right before word `end`."""
    for i in range(max(start, end - 14), end):
        phrase = phrase_after(parse, i, end)
        if phrase and phrase[1] == end:
            governed = i > start and parse.words[i - 1].tag in {"APPR", "APPRART"}
            if not governed:
                return phrase
    return None


def phrases_in(parse: Parse, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Noun phrases among the words that no preposition governs, without overlaps."""
    i = first
    while i < last:
        tag = parse.words[i].tag
        if tag in {"APPR", "APPRART"}:
            inner = phrase_after(parse, i + 1, last)
            i = inner[1] if inner else i + 1
            continue
        phrase = phrase_after(parse, i, last)
        if phrase:
            yield phrase
        i = phrase[1] if phrase else i + 1


def with_apposition(parse: Parse, phrase: tuple[int, int], end: int) -> tuple[int, int]:
    """The phrase with an apposition between commas ("der Sprecher, Wang Wenbin,"), where one follows."""
    at = phrase[1]
    if at + 1 >= end or parse.word(at) != ",":
        return phrase
    more = phrase_after(parse, at + 1, end)
    if more is None or parse.words[at + 1].tag in ALONE or more[1] - at > 9:
        return phrase
    last = next((j for j in range(more[1], end) if parse.words[j].tag[:1] in "$V"), end)
    plain = all(parse.words[j].tag.startswith(APPOSED) for j in range(more[1], last))
    if plain and last - at <= LONGEST_APPOSITION and (last == end or parse.words[last].tag[:1] == "$"):
        more = (more[0], last)
    closed = more[1] >= end or parse.word(more[1]) in {",", ".", ":"}
    named = any(parse.words[j].tag == "NE" for j in (*range(*phrase), *range(*more)))
    loose = more[1] < end and parse.words[more[1]].tag in {"PROAV", "ADV"}
    return (phrase[0], more[1]) if closed and named and not loose else phrase


def _core(parse: Parse, i: int, end: int) -> int | None:
    """The word behind the phrase's first run of nouns."""
    first = at = _participle(parse, i, end)
    seen = False
    while at < end:
        tag = parse.words[at].tag
        if tag.startswith(NOMINAL):
            seen = True
        elif at == first and not seen and (tag.startswith(STARTS) or first > i):
            pass
        elif seen or not (tag.startswith(INNER) or parse.word(at) in MARKS or _between(parse, at, i, end)):
            break
        at += 1
    return at if seen else None


def _between(parse: Parse, at: int, i: int, end: int) -> bool:
    """Whether a word may stand between article and noun: adverb or "und" before an adjective, or a participle's."""
    tag = parse.words[at].tag
    after = parse.words[at + 1].tag if at + 1 < end else ""
    if tag in {"KON", "ADV", "PTKNEG"} or tag.startswith("VV(PP"):
        return after.startswith(("ADJ", "NN", "ADV"))
    return False


def _participle(parse: Parse, i: int, end: int) -> int:
    """Where the adjective stands that closes what an article opens: "eine (mit dem Plan) vertraute Person"."""
    if parse.words[i].tag != "ART" or i + 1 >= end or parse.words[i + 1].tag not in {"APPR", "APPRART"}:
        return i
    for j in range(i + 2, min(i + 9, end - 1)):
        bent = parse.words[j].tag.startswith(("ADJ(A", "VV")) and parse.word(j).endswith(("e", "en", "er", "em", "es"))
        if bent and parse.words[j - 1].tag.startswith(("N", "C")) and parse.words[j + 1].tag.startswith(("N", "ADJ(A")):
            return j
        if parse.words[j].tag.startswith(("V", "$")):
            return i
    return i


def _extended(parse: Parse, at: int, end: int) -> int:
    """The end of the phrase with brackets, titles in marks, genitives, "von …" and what "und" joins."""
    for _ in range(8):
        further = _one_more(parse, at, end)
        if further == at:
            break
        at = further
    return at


def _one_more(parse: Parse, at: int, end: int) -> int:
    if at >= end:
        return at
    form, tag = parse.word(at), parse.words[at].tag
    if form == "(":
        return next((j + 1 for j in range(at + 1, min(at + 6, end)) if parse.word(j) == ")"), at)
    if form in MARKS and parse.words[at - 1].tag.startswith(NOMINAL) and parse.word(min(at + 1, end - 1))[:1].isupper():
        return next((j + 1 for j in range(at + 1, min(at + 7, end)) if parse.word(j) in MARKS), at)
    if (tag in {"ART", "PPOSAT", "PDAT"} and form in GENITIVES) or form in ATTACHED or form in JOINS:
        if form == "der" and (parse.words[at - 1].tag == "NE" or (at + 1 < end and _nominative(parse, at + 1))):
            return at
        skip = 1 if form in ATTACHED or form in JOINS else 0
        if form in JOINS and at + 1 < end and parse.words[at + 1].tag in ALONE:
            return at
        core = _core(parse, at + skip, end) if at + skip < end else None
        return core or at
    named = parse.words[at - 1].tag == "NE" and form[:1].isupper()
    return at + 1 if (tag.startswith(("NE", "NN", "CARD")) or named) and parse.words[at - 1].tag.startswith("N") else at


def _nominative(parse: Parse, i: int) -> bool:
    """Whether an adjective's ending speaks against a genitive: "der neue Sprecher", not "der neuen Partei"."""
    return parse.words[i].tag.startswith("ADJ(A") and parse.word(i).endswith("e")
