from __future__ import annotations

import msgspec
from link_pages import RULES

from depesche.link.copies import find_copies

WIRE = (
    "Der Stadtrat von Lindau hat am Abend den Bau einer neuen Brücke über den Hafen beschlossen. Sie soll"
    " vierzig Meter lang werden und im kommenden Sommer fertig sein. Anwohner hatten monatelang gegen das"
    " Vorhaben gestritten, weil sie Lärm und Verkehr fürchten. Die Bürgermeisterin nannte den Beschluss "
    "einen Schritt, auf den viele lange gewartet haben."
)
OTHER = (
    "Im Zoo von Landshut ist eine junge Giraffe zur Welt gekommen. Das Tier wiegt sechzig Kilogramm und "
    "steht schon sicher auf den Beinen. Besucher dürfen es ab der nächsten Woche im neuen Gehege sehen, "
    "sagte ein Pfleger der Zeitung. Einen Namen soll das Kind erhalten, sobald die Tierärztin es "
    "untersucht hat und sein Geschlecht feststeht."
)
FOOTER = " Abonnieren Sie unseren Rundbrief und lesen Sie jeden Morgen das Wichtigste aus der Region kostenlos."


def pairs(documents: list[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(copy.page, copy.of) for copy in find_copies(documents, RULES.copies)}


def test_a_cut_wire_text_is_a_copy() -> None:
    cut = "Neue Brücke kommt. " + WIRE[: len(WIRE) * 2 // 3]
    assert pairs([("a", WIRE), ("b", cut), ("c", OTHER)]) == {("b", "a")}


def test_passages_are_the_same_words() -> None:
    (copy,) = find_copies([("a", WIRE), ("b", "Lindau. " + WIRE[:200])], RULES.copies)
    for here, there in copy.passages:
        assert here.of("Lindau. " + WIRE[:200]) == there.of(WIRE)
    assert copy.share >= 90


def test_topic_or_quotation_alone_is_no_copy() -> None:
    quote = "„ein Schritt, auf den viele lange gewartet haben“"
    independent = (
        "Nach hitziger Debatte steht fest: Lindau bekommt ein Bauwerk am Hafen. Der Beschluss sei, so die "
        "Bürgermeisterin, "
        f"{quote}. Gegner kündigten an, vor Gericht zu ziehen; ihr Anwalt hält die Planung für fehlerhaft und zu teuer."
    )
    assert not pairs([("a", WIRE), ("b", independent)])


def test_a_footer_that_all_pages_have_makes_no_copies() -> None:
    topics = ["Äpfel", "Busse", "Chöre", "Dörfer", "Enten", "Fähren", "Gärten", "Hunde", "Igel", "Jäger"]
    verbs = ["wachsen", "fehlen", "kosten", "gefallen", "stören", "helfen", "ziehen", "warten"]
    documents = [(f"{a}{v}", f"{a} {v} vielen Leuten sehr." + FOOTER) for a in topics for v in verbs]
    assert not pairs(documents)


def test_a_few_words_are_a_copy_where_they_are_the_whole_text() -> None:
    brief = "Eilmeldung. " + " ".join(WIRE.split()[:20])
    assert pairs([("a", WIRE), ("b", brief)]) == {("b", "a")}
    assert not pairs([("a", WIRE), ("b", f"{brief} {OTHER[:180]}")])


def test_two_cuts_of_one_text_are_copies_though_they_share_little() -> None:
    words = WIRE.split()
    head, tail = " ".join(words[:37]), " ".join(words[19:])
    assert pairs([("a", head), ("b", tail)]) == set()
    found = find_copies([("a", head), ("b", tail), ("c", WIRE)], RULES.copies)
    assert {frozenset((copy.page, copy.of)) for copy in found} == {frozenset("ac"), frozenset("bc"), frozenset("ab")}
    related = next(copy for copy in found if "c" not in (copy.page, copy.of))
    assert related.reason is not None
    assert related.reason.rule == "link.copy.relatives" and "with c" in related.reason.note


def test_texts_that_a_round_up_quotes_are_no_copies_of_each_other() -> None:
    assert pairs([("a", WIRE), ("b", OTHER), ("c", f"{WIRE} {OTHER}")]) == {("a", "c"), ("b", "c")}


def test_order_leaves_no_trace() -> None:
    documents = [("a", WIRE), ("b", WIRE[:250]), ("c", WIRE[100:]), ("d", OTHER)]
    assert find_copies(documents, RULES.copies) == find_copies(documents[::-1], RULES.copies)


def test_a_crowd_of_copies_still_hangs_together() -> None:
    rules = msgspec.structs.replace(RULES.copies, crowd=3)
    found = {frozenset((copy.page, copy.of)) for copy in find_copies([(str(i), WIRE) for i in range(9)], rules)}
    reached = {"0"}
    for _ in range(9):
        reached |= {id_ for pair in found if pair & reached for id_ in pair}
    assert len(reached) == 9
    assert len(found) < 36


def test_empty_and_hostile_texts() -> None:
    assert not pairs([("a", ""), ("b", "\x00 \ud800 \ud800"), ("c", "wort " * 3000)])
