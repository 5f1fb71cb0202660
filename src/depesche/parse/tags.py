"""Mends tags that the tagger gives without a view of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from depesche.model.parse import Word
from depesche.packs.grammar import Grammar

FINITE = ("VV(FIN)", "VA(FIN)", "VM(FIN)")
LONGEST_FRONT = 6  # words of a phrase before the finite verb
UNSEPARATED = ("be", "ent", "er", "miss", "ver", "zer")
"""Prefixes of verbs whose participle has no "ge": "verlangt" is one, and a finite form too."""
CUTS = {",", ";", ":", "–", "—", "(", ")", "„", "“", "»", "«", '"'}


def mended(text: str, words: Sequence[Word], grammar: Grammar) -> list[Word]:
    """The words of one sentence, with a finite verb where a piece between marks has none but needs one.

    HanTa takes "übersteigt" for a participle and "sagen" for an infinitive where it does not see that
    no auxiliary governs them.
    """
    out = list(words)
    start = 0
    for i in range(len(out) + 1):
        if i == len(out) or text[out[i].start : out[i].end] in CUTS:
            _mend(text, out, start, i, grammar)
            start = i + 1
    return out


def _mend(text: str, words: list[Word], first: int, last: int, grammar: Grammar) -> None:
    if first == last:
        return
    piece = range(first, last)
    _reopen(text, words, first, last, grammar)
    _article(words, first, last)
    _infinitive(text, words, first, last)
    _participle(text, words, first, last)
    tags = {words[i].tag for i in piece}
    if tags & {*FINITE, "PTKZU", "VV(IZU)", "VA(INF)", "VA(PP)"}:
        return
    opened = any(words[i].tag in {"KOUS", "PRELS"} for i in piece[:2])
    for i in piece:
        word = words[i]
        form = text[word.start : word.end]
        final = i + 1 == last or words[i + 1].tag in {"$.", "$,"}
        subject = i > first and words[i - 1].tag in {"NN", "NE", "NNA", "PPER", "CARD", "PIS"}
        participle = word.tag == "VV(PP)" and form.endswith("t") and not form.startswith("ge")
        if (participle or word.tag == "VV(INF)") and ((opened and final) or (subject and not opened and not final)):
            words[i] = Word(word.start, word.end, "VV(FIN)", word.lemma)
            return


def _reopen(text: str, words: list[Word], first: int, last: int, grammar: Grammar) -> None:
    """ "seit er kam", "als der Minister eintraf": what looks like a preposition opens a verb-final clause."""
    start = next((i for i in range(first, last) if words[i].tag not in {"$(", "KON", "ADV"}), last)
    tail = next((i for i in range(last - 1, first, -1) if not words[i].tag.startswith("$")), first)
    if (
        start < last
        and words[start].tag == "KOUS"
        and words[start].lemma in grammar.lists.prepositions
        and _second(words, start, tail)
    ):
        words[start] = Word(words[start].start, words[start].end, "APPR", words[start].lemma)
    if start >= last or tail - start < 2 or words[tail].tag not in FINITE:
        return
    word = words[start]
    second_finite = any(words[i].tag in FINITE for i in range(start, tail - 1))
    if (
        word.tag in {"APPR", "KOKOM", "PTKA"}
        and text[word.start : word.end].lower() in grammar.lists.subordinators
        and not second_finite
    ):
        words[start] = Word(word.start, word.end, "KOUS", word.lemma)


def _participle(text: str, words: list[Word], first: int, last: int) -> None:
    """ "hatte die Ablösung verlangt und Gespräche aufgenommen": under an auxiliary, the last word before "und"."""
    governed = False
    for i in range(first, last):
        word = words[i]
        final = i + 1 == last or words[i + 1].tag == "KON" or words[i + 1].tag.startswith("$")
        form = text[word.start : word.end]
        if governed and final and word.tag == "VV(FIN)" and form.endswith("t") and form.startswith(UNSEPARATED):
            words[i] = Word(word.start, word.end, "VV(PP)", word.lemma)
        governed = governed or word.tag == "VA(FIN)"


def _second(words: Sequence[Word], start: int, tail: int) -> bool:
    """Whether the piece's finite verb stands right behind its first phrase: "Während des Besuchs wurde er …"."""
    finite = next((i for i in range(start + 1, tail + 1) if words[i].tag in FINITE), tail)
    return finite < tail and words[finite - 1].tag in {"NN", "NNI", "NE"} and finite - start <= LONGEST_FRONT


def _article(words: list[Word], first: int, last: int) -> None:
    """ "…, die beiden Führer würden …": right before its noun, in a clause that is not verb-final, it is an article."""
    tail = next((i for i in range(last - 1, first, -1) if not words[i].tag.startswith("$")), first)
    if words[tail].tag in FINITE:
        return
    for i in range(first, last - 1):
        if (
            words[i].tag in {"PRELS", "PDS"}
            and words[i].lemma == "der"
            and words[i + 1].tag in {"PIAT", "PIS", "ADJ(A)", "NN", "NNA", "CARD"}
        ):
            words[i] = Word(words[i].start, words[i].end, "ART", "der")


def _infinitive(text: str, words: list[Word], first: int, last: int) -> None:
    """ "Es wird bei 51 Prozent liegen": behind a modal or "werden" the verb at the end is an infinitive."""
    governed = False
    for i in range(first, last):
        word = words[i]
        final = i + 1 == last or words[i + 1].tag.startswith(("$", "VM", "VA", "KON"))
        if governed and final and word.tag == "VV(FIN)" and text[word.start : word.end] == word.lemma:
            words[i] = Word(word.start, word.end, "VV(INF)", word.lemma)
        governed = governed or word.tag == "VM(FIN)" or (word.tag == "VA(FIN)" and word.lemma == "werden")
