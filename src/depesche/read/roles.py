"""Participants of an event: parties in the places that its frame names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from depesche.model.parse import Phrase, Voice
from depesche.model.reading import Participant, PartyKind
from depesche.model.text import slug
from depesche.packs.parties import stem_of
from depesche.read.meant import concerned_at, meant, participant, people_at
from depesche.read.passage import Passage
from depesche.read.triggers import Kind, Trigger

WITH_CONTENT = {"REQUEST", "ACCUSE", "REJECT"}
"""Types whose recipient can be told in the clause that says what is asked or alleged."""

VISITING = {"obl:bei", "obl:während", "obl:auf", "obl:in", "obl:zu"}
"""Roles of a visit or meeting in whose clause the subject is the one who is there: "Bei einem Besuch in X sagte Y"."""

AGENTS = ("agent:von", "agent:durch")


@dataclass(frozen=True)
class Cast:
    """Who acts in an event, and whom it is done to."""

    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody is named."""
        return not self.actors and not self.recipients


def cast_of(passage: Passage, trigger: Trigger) -> Cast:
    """The participants of a trigger's event, each party once, actors first."""
    if trigger.kind == Kind.VERB:
        cast = _of_verb(passage, trigger)
    elif trigger.kind == Kind.PARTICIPLE:
        cast = _of_participle(passage, trigger)
    else:
        cast = _of_noun(passage, trigger)
    return _settled(_with_those_among(passage, trigger, cast), trigger)


def _with_those_among(passage: Passage, trigger: Trigger, cast: Cast) -> Cast:
    """ "fünf Enthaltungen, darunter auch China und Indien": who is named among many takes their part."""
    sentence = passage.clause(trigger.word).sentence
    for noun, named in passage.named_among.get(sentence, ()):
        among = tuple(participant(passage, one) for one in named)
        if noun == trigger.word or any(_holds(passage, p, noun) for p in cast.actors):
            return Cast((*cast.actors, *among), cast.recipients)
        if any(_holds(passage, p, noun) for p in cast.recipients):
            return Cast(cast.actors, (*cast.recipients, *among))
    return cast


def _holds(passage: Passage, party: Participant, word: int) -> bool:
    """Whether a word stands in a participant's own words."""
    return party.span.start <= passage.parse.words[word].start < party.span.end


def _settled(cast: Cast, trigger: Trigger) -> Cast:
    """Each party once; the parties of a mutual act are all actors."""
    actors = _once(cast.actors)
    recipients = tuple(p for p in _once(cast.recipients) if p.id not in {a.id for a in actors})
    if trigger.frame.reciprocal:
        return Cast(actors + recipients, ())
    return Cast(actors, recipients)


