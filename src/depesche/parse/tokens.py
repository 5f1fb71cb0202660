"""Sentences and words: where they begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from depesche.packs.grammar import Grammar

WORD = re.compile(
    r"\d{1,2}\.(?=[ \u00a0][^\W\d_])"  # 7. Mai
    r"|\d+(?:[.,:]\d+)*(?:-[^\W\d_][\w-]*)?"  # 2.000  20.30  70-Jährige
    r"|(?:[^\W\d_]\.){2,}"  # z.B.  U.S.
    r"|[^\W_]+(?:[-‑'’.][^\W_]+)*(?:-(?=\s))?"  # Kreml-Sprecher  D'Alema  Handels-
    r"|\.\.\.|[^\w\s]|_"
)
NEXT_WORD = re.compile(r"\s([^\W\d_]{1,30})")
DOTTED = re.compile(r"[^\W_]+\.[^\W_]+")
ENDERS = {".", "!", "?", "…", "..."}
CLOSERS = {"“", "”", '"', "«", "»", "‘", "’", "'", ")", "]"}
LAST = frozenset("".join(sorted(ENDERS | CLOSERS)))
"""The signs that the last word of a sentence ends with, save where a line or the paper ends."""
DATELINE = 6  # words: a bracket that closes so early, with a sentence behind it, closes a dateline
LONGEST_SENTENCE = 120  # words: beyond it a sentence is cut, since tagging and clauses look at it whole
MARKS_IN_A_ROW = 20  # without a blank between them: no sentence goes on behind so many

Token = tuple[int, int]


def words_of(text: str, grammar: Grammar) -> list[Token]:
    """The places of all words and marks of the text.

    An ordinal is one word with its stop ("7. Mai"); "Peking.Moskau", run together, is three.
    """
    out: list[Token] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if end - start > 1 and "." in text[start:end]:
            out.extend(_pieces(match, text, grammar))
        else:
            out.append((start, end))
    return out


def _pieces(match: re.Match[str], text: str, grammar: Grammar) -> Iterator[Token]:
    start, end = match.span()
    word = match.group()
    if word[-1] == "." and word[0].isdigit():
        following = NEXT_WORD.match(text, end)
        if following is not None and following.group(1) in grammar.lists.sentence_openers:
            yield from ((start, end - 1), (end - 1, end))
            return
    if DOTTED.fullmatch(word) and not word[0].isdigit() and word.split(".")[1][:1].isupper() and len(word) > 5:
        dot = start + word.index(".")
        yield from ((start, dot), (dot, dot + 1), (dot + 1, end))
    else:
        yield (start, end)


def sentences_of(text: str, words: list[Token], grammar: Grammar) -> list[tuple[int, int]]:
    """Ranges of words that make the sentences, in order; every word lies in exactly one.

    A line break ends a sentence, as do full stops, question and exclamation marks with the closing
    marks behind them, unless the stop belongs to an abbreviation or an ordinal.
    """
    out: list[tuple[int, int]] = []
    first = 0
    for i in range(len(words)):
        if i + 1 == len(words) or _ends(text, words, first, i, grammar):
            out.append((first, i + 1))
            first = i + 1
    return out


def _ends(text: str, words: list[Token], first: int, i: int, grammar: Grammar) -> bool:
    start, end = words[i]
    between = text[end : words[i + 1][0]]
    if between == " " and text[end - 1] not in LAST and i + 1 - first < LONGEST_SENTENCE:
        return False
    if "\n" in between or i + 1 - first >= LONGEST_SENTENCE:
        return True
    if not between:
        return i + 1 - first >= MARKS_IN_A_ROW and _is_row_of_marks(text[end - MARKS_IN_A_ROW : end])
    word = text[start:end]
    if (
        word == ")"
        and i - first <= DATELINE
        and text[words[i + 1][0] : words[i + 1][1]] in grammar.lists.sentence_openers
    ):
        return any(text[a:b] == "(" for a, b in words[first:i])  # "Hongkong (CNN) Der Präsident …"
    j = i
    while word in CLOSERS and j > first:
        j -= 1
        word = text[words[j][0] : words[j][1]]
    following = text[words[i + 1][0] : words[i + 1][1]]
    if word not in ENDERS or following[:1].islower() or following in {",", ";", "-", "–"}:
        return False
    if j != i and following[:1].islower():
        return False
    return word != "." or j == first or not _dot_belongs(text, words[j - 1], following, grammar)


def _is_row_of_marks(piece: str) -> bool:
    """Whether there is neither a letter nor a digit nor a blank in it."""
    return not (piece[-1].isalnum() or any(ch.isalnum() or ch.isspace() for ch in piece))


def _dot_belongs(text: str, before: Token, following: str, grammar: Grammar) -> bool:
    """Whether the full stop after a word is part of an abbreviation, an initial or an ordinal."""
    word = text[before[0] : before[1]]
    if word in grammar.lists.abbreviations or word.endswith("."):
        return following not in grammar.lists.sentence_openers
    if len(word) == 1 and word.isalpha() and word.isupper():
        return True
    if (word.isdigit() and len(word) <= 2) or (word.isupper() and set(word) <= set("IVX")):
        return following not in grammar.lists.sentence_openers
    return False
