"""parse: from an article's text to its grammar, before anybody knows its date.

text ─▶ words, sentences ─▶ tags, lemmas ─▶ names ─▶ phrases, clauses ─▶ predicates ─▶ links
                                                 └─▶ unanchored times
"""

from __future__ import annotations

from collections.abc import Sequence

from depesche.model.page import Article
from depesche.model.parse import Clause, Name, Parse, Phrase, Sentence, Word
from depesche.packs.load import Language, Packs
from depesche.packs.parties import PartyBook
from depesche.parse.clauses import Segmenter, clauses_of
from depesche.parse.links import Linker
from depesche.parse.names import find_names
from depesche.parse.phrases import Chunker
from depesche.parse.predicates import Grid, predicates_of
from depesche.parse.tags import mended
from depesche.parse.times import find_times
from depesche.parse.tokens import Token, sentences_of, words_of

__all__ = ["parse", "parse_text", "parse_words"]


def parse(article: Article, packs: Packs) -> Parse:
    """The grammar of an article."""
    return parse_text(article.text, packs, article.language)


def parse_text(text: str, packs: Packs, language: str) -> Parse:
    """The grammar of a text in a language; where a language has no grammar, words, names and times only."""
    closed = packs.german.grammar
    tokens = words_of(text, closed)
    return _parsed(text, tokens, sentences_of(text, tokens, closed), packs, language)


def parse_words(forms: Sequence[str], packs: Packs, language: str) -> Parse:
    """The grammar of one sentence that comes as words; its text is the words with blanks between them."""
    tokens: list[Token] = []
    start = 0
    for form in forms:
        tokens.append((start, start + len(form)))
        start += len(form) + 1
    return _parsed(" ".join(forms), tokens, [(0, len(tokens))] if tokens else [], packs, language)


def _parsed(text: str, tokens: list[Token], ranges: list[tuple[int, int]], packs: Packs, language: str) -> Parse:
    pack = packs.language(language)
    sentences = tuple(Sentence(tokens[a][0], tokens[b - 1][1], a, b) for a, b in ranges)
    words = _tagged(text, tokens, ranges, pack)
    names = find_names(text, words, sentences, packs.parties, pack.names if pack.reads else None)
    times = find_times(text, words, sentences, pack.times)
    parsed = Parse(text, words, sentences, names, times=times)
    return _grammar(parsed, pack, packs.parties) if pack.reads else parsed


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


def _grammar(parsed: Parse, pack: Language, book: PartyBook) -> Parse:
    text, words, grammar = parsed.text, parsed.words, pack.grammar
    by_first: dict[int, Name] = {name.first: name for name in parsed.names if _is_unit(name, words)}
    phrases: list[Phrase] = []
    clauses: list[Clause] = []
    owners: list[int] = []
    timed = _words_in_times(parsed)
    for k, sentence in enumerate(parsed.sentences):
        phrases.extend(Chunker(text, words, sentence.first, sentence.last, by_first, grammar, timed).phrases())
        found, owned = clauses_of(Segmenter(text, words, sentence.first, sentence.last, grammar), k, len(clauses))
        clauses.extend(found)
        owners.extend(owned)
    grid = Grid(clauses, owners, phrases)
    predicates = predicates_of(text, words, grid, grammar)
    people = frozenset(name.first for name in parsed.names if name.label == "PER")
    bodies = _bodies(parsed, book)
    linker = Linker(text, words, grid, predicates, grammar, timed, people, bodies)
    return Parse(
        text,
        words,
        parsed.sentences,
        parsed.names,
        tuple(phrases),
        tuple(clauses),
        tuple(predicates),
        tuple(linker.run()),
        parsed.times,
        tuple(owners),
    )


def _bodies(parsed: Parse, book: PartyBook) -> frozenset[int]:
    """Words that name bodies able to act: party nouns, and the first words of names of bodies and states."""
    nouns = (i for i, word in enumerate(parsed.words) if word.tag in {"NN", "NNA"} and book.noun(parsed.word(i)))
    return frozenset(nouns) | {name.first for name in parsed.names if name.label in {"ORG", "LOC"}}


def _is_unit(name: Name, words: tuple[Word, ...]) -> bool:
    """Whether a name is one word to the grammar; adjectives ("russische") and lone common nouns are not."""
    whole = name.label in {"PER", "ORG", "LOC", "OTH"}
    return whole and (name.last - name.first > 1 or words[name.first].tag not in {"NN", "ADJ(A)"})


def _words_in_times(parsed: Parse) -> frozenset[int]:
    inside: set[int] = set()
    i = 0
    for time in parsed.times:
        while i < len(parsed.words) and parsed.words[i].end <= time.start:
            i += 1
        j = i
        while j < len(parsed.words) and parsed.words[j].start < time.end:
            inside.add(j)
            j += 1
    return frozenset(inside)
