"""The words that report: verbs with their auxiliaries and particles, and sources behind prepositions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from depesche.model.parse import Parse
from depesche.packs.quotes import PhraseRule, QuoteRules, Use, VerbRule
from depesche.read.quote_clauses import Kind, Piece, Stretch
from depesche.read.quote_phrases import phrase_after, phrase_before


class Cue(msgspec.Struct, frozen=True):
    """A reporting verb in a piece: its words, the rule behind it, and its lemma. `verb` is the full verb."""

    piece: int
    words: tuple[int, ...]
    verb: int
    rule: str
    medium: str
    uses: tuple[Use, ...]
    lemma: str
    passive: bool = False


class Source(msgspec.Struct, frozen=True):
    """A source named by a preposition: the words of the frame, of the cue, and of the speaker."""

    frame: tuple[int, int]
    cue: tuple[int, int]
    speaker: tuple[int, int]
    rule: str
    medium: str


def find_cues(parse: Parse, stretch: Stretch, rules: QuoteRules) -> tuple[Cue, ...]:
    """At most one reporting verb for each piece, in order."""
    found = (_cue_of(parse, stretch, index, rules) for index in range(len(stretch.pieces)))
    return tuple(cue for cue in found if cue)


def _cue_of(parse: Parse, stretch: Stretch, index: int, rules: QuoteRules) -> Cue | None:
    piece = stretch.pieces[index]
    if piece.kind == Kind.MARKED or not piece.finite:
        return None
    hidden = {i for block in stretch.blocks for i in range(block.first, block.last)}
    for i in _verbs(parse, piece):
        if i in hidden:
            continue
        lemma, particle = _joined_lemma(parse, stretch, index, i, rules)
        rule = _rule_for(parse, piece, i, lemma, rules)
        if rule:
            words = _complex(parse, piece, i, particle)
            passive = _is_passive(parse, words, i) and lemma not in rules.speakers.by_subject
            return Cue(index, words, i, rule.id, rule.medium, rule.uses, lemma, passive)
    return None


def _is_passive(parse: Parse, words: tuple[int, ...], verb: int) -> bool:
    """Whether a participle stands with "werden", or with "sein": verbs of speech form their past with "haben"."""
    beside = {parse.words[j].lemma for j in words if j != verb}
    return "PP" in parse.words[verb].tag and bool(beside & {"werden", "sein"}) and "haben" not in beside


def _verbs(parse: Parse, piece: Piece) -> Iterator[int]:
    """Full verbs of the piece: finite ones first, then participles and infinitives without "zu"."""
    full = [i for i in range(piece.first, piece.last) if parse.words[i].tag.startswith("V")]
    finite = [i for i in full if i in piece.finite]
    yield from finite if piece.verb_first else reversed(finite)
    later = ("VV(PP)", "VV(INF)", "VA(PP)")
    yield from (i for i in reversed(full) if parse.words[i].tag in later and parse.words[max(i - 1, 0)].tag != "PTKZU")


def _joined_lemma(parse: Parse, stretch: Stretch, index: int, i: int, rules: QuoteRules) -> tuple[str, int]:
    """The verb's lemma with a separated particle joined, and the particle's word (-1: none)."""
    lemma = parse.words[i].lemma
    if i not in stretch.pieces[index].finite:
        return lemma, -1
    for j in _particles(parse, stretch, index, i):
        joined = parse.word(j).lower() + lemma
        if joined in rules.verbs or parse.word(j).lower() not in rules.openers.lingering:
            return joined, j
    return lemma, -1


def _particles(parse: Parse, stretch: Stretch, index: int, i: int) -> Iterator[int]:
    """Separated particles behind the verb: in its piece, or alone between separators further on."""
    piece = stretch.pieces[index]
    yield from (j for j in range(i + 1, piece.last) if parse.words[j].tag == "PTKVZ" or _ends_piece(parse, piece, j))
    for later in stretch.pieces[index + 1 :]:
        alone = later.last - 1
        if parse.words[alone].tag == "PTKVZ" and parse.words[alone - 1].tag == "$,":
            yield alone


def _ends_piece(parse: Parse, piece: Piece, j: int) -> bool:
    """Whether a preposition stands where only a particle can: last before a separator."""
    return j == piece.last - 1 and parse.words[j].tag in {"APPR", "PTKVZ", "APZR"} and j > piece.first


def _rule_for(parse: Parse, piece: Piece, i: int, lemma: str, rules: QuoteRules) -> VerbRule | PhraseRule | None:
    forms = {parse.word(j) for j in range(piece.first, piece.last) if j != i}
    companions = rules.phrases.get(lemma) or rules.phrases.get(parse.words[i].lemma, {})
    for companion, phrase in companions.items():
        if companion in forms:
            return phrase
    rule = rules.verbs.get(lemma)
    forms |= {form.lower() for form in forms}
    if rule and (forms.intersection(rule.unless.get(lemma, ())) or not _accompanied(rule, lemma, forms)):
        return None
    return rule


def _accompanied(rule: VerbRule, lemma: str, forms: set[str]) -> bool:
    return lemma not in rule.only or bool(forms.intersection(rule.only[lemma]))


def _complex(parse: Parse, piece: Piece, verb: int, particle: int) -> tuple[int, ...]:
    """The verb with the auxiliaries and modals it stands with, and its particle, in order."""
    words = {verb}
    if verb not in piece.finite:
        finite = [
            j for j in piece.finite if parse.words[j].tag.startswith(("VA", "VM")) or parse.words[j].lemma == "lassen"
        ]
        words.update(finite[-1:] if finite and finite[-1] > verb else finite[:1])
        words.update(j for j in (verb + 1,) if j < piece.last and parse.words[j].tag in {"VA(PP)", "VA(INF)"})
    if particle >= 0:
        words.add(particle)
    return tuple(sorted(words))


def find_sources(parse: Parse, words: tuple[int, int], rules: QuoteRules) -> tuple[Source, ...]:
    """Every "laut X", "nach Angaben von X", "X zufolge" among the words, without overlaps."""
    found: list[Source] = []
    for i in range(*words):
        source = _behind(parse, words, i, rules) or _before(parse, words, i, rules)
        if source and (not found or source.frame[0] >= found[-1].frame[1]):
            found.append(source)
    return tuple(found)


def _behind(parse: Parse, words: tuple[int, int], i: int, rules: QuoteRules) -> Source | None:
    """A source that follows its preposition."""
    form = parse.word(i).lower()
    rule = rules.prepositions.get(form)
    if rule and parse.words[i].tag.startswith("ADJ") and i + 1 < words[1] and parse.words[i + 1].tag[:1] not in "NA":
        return None
    if not rule and form not in {p for r in rules.file.sources for p in r.prepositions}:
        return None
    phrase = phrase_after(parse, i + 1, words[1])
    if not phrase or phrase[0] != i + 1:
        return None
    if rule:
        return Source((i, phrase[1]), (i, i + 1), phrase, rule.id, rule.medium)
    head = source_noun(parse, phrase, rules)
    return Source((i, phrase[1]), (i, i + 1), phrase, rules.sources[head].id, "SW") if head else None


def _before(parse: Parse, words: tuple[int, int], i: int, rules: QuoteRules) -> Source | None:
    """A source that goes before its postposition."""
    form = parse.word(i).lower()
    rule = rules.postpositions.get(form)
    wanted = form in {p for r in rules.file.sources for p in r.postpositions}
    if not (rule or wanted) or i == words[0]:
        return None
    phrase = phrase_before(parse, words[0], i)
    if not phrase:
        return None
    if rule:
        return Source((phrase[0], i + 1), (i, i + 1), phrase, rule.id, rule.medium)
    follows = i + 1 < words[1] and parse.words[i + 1].tag[:1] in "NA" and parse.words[i + 1].tag != "ADV"
    head = source_noun(parse, phrase, rules)
    if not head or follows or phrase[1] - phrase[0] > 5:
        return None
    return Source((phrase[0], i + 1), (i, i + 1), phrase, rules.sources[head].id, "SW")


def source_noun(parse: Parse, phrase: tuple[int, int], rules: QuoteRules) -> str:
    """The lemma in `rules.sources` that the phrase's head is, or ends in ("US-Informationen"); "" if none.

    The head is the first noun, or the one behind a name in the genitive ("Meyers Meinung").
    """
    nouns = [j for j in range(*phrase) if parse.words[j].tag.startswith("N")][:3]
    for n, j in enumerate(nouns):
        lemmas = (*_names(parse.words[j].lemma, parse.word(j)), _tail(parse.word(j).lower(), rules.sources))
        known = next((lemma for lemma in lemmas if lemma in rules.sources), "")
        if known:
            return known
        owner = parse.word(j).endswith(("s", "’", "'")) and n + 1 < len(nouns) and nouns[n + 1] == j + 1
        if not owner and not (n + 1 < len(nouns) and parse.words[j].tag == "NE" and nouns[n + 1] == j + 1):
            return ""
    return ""


def _names(*forms: str) -> Iterator[str]:
    for form in forms:
        yield form
        yield form.removesuffix("n")
        yield form.removesuffix("en")


def _tail(form: str, known: Iterable[str]) -> str:
    """The longest known noun that a compound ends in."""
    ends = [noun for noun in sorted(known) if form.endswith(tuple(noun.lower() + end for end in ("", "n", "en")))]
    return max(ends, key=len, default="")