def _once(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    out: dict[str, Participant] = {}
    for one in participants:
        out.setdefault(one.id or one.text, one)
    return tuple(out.values())


def _of_verb(passage: Passage, trigger: Trigger) -> Cast:
    frame = trigger.frame
    predicate = passage.parse.predicates[trigger.predicate]
    passive = predicate.voice == Voice.PASSIVE

    def heads(function: str) -> list[int]:
        if function.startswith("obl:"):
            return list(passage.obliques(trigger.predicate, function.removeprefix("obl:")))
        links = passage.links_of.get(trigger.predicate, ())
        wanted = {function}
        if passive:
            wanted = {"subj": set(AGENTS), "obj": {"subj"}}.get(function, {function})
        return [link.head for link in links if link.role in wanted]

    actors = [p for function in frame.actors for head in heads(function) for p in people_at(passage, head)]
    recipients = [p for function in frame.recipients for head in heads(function) for p in concerned_at(passage, head)]
    if not recipients and trigger.type in WITH_CONTENT:
        recipients = list(_meant_in_content(passage, trigger.predicate))
    return Cast(tuple(actors), tuple(recipients))


def _meant_in_content(passage: Passage, predicate: int) -> Iterator[Participant]:
    """ "fordert, dass der Iran einlenkt": whoever is to act, or is said to have acted, in what is said."""
    for link in passage.links_of.get(predicate, ()):
        wanted = {"ccomp": "subj", "xcomp": "obj"}.get(link.role)
        lower = [k for k, p in enumerate(passage.parse.predicates) if p.word == link.head] if wanted else []
        for inner in passage.links_of.get(lower[0], ()) if lower else ():
            if inner.role == wanted:
                yield from concerned_at(passage, inner.head)


def _of_participle(passage: Passage, trigger: Trigger) -> Cast:
    """The noun that the participle stands before is what it happened to."""
    phrase = passage.phrase_at.get(trigger.word)
    patient = people_at(passage, phrase.head) if phrase is not None else ()
    agents = [
        p
        for inner in passage.parse.phrases
        if phrase is not None and phrase.first < inner.first < trigger.word and inner.preposition in {"von", "durch"}
        for p in people_at(passage, inner.head)
    ]
    if "obj" in trigger.frame.recipients and not passage.parse.words[trigger.word].lemma.endswith("end"):
        return Cast(tuple(agents), tuple(patient))
    return Cast((*agents, *patient), ())


def _of_noun(passage: Passage, trigger: Trigger) -> Cast:
    frame = trigger.frame
    invited = _invited(passage, trigger)
    if invited is not None:
        return invited
    if _congratulated(passage, trigger):
        return Cast(tuple(p for role in ("dat", "obj") for p in _arguments(passage, trigger, role)))
    actors = [p for function in frame.noun_actors for p in _noun_role(passage, trigger, function)]
    recipients = [p for function in frame.noun_recipients for p in _noun_role(passage, trigger, function)]
    if not actors and trigger.type == "CONSULT" and trigger.kind == Kind.NOUN and trigger.role in VISITING:
        actors = [p for p in _beside(passage, trigger, "subj") if p.kind == PartyKind.PERSON]
    if not recipients and trigger.type in WITH_CONTENT and trigger.kind == Kind.PHRASE:
        recipients = list(_meant_in_content(passage, trigger.predicate))
    taken = {(p.id, p.span) for p in actors}
    return Cast(tuple(actors), tuple(p for p in recipients if (p.id, p.span) not in taken))


def _congratulated(passage: Passage, trigger: Trigger) -> bool:
    """ "gratulierte ihm zur Wahl": the election is of whom the verb is addressed to, not of who speaks."""
    if trigger.type != "OFFICE" or not trigger.role.startswith("obl") or trigger.predicate < 0:
        return False
    lemma = passage.parse.predicates[trigger.predicate].lemma
    return any(type == "SUPPORT" for type, _ in passage.knowledge.frames.for_verb(lemma))


def _arguments(passage: Passage, trigger: Trigger, role: str) -> Iterator[Participant]:
    """The parties in a role of the verb that governs the trigger."""
    for link in passage.links_of.get(trigger.predicate, ()):
        if link.role == role:
            yield from people_at(passage, link.head)


def _invited(passage: Passage, trigger: Trigger) -> Cast | None:
    """ "lud Xi zu einem Besuch ein": who is invited will visit, who invites will be host."""
    if trigger.predicate < 0 or trigger.role != "obl:zu":
        return None
    predicate = passage.parse.predicates[trigger.predicate]
    if not any(frame.invitation for _, frame in passage.knowledge.frames.for_verb(predicate.lemma)):
        return None
    passive = predicate.voice == Voice.PASSIVE
    roles = {"visitor": {"subj"} if passive else {"obj"}, "host": set(AGENTS) if passive else {"subj"}}
    links = passage.links_of.get(trigger.predicate, ())
    visitors = tuple(p for link in links if link.role in roles["visitor"] for p in people_at(passage, link.head))
    hosts = tuple(p for link in links if link.role in roles["host"] for p in people_at(passage, link.head))
    return Cast(visitors, hosts) if visitors else None


def _noun_role(passage: Passage, trigger: Trigger, function: str) -> Iterator[Participant]:
    """The participants in one function of a noun trigger."""
    noun = trigger.word
    match function:
        case "gen":
            for phrase in passage.genitives.get(noun, ()):
                yield from _with_conjuncts(passage, phrase)
        case "adj" | "compound":
            yield from _inside(passage, noun, function)
        case "poss":
            yield from _possessor(passage, noun)
        case "subj" | "obj" | "dat":
            yield from _beside(passage, trigger, function)
        case preposition:
            for phrase in passage.after(noun):
                if phrase.preposition == preposition and not _is_agent(passage, noun, phrase):
                    yield from _with_conjuncts(passage, phrase)
            if trigger.kind == Kind.PHRASE:
                for head in passage.obliques(trigger.predicate, preposition):
                    yield from people_at(passage, head)


def _is_agent(passage: Passage, noun: int, phrase: Phrase) -> bool:
    """Whether "von" and a party are the agent of a passive verb: "Proteste … von der Armee beendet"."""
    own = passage.phrase_by_head.get(noun)
    adjacent = own is not None and phrase.preposition_word == own.last
    return not adjacent and any(link.role in AGENTS for link in passage.links_to.get(phrase.head, ()))


def _beside(passage: Passage, trigger: Trigger, function: str) -> Iterator[Participant]:
    """Arguments of the light verb, or of the verb that governs the noun."""
    if trigger.predicate < 0 or not _carried_out(passage, trigger):
        return
    predicate = passage.parse.predicates[trigger.predicate]
    roles = {function}
    if predicate.voice == Voice.PASSIVE:
        roles = {"subj": set(AGENTS), "obj": {"subj"}}.get(function, roles)
    found = people_at if function == "subj" else concerned_at
    for link in passage.links_of.get(trigger.predicate, ()):
        if link.role in roles and link.head != trigger.word:
            yield from found(passage, link.head)


def _carried_out(passage: Passage, trigger: Trigger) -> bool:
    """Whether the verb's subject does what the noun says: "hält Gespräche ab", "bei einem Besuch sagte"."""
    if trigger.kind == Kind.PHRASE:
        return True
    direct = any(link.head == trigger.word for link in passage.links_of.get(trigger.predicate, ()))
    lemma = passage.parse.predicates[trigger.predicate].lemma
    return direct and (
        lemma in passage.knowledge.status.carrying or trigger.role in VISITING or trigger.frame.invitation
    )


def _with_conjuncts(passage: Passage, phrase: Phrase) -> Iterator[Participant]:
    for head in (phrase.head, *phrase.conjuncts):
        yield from people_at(passage, head)


def _inside(passage: Passage, noun: int, function: str) -> Iterator[Participant]:
    """ "russischer Angriff", "US-Angriff": a country in an adjective before the noun or in its own first part."""
    book = passage.knowledge.book
    phrase = passage.phrase_by_head.get(noun)
    if function == "adj" and phrase is not None:
        for i in range(phrase.first, noun):
            for part in passage.form(i).split("-"):
                code = book.adjective(part) if passage.parse.words[i].tag == "ADJ(A)" else None
                if code is not None:
                    yield _country(passage, code, i)
            bloc = _bloc(passage, i)
            if bloc is not None:
                yield bloc
            for party in passage.party_at.get(i, ()):
                if party.kind == PartyKind.GROUP and party.end <= passage.parse.words[noun].start:
                    yield participant(passage, party)
    if function == "compound" and "-" in passage.form(noun):
        known = book.named([passage.form(noun).split("-")[0]], 0)
        if known is not None and known[0].country is not None:
            yield _country(passage, known[0].country, noun)


def _bloc(passage: Passage, word: int) -> Participant | None:
    """ "westliche Sanktionen" are those of "der Westen", where the lists know that as a group."""
    stem = stem_of(passage.form(word))
    if not stem.endswith("lich") or passage.parse.words[word].tag != "ADJ(A)":
        return None
    known = passage.knowledge.book.named([stem.removesuffix("lich").capitalize() + "en"], 0)
    if known is None or known[0].kind != PartyKind.GROUP:
        return None
    return Participant(
        passage.parse.span(word, word + 1), passage.form(word), known[0].name, PartyKind.GROUP, None,
        f"group:{slug(known[0].name)}",
    )  # fmt: skip


def _country(passage: Passage, code: str, word: int) -> Participant:
    span = passage.parse.span(word, word + 1)
    return Participant(
        span,
        passage.form(word),
        passage.knowledge.book.countries[code].name,
        PartyKind.COUNTRY,
        code,
        f"country:{code}",
    )


def _possessor(passage: Passage, noun: int) -> Iterator[Participant]:
    """ "sein Besuch": the subject of the clause, or of the one above."""
    phrase = passage.phrase_by_head.get(noun)
    if phrase is None or passage.parse.words[phrase.first].tag != "PPOSAT":
        return
    for party in passage.party_at.get(phrase.first, ()):
        if party.end <= passage.parse.words[phrase.first].end:
            yield from meant(passage, party)
            return
    clause = passage.parse.owners[noun]
    while clause >= 0:
        for k in passage.predicates_in.get(clause, ()):
            for link in passage.links_of.get(k, ()):
                if link.role == "subj":
                    found = people_at(passage, link.head)
                    if found:
                        yield from found
                        return
        clause = passage.parse.clauses[clause].parent
    yield from _person_before(passage, noun)


def _person_before(passage: Passage, noun: int) -> Iterator[Participant]:
    """The nearest person named before the noun in its sentence."""
    sentence = passage.parse.sentences[passage.clause(noun).sentence]
    for i in range(noun - 1, sentence.first - 1, -1):
        for party in passage.party_at.get(i, ()):
            if party.kind == PartyKind.PERSON:
                yield from meant(passage, party)
                return
