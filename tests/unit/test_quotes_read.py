from __future__ import annotations

import re
from datetime import date
from functools import cache

import msgspec
import pytest
from HanTa import HanoverTagger
from hypothesis import given, settings, strategies

from depesche.model.parse import Link, Parse, Predicate, Sentence, Word
from depesche.model.reading import Party, PartyKind, Quote, QuoteType
from depesche.model.text import Span
from depesche.packs.load import load_packs
from depesche.packs.quotes import load_quotes
from depesche.pipeline import annotate_text
from depesche.read.quote_clauses import mood_of
from depesche.read.quotes import find_quotes

RULES = load_quotes("de")
TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?[“\"]?")


@cache
def tagger() -> HanoverTagger.HanoverTagger:
    return HanoverTagger.HanoverTagger("morphmodel_ger.pgz")


def tagged(text: str) -> Parse:
    """The text as a parse of words alone."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    for part in SENTENCE.finditer(text):
        tokens = list(TOKEN.finditer(text, *part.span()))
        plain = [re.sub("[„“”»«]", '"', token.group()) for token in tokens]
        first = len(words)
        tags = tagger().tag_sent(plain, taglevel=1)
        words += [Word(t.start(), t.end(), tag, lemma) for t, (_, lemma, tag) in zip(tokens, tags, strict=True)]
        if tokens:
            sentences.append(Sentence(tokens[0].start(), tokens[-1].end(), first, len(words)))
    return Parse(text=text, words=tuple(words), sentences=tuple(sentences))


def read(text: str, *parties: Party) -> list[Quote]:
    return list(find_quotes(tagged(text), parties, RULES))


def said(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(span.of(text) for span in spans)


def only(text: str) -> Quote:
    quotes = read(text)
    assert len(quotes) == 1, quotes
    return quotes[0]


@pytest.mark.parametrize(
    ("text", "kind", "quote", "speaker"),
    [
        ("„Wir bleiben hier“, sagte die Wirtin.", "Direct", "„Wir bleiben hier“", "die Wirtin"),
        ("Die Wirtin sagte: «Wir bleiben hier.»", "Direct", "«Wir bleiben hier.»", "Die Wirtin"),
        ("Die Wirtin sagte, sie bleibe hier.", "Indirect", "sie bleibe hier", "Die Wirtin"),
        ("Die Wirtin teilte mit, dass sie bleibt.", "Indirect", "dass sie bleibt", "Die Wirtin"),
        ("Sie bleibe hier, erklärte die Wirtin.", "Indirect", "Sie bleibe hier", "die Wirtin"),
        ("Laut Polizei brannte die Halle.", "Indirect", "brannte die Halle", "Polizei"),
        ("Die Halle brannte nach Angaben der Polizei ab.", "Indirect", "Die Halle brannte … ab", "Angaben der Polizei"),
        ("Dem Wirt zufolge brannte die Halle.", "Indirect", "brannte die Halle", "Dem Wirt"),
        ("Wie die Polizei mitteilte, brannte die Halle.", "Indirect", "brannte die Halle", "die Polizei"),
        ("Der Wirt forderte ein neues Dach.", "Reported", "Der Wirt forderte ein neues Dach.", "Der Wirt"),
    ],
)
def test_each_form_gives_its_type_words_and_speaker(text: str, kind: str, quote: str, speaker: str) -> None:
    found = only(text)
    assert (found.type.value, said(text, found.quote), said(text, found.speaker)) == (kind, quote, speaker)


def test_the_cue_holds_verb_and_particle_and_the_frame_the_clause() -> None:
    text = "Der Wirt fügte am Abend hinzu, das Dach sei undicht."
    found = only(text)
    assert said(text, found.cue) == "fügte … hinzu"
    assert said(text, found.frame) == "Der Wirt fügte am Abend hinzu,"


def test_marked_words_inside_indirect_speech_are_a_nested_direct_quotation() -> None:
    text = "Der Wirt sagte, das Dach sei „völlig undicht“."
    outer, inner = read(text)
    assert (outer.type, outer.nested) == (QuoteType.INDIRECT, False)
    assert (inner.type, inner.nested, said(text, inner.quote)) == (QuoteType.DIRECT, True, "„völlig undicht“")
    assert inner.speaker == outer.speaker


def test_a_quotation_around_its_frame_is_one() -> None:
    text = "„Wir bleiben hier“, sagte die Wirtin, „und zwar bis Mai“."
    assert said(text, only(text).quote) == "„Wir bleiben hier“ … „und zwar bis Mai“"


def test_sentences_in_the_konjunktiv_carry_the_speaker_on() -> None:
    text = "Der Wirt sagte, das Dach sei undicht. Der Regen laufe in die Küche. Das Haus habe keinen Keller."
    first, carried = read(text)
    assert carried.type == QuoteType.INDIRECT_FREE_INDIRECT
    assert said(text, carried.quote) == "Der Regen laufe in die Küche. Das Haus habe keinen Keller."
    assert carried.speaker == first.speaker


def test_hearsay_behind_a_quotation_is_free_indirect() -> None:
    text = "Der Wirt sagte, das Dach sei undicht. Im Mai soll ein neues kommen."
    assert [quote.type for quote in read(text)] == [QuoteType.INDIRECT, QuoteType.FREE_INDIRECT]


def test_scare_quotes_and_titles_without_a_frame_are_no_quotations() -> None:
    assert read("Das „Hotel zur Post“ öffnet im Mai. Der „schlaue“ Fuchs lief davon.") == []


def test_the_subject_that_the_parse_links_is_the_speaker() -> None:
    text = "Den Gästen sagte gestern die Wirtin, das Dach sei undicht."
    parse = tagged(text)
    predicate = Predicate(word=2, lemma="sagen", clause=0, sentence=0, finite=2)
    linked = msgspec.structs.replace(parse, predicates=(predicate,), links=(Link(0, "subj", 5), Link(0, "dat", 1)))
    quote = find_quotes(linked, (), RULES)[0]
    assert (said(text, quote.speaker), said(text, quote.addressee)) == ("die Wirtin", "Den Gästen")


def test_the_speaker_is_named_by_the_party_that_covers_its_words() -> None:
    text = "Der Kreml sagte, das Treffen in Moskau sei beendet."
    kreml = Party(0, 9, 1, PartyKind.GOVERNMENT, "Kreml", "government:RUS", "RUS")
    moskau = Party(33, 39, 7, PartyKind.PLACE, "Moskau", "place:moskau", "RUS")
    quote = read(text, kreml, moskau)[0]
    assert (quote.speaker_name, quote.speaker_id) == ("Kreml", "government:RUS")


def test_whose_word_a_source_gives_is_the_speaker() -> None:
    text = "Nach Angaben Chinas beginnt die Reise am Montag."
    quote = read(text, Party(13, 19, 2, PartyKind.COUNTRY, "China", "country:CHN", "CHN"))[0]
    assert (said(text, quote.speaker), quote.speaker_name) == ("Angaben Chinas", "China")


def test_a_second_party_behind_the_first_is_no_part_of_the_speaker() -> None:
    text = "Im Mai warnte Blinken China, die Lage sei ernst."
    blinken = Party(14, 21, 3, PartyKind.PERSON, "Antony Blinken", "person:antony-blinken", "USA")
    china = Party(22, 27, 4, PartyKind.COUNTRY, "China", "country:CHN", "CHN")
    quote = read(text, blinken, china)[0]
    assert (said(text, quote.speaker), quote.speaker_name) == ("Blinken", "Antony Blinken")


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Der Wirt sagte gegenüber der Presse, das Dach sei dicht.", "der Presse"),
        ("Im Interview mit der Zeitung sagte der Wirt, das Dach sei dicht.", "der Zeitung"),
        ("„Das Dach ist dicht“, sagte Peter Meyer der Zeitung.", "der Zeitung"),
    ],
)
def test_whom_the_speaker_addresses_is_told(text: str, addressee: str) -> None:
    assert said(text, only(text).addressee) == addressee


def test_the_sentence_before_is_what_this_points_at() -> None:
    text = "Die Halle ist gesperrt. Das teilte der Verein mit."
    found = only(text)
    assert (said(text, found.quote), said(text, found.speaker)) == ("Die Halle ist gesperrt. … Das", "der Verein")


def test_clauses_joined_by_und_have_frames_of_their_own_and_one_speaker() -> None:
    text = "Der Wirt sagte, das Dach sei undicht, und fügte hinzu, er brauche Geld."
    found = read(text)
    assert [said(text, quote.quote) for quote in found] == ["das Dach sei undicht", "er brauche Geld"]
    assert {said(text, quote.speaker) for quote in found} == {"Der Wirt"}


def test_a_source_without_a_party_has_words_but_no_name() -> None:
    text = "Eine mit dem Vorhaben des Senats vertraute Person sagte, der Umzug sei abgesagt."
    quote = read(text, Party(22, 32, 5, PartyKind.ORG, "Senat", "org:senat"))[0]
    assert said(text, quote.speaker) == "Eine mit dem Vorhaben des Senats vertraute Person"
    assert quote.speaker_name is None


@pytest.mark.parametrize(
    "text", ["", "„", "sagte", "Laut", ", sagte", "so", ":" * 50, "„A“" * 50, "dass, dass, dass sei"]
)
def test_hostile_texts_give_spans_inside_the_text(text: str) -> None:
    for quote in read(text):
        spans = (*quote.quote, *quote.speaker, *quote.cue, *quote.frame, *quote.addressee)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


MOODS = [
    ("Er sei hier.", "k1"),
    ("Sie rate ab.", "k1"),
    ("Er gebe nach.", "k1"),
    ("Sie hätten Zeit.", "k2"),
    ("Er befände sich hier.", "k2"),
    ("Er ist hier.", "ind"),
    ("Er sagte ab.", "ind"),
    ("Er wollte gehen.", "ind"),
    ("Das gebe ich zu.", "ind"),
]


@pytest.mark.parametrize(("sentence", "mood"), MOODS)
def test_forms_that_report_are_told_from_those_that_state(sentence: str, mood: str) -> None:
    assert mood_of(tagged(sentence), 1, RULES) == mood


FORMS = ["sagte", "er", "Putin", "die", "dass", "sei", "nach", "Angaben", "laut", "so", "wie", "um", "zu", "und"]
TAGS = ["VV(FIN)", "VV(PP)", "NN", "NE", "ART", "KOUS", "VA(FIN)", "APPR", "ADV", "PTKZU", "PTKVZ", "KON", "ADJ(A)"]
MARKS = [(",", "$,"), (".", "$."), (":", "$."), ("„", "$("), ("“", "$("), ("(", "$("), (")", "$(")]
TOKENS = strategies.tuples(strategies.sampled_from(FORMS), strategies.sampled_from(TAGS))


@given(strategies.lists(TOKENS | strategies.sampled_from(MARKS)))
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_words_with_any_tags_give_spans_inside_the_text(tokens: list[tuple[str, str]]) -> None:
    words, at = [], 0
    for form, tag in tokens:
        words.append(Word(at, at + len(form), tag, form))
        at += len(form) + 1
    text = " ".join(form for form, _ in tokens)
    sentences = (Sentence(0, len(text), 0, len(words)),) if words else ()
    for quote in find_quotes(Parse(text=text, words=tuple(words), sentences=sentences), (), RULES):
        spans = (*quote.quote, *quote.speaker, *quote.cue, *quote.frame, *quote.addressee)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    ("text", "speaker", "body"),
    [
        (
            "Es gebe keine Pläne, sagte ein Sprecher des chinesischen Außenministeriums.",
            None,
            "Chinesisches Außenministerium",
        ),
        (
            "Die EU-Kommission prüft das. Man warte ab, sagte Kommissionssprecher Jan Ottwald.",
            "Jan Ottwald",
            "Europäische Kommission",
        ),
        ("Der Preis sinke, sagte Finanzministerin Vera Holm.", "Vera Holm", None),
    ],
)
def test_a_spokesperson_speaks_for_a_body(text: str, speaker: str | None, body: str | None) -> None:
    reading = annotate_text(text, load_packs(), published=date(2024, 5, 16), language="de")
    said = [quote for quote in reading.quotes if quote.speaker]
    assert [(quote.speaker_name, quote.body_name) for quote in said] == [(speaker, body)]
