"""Mends tags that the tagger gives without a view of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from depesche.model.parse import Word
from depesche.packs.grammar import Grammar

FINITE = ("VV(FIN)", "VA(FIN)", "VM(FIN)")
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
    piece = range(first, last)
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
