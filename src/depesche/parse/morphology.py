"""Mood and tense of finite verbs, which HanTa does not tell."""

from __future__ import annotations

from depesche.model.parse import Mood, Tense
from depesche.packs.grammar import Grammar

WEAK_PAST = ("te", "ten", "test", "tet")


def mood_of(form: str, lemma: str, grammar: Grammar) -> Mood:
    """The mood of a finite form, from closed lists and from the ending "-e" on a present stem."""
    lower = form.lower()
    if lower in grammar.lists.konjunktiv_2:
        return Mood.KONJUNKTIV_2
    if lower in grammar.lists.konjunktiv_1:
        return Mood.KONJUNKTIV_1
    stem = _stem(lemma)
    if stem and lower == stem + "e" and not lower.endswith("ete"):
        return Mood.KONJUNKTIV_1
    # of a particle verb in a subordinate clause HanTa's lemma keeps the particle: "stattfinde"
    return Mood.INDICATIVE


def is_past(form: str, lemma: str, grammar: Grammar) -> bool:
    """Whether a finite indicative form is simple past."""
    lower, stem = form.lower(), _stem(lemma)
    if stem and lower.endswith(WEAK_PAST) and not _present_of_t_stem(lower, stem):
        return True
    match = grammar.strong_past.search(lower)
    if match is None:
        return False
    bare = lower[: match.start()] + match.group()
    return not lemma.endswith(bare) and not (stem and lower in {stem + "t", stem + "en", lemma})


def tense_of(form: str, lemma: str, grammar: Grammar) -> Tense:
    """Present or past of one finite form."""
    return Tense.PAST if is_past(form, lemma, grammar) else Tense.PRESENT


def _stem(lemma: str) -> str:
    if lemma.endswith("en"):
        return lemma[:-2]
    return lemma[:-1] if lemma.endswith("n") else ""


def _present_of_t_stem(form: str, stem: str) -> bool:
    """ "arbeiten" and "bitten" end like a past, "arbeitete" is one."""
    return stem.endswith("t") and form in {stem + "e", stem + "en", stem + "et", stem + "est", stem}
