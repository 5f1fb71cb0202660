from __future__ import annotations

from link_pages import ALMA, AUSTRIA, CZECHIA, FRANCE, IN_CZECHIA, IVO, PRAGUE, RULES, days, page, told
from msgspec.structs import replace

from depesche.link import link
from depesche.model.linkage import Change, DifferenceKind, Entry, Field, Linkage, RelationKind
from depesche.model.reading import Attribution, Reading, Status
from depesche.model.text import Span

MEETING = {"mode": "visit", "actors": (ALMA,), "recipients": (IVO,), "trigger": "Reise"}


def life() -> list[Reading]:
    """A visit announced, moved, held; the invitation to it; a signing on it."""
    rumour = told(
        "CONSULT",
        "Die Reise ist für den 10. und 11. März geplant.",
        **MEETING,
        place=IN_CZECHIA,
        status=Status.PLANNED,
        days=days("2030-03-10", "2030-03-11"),
        time="10. und 11. März",
        attribution=Attribution(Span(0, 3), "ein Diplomat"),
    )
    announced = told(
        "CONSULT",
        "Die Reise nach Prag beginnt am Montag und endet am Dienstag.",
        **MEETING,
        place=PRAGUE,
        status=Status.PLANNED,
        days=days("2030-03-11", "2030-03-12"),
        time="Montag",
    )
    invited = told(
        "CONSULT",
        "Novak hat Brandt eingeladen.",
        mode="visit",
        actors=(IVO,),
        recipients=(ALMA,),
        invitation=True,
        trigger="eingeladen",
    )
    held = told(
        "CONSULT",
        "Auf ihrer Reise traf Brandt am Montag Novak.",
        **MEETING,
        place=PRAGUE,
        days=days("2030-03-11"),
        time="am Montag",
    )
    signed = told(
        "SUPPORT",
        "Beide unterzeichneten in Prag ein Abkommen.",
        mode="sign",
        actors=(ALMA, IVO),
        place=PRAGUE,
        days=days("2030-03-11"),
        trigger="unterzeichneten",
    )
    return [
        page("rumour", "2030-03-01", rumour, outlet="Kurier"),
        page("announced", "2030-03-05", announced, invited, outlet="Bote", agency="APA"),
        page("held", "2030-03-11", held, signed, outlet="Tagblatt", agency="APA"),
    ]


def entry(linkage: Linkage, title: str) -> Entry:
    return next(found for found in linkage.entries if found.title == title)


def visit() -> Entry:
    return entry(link(life(), RULES), "Alma Brandt besucht Prag")


def test_an_announcement_and_the_meeting_are_one_entry() -> None:
    found = visit()
    assert [mention.doc for mention in found.mentions] == ["rumour", "announced", "held"]
    assert found.status == Status.OCCURRED
    assert found.days == days("2030-03-11", "2030-03-12")
    assert found.place == PRAGUE


def test_id_is_that_of_the_least_mention() -> None:
    found = visit()
    assert found.id == "e-" + min(mention.event.id for mention in found.mentions).removeprefix("m-")


def test_history_says_how_it_moved() -> None:
    steps = visit().history
    assert [step.change for step in steps] == [Change.ANNOUNCED, Change.MOVED, Change.OCCURRED]
    assert steps[0].attribution == "ein Diplomat"
    assert steps[1].published == "2030-03-05"


def test_one_wire_counts_once() -> None:
    found = visit()
    assert [source.origin for source in found.sources] == ["o1", "o2", "o2"]
    assert found.origins == 2


def test_relations_of_an_invitation_and_a_signing() -> None:
    linkage = link(life(), RULES)
    invitation = entry(linkage, "Ivo Novak lädt Alma Brandt ein")
    signing = entry(linkage, "Unterzeichnung: Alma Brandt, Ivo Novak")
    assert [(r.kind, r.id) for r in invitation.relations] == [(RelationKind.INVITATION_TO, visit().id)]
    assert [(r.kind, r.id) for r in signing.relations] == [(RelationKind.PART_OF, visit().id)]


def test_differences_say_which_value_excludes_which() -> None:
    found = {(d.field, d.kind): d for d in visit().differences}
    assert found.keys() == {
        (Field.DATE, DifferenceKind.CONFLICT),
        (Field.DATE, DifferenceKind.DIFFERENT_SCOPE),
        (Field.PLACE, DifferenceKind.REFINEMENT),
    }
    conflict = found[Field.DATE, DifferenceKind.CONFLICT]
    assert [(value.doc, value.value) for value in conflict.values] == [
        ("rumour", "2030-03-10/2030-03-11"),
        ("announced", "2030-03-11/2030-03-12"),
    ]
    assert conflict.values[0].text == "10. und 11. März"


def test_evidence_is_verbatim() -> None:
    pages = {reading.page: reading for reading in life()}
    for found in link(life(), RULES).entries:
        for mention in found.mentions:
            text = pages[mention.page].text
            assert mention.evidence == tuple(span.of(text) for span in mention.event.evidence)
        for difference in found.differences:
            for value in difference.values:
                assert value.span is not None
                assert value.span.of(pages[value.page].text) == value.text


def test_a_cancelled_plan_stays_cancelled_until_planned_again() -> None:
    def plan(doc: str, published: str, status: Status) -> Reading:
        words = f"Die Reise am 10. März, Stand {doc}."
        return page(doc, published, told("CONSULT", words, **MEETING, status=status, days=days("2030-03-10")))

    planned, off = plan("a", "2030-03-01", Status.PLANNED), plan("b", "2030-03-03", Status.CANCELLED)
    (found,) = link([planned, off], RULES).entries
    assert found.status == Status.CANCELLED
    assert [step.change for step in found.history] == [Change.ANNOUNCED, Change.CANCELLED]
    assert found.title.startswith("Abgesagt: ")
    (found,) = link([planned, off, plan("c", "2030-03-05", Status.PLANNED)], RULES).entries
    assert found.status == Status.PLANNED


