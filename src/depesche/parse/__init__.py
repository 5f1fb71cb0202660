"""parse: from an article's text to its grammar, before anybody knows its date.

text ─▶ words, sentences ─▶ tags, lemmas ─▶ names ─▶ by rules: phrases, clauses, predicates, suggested links
                                                 │                                        └─▶ attachments ─▶ links
                                                 └─▶ unanchored times
"""

from __future__ import annotations

from collections.abc import Sequence

from depesche.model.page import Article
from depesche.model.parse import Parse, Sentence, Word
from depesche.packs.load import Language, Packs
from depesche.parse.attach import attach
from depesche.parse.attached import attached
from depesche.parse.glance import glance
from depesche.parse.names import find_names
from depesche.parse.rules import by_rules, words_in_times
from depesche.parse.tags import mended
from depesche.parse.times import find_times
from depesche.parse.tokens import Token, sentences_of, words_of

__all__ = ["glance", "parse", "parse_text", "parse_words", "ruled_words"]


def parse(article: Article, packs: Packs) -> Parse:
    """The grammar of an article."""
    return parse_text(article.text, packs, article.language)


def parse_text(text: str, packs: Packs, language: str) -> Parse:
    """The grammar of a text in a language; where a language has no grammar, words, names and times only."""
    closed = packs.german.grammar
    tokens = words_of(text, closed)
    return _grammar(_named(text, tokens, sentences_of(text, tokens, closed), packs, language), packs, language)


def parse_words(forms: Sequence[str], packs: Packs, language: str) -> Parse:
    """The grammar of one sentence that comes as words; its text is the words with blanks between them."""
    return _grammar(_named(*_sentence(forms), packs, language), packs, language)


def ruled_words(forms: Sequence[str], packs: Packs, language: str) -> Parse:
    """What rules alone find in one sentence that comes as words: what the attachment model is trained on."""
    named = _named(*_sentence(forms), packs, language)
    return by_rules(named, packs.language(language).grammar, packs.parties, words_in_times(named))


def _sentence(forms: Sequence[str]) -> tuple[str, list[Token], list[tuple[int, int]]]:
    """The text of one sentence given as words, with their places and its range."""
    tokens: list[Token] = []
    start = 0
    for form in forms:
        tokens.append((start, start + len(form)))
        start += len(form) + 1
    return " ".join(forms), tokens, [(0, len(tokens))] if tokens else []


def _named(text: str, tokens: list[Token], ranges: list[tuple[int, int]], packs: Packs, language: str) -> Parse:
    """Words, sentences, names and times."""
    pack = packs.language(language)
    sentences = tuple(Sentence(tokens[a][0], tokens[b - 1][1], a, b) for a, b in ranges)
    words = _tagged(text, tokens, ranges, pack)
    names = find_names(text, words, sentences, packs.parties, pack.names if pack.reads else None)
    return Parse(text, words, sentences, names, times=find_times(text, words, sentences, pack.times))


def _grammar(named: Parse, packs: Packs, language: str) -> Parse:
    """The whole parse, where the language has a grammar."""
    pack = packs.language(language)
    if not pack.reads:
        return named
    timed = words_in_times(named)
    ruled = by_rules(named, pack.grammar, packs.parties, timed)
    model = pack.attachments
    return attached(ruled, attach(ruled, timed, model, pack.clusters), model, pack.grammar)


def _tagged(
    text: str, tokens: list[tuple[int, int]], ranges: list[tuple[int, int]], pack: Language
) -> tuple[Word, ...]:
    words: list[Word] = []
    for a, b in ranges:
        forms = [text[start:end] for start, end in tokens[a:b]]
        tagged = [
            Word(start, end, *pair) for (start, end), pair in zip(tokens[a:b], pack.tagger.tag(forms), strict=True)
        ]
        words.extend(mended(text, tagged, pack.grammar) if pack.reads else tagged)
    return tuple(words)
