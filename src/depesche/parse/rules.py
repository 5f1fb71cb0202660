"""The grammar of an article by rules alone: phrases, clauses, predicates and suggested links."""

from __future__ import annotations

from depesche.model.parse import Clause, Name, Parse, Phrase, Word
from depesche.packs.grammar import Grammar
from depesche.packs.parties import PartyBook
from depesche.parse.clauses import Segmenter, clauses_of
from depesche.parse.links import Linker
from depesche.parse.phrases import Chunker
from depesche.parse.predicates import Grid, predicates_of


def by_rules(parsed: Parse, grammar: Grammar, book: PartyBook, timed: frozenset[int]) -> Parse:
    """A parse that has words, sentences, names and times, with its grammar; `timed` are the words in times."""
    text, words = parsed.text, parsed.words
    by_first: dict[int, Name] = {name.first: name for name in parsed.names if _is_unit(name, words)}
    phrases: list[Phrase] = []
    clauses: list[Clause] = []
    owners: list[int] = []
    for k, sentence in enumerate(parsed.sentences):
        phrases.extend(Chunker(text, words, sentence.first, sentence.last, by_first, grammar, timed).phrases())
        found, owned = clauses_of(Segmenter(text, words, sentence.first, sentence.last, grammar), k, len(clauses))
        clauses.extend(found)
        owners.extend(owned)
    grid = Grid(clauses, owners, phrases)
    predicates = predicates_of(text, words, grid, grammar)
    people = frozenset(name.first for name in parsed.names if name.label == "PER")
    linker = Linker(text, words, grid, predicates, grammar, timed, people, _bodies(parsed, book))
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


def words_in_times(parsed: Parse) -> frozenset[int]:
    """The words that stand in a time expression."""
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


def _bodies(parsed: Parse, book: PartyBook) -> frozenset[int]:
    """Words that name bodies able to act: party nouns, and the first words of names of bodies and states."""
    nouns = (i for i, word in enumerate(parsed.words) if word.tag in {"NN", "NNA"} and book.noun(parsed.word(i)))
    return frozenset(nouns) | {name.first for name in parsed.names if name.label in {"ORG", "LOC"}}


def _is_unit(name: Name, words: tuple[Word, ...]) -> bool:
    """Whether a name is one word to the grammar; adjectives ("russische") and lone common nouns are not."""
    whole = name.label in {"PER", "ORG", "LOC", "OTH"}
    return whole and (name.last - name.first > 1 or words[name.first].tag not in {"NN", "ADJ(A)"})