def test_counts_are_shown_side_by_side_and_never_merged() -> None:
    def count(doc: str, words: str, number: str) -> Reading:
        event = told("CONSULT", words, actors=(ALMA, IVO), aggregate=True, number=number, trigger="getroffen")
        return page(doc, "2030-03-01", event)

    many = count("a", "Brandt hat Novak zwölf Mal getroffen, seit sie regiert.", "12")
    few = count("b", "In diesem Jahr haben sich die zwei schon vier Mal getroffen.", "4")
    found = link([many, few], RULES).entries
    assert len(found) == 2
    for one in found:
        (difference,) = one.differences
        assert (difference.field, difference.kind) == (Field.NUMBER, DifferenceKind.DIFFERENT_SCOPE)
        assert sorted(value.value for value in difference.values) == ["12", "4"]


def test_a_claim_that_its_sentence_denies_is_a_conflict_of_status() -> None:
    words = "Paris prüfe Waffenhilfe für Prag, was die Regierung bestreitet"
    event = told("AID", words, actors=(FRANCE,), recipients=(CZECHIA,), status=Status.HYPOTHETICAL)
    reading = page("a", "2030-03-01", event)
    claim = Span(0, words.index(","))
    reading = replace(reading, events=(replace(reading.events[0], evidence=(claim,)),))
    (found,) = link([reading], RULES).entries
    (difference,) = found.differences
    assert (difference.field, difference.kind) == (Field.STATUS, DifferenceKind.CONFLICT)
    assert [value.text for value in difference.values] == [claim.of(words), "was die Regierung bestreitet"]


def test_a_sanction_answers_the_attack_that_its_evidence_names() -> None:
    words = "Wegen des Einmarschs verhängt Wien Sanktionen."
    sanction = told("SANCTION", words, actors=(AUSTRIA,), recipients=(FRANCE,), trigger="Sanktionen")
    attack = told("ASSAULT", words, actors=(FRANCE,), recipients=(CZECHIA,), trigger="Einmarschs")
    reading = page("a", "2030-02-01", sanction, attack)
    first, second = reading.events
    whole = Span(0, len(words))
    trigger = Span(words.index("Einmarschs"), words.index(" verhängt"))
    reading = replace(reading, events=(first, replace(second, trigger=trigger, evidence=(whole,))))
    entries = {found.type: found for found in link([reading], RULES).entries}
    (relation,) = entries["SANCTION"].relations
    assert (relation.kind, relation.id) == (RelationKind.RESPONSE_TO, entries["ASSAULT"].id)
    assert entries["ASSAULT"].relations == ()


def test_a_refusal_answers_the_demand_of_those_it_refuses() -> None:
    demand = told("REQUEST", "Frankreich verlangt von Wien Kohle.", actors=(FRANCE,), recipients=(AUSTRIA,))
    refusal = told("REJECT", "Wien lehnt ab.", actors=(AUSTRIA,), recipients=(FRANCE,), trigger="lehnt")
    stranger = told("REJECT", "Prag lehnt ab.", actors=(CZECHIA,), recipients=(FRANCE,), trigger="lehnt")
    entries = link([page("a", "2030-02-01", demand, refusal, stranger)], RULES).entries
    related = {found.participants[0].participant.name: found.relations for found in entries if found.type == "REJECT"}
    assert [relation.kind for relation in related["Österreich"]] == [RelationKind.RESPONSE_TO]
    assert related["Tschechien"] == ()


def test_on_a_visit_those_of_the_country_are_hosts() -> None:
    joint = told("CONSULT", "Brandt und Novak treffen sich in Prag.", mode="visit", actors=(ALMA, IVO), place=PRAGUE)
    (found,) = link([page("a", "2030-01-03", joint)], RULES).entries
    assert found.title == "Alma Brandt besucht Prag"
    assert [(part.participant.name, part.role) for part in found.participants] == [
        ("Alma Brandt", "actor"),
        ("Ivo Novak", "recipient"),
    ]


def test_a_leader_stands_for_the_country() -> None:
    by_name = told("SANCTION", "Sanktionen gegen Novak", actors=(FRANCE,), recipients=(IVO,), days=days("2030-01-02"))
    by_country = told(
        "SANCTION", "Sanktionen gegen Prag", actors=(FRANCE,), recipients=(CZECHIA,), days=days("2030-01-02")
    )
    (found,) = link([page("a", "2030-01-03", by_name), page("b", "2030-01-03", by_country)], RULES).entries
    assert [part.participant.name for part in found.participants] == ["Frankreich", "Ivo Novak"]


def test_no_readings_no_entries() -> None:
    assert link([], RULES) == Linkage()


def test_a_mention_without_evidence_is_linked_by_its_trigger() -> None:
    words = "Wien prüfe Hilfe, was Paris bestreitet"
    reading = page("a", "2030-03-01", told("AID", words, actors=(AUSTRIA,), status=Status.HYPOTHETICAL))
    reading = replace(reading, events=(replace(reading.events[0], evidence=()),))
    (found,) = link([reading], RULES).entries
    assert [value.text for difference in found.differences for value in difference.values] == [
        "Wien",
        "was Paris bestreitet",
    ]
