"""Whom a page means, in invented sentences: names, short forms, offices, descriptions, both together, pronouns."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from depesche.model.days import one_day
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse_text
from depesche.read.parties import find_parties

MEANT = [
    ("Der chinesische Präsident empfing die Gäste.", "2023-03-15", "Der chinesische Präsident", ["Xi Jinping"]),
    (
        "Xis Reise nach Moskau steht fest. Chinas Präsident Xi Jinping will am Montag fliegen.",
        "2023-03-15",
        "Xis",
        ["Xi Jinping"],
    ),
    ("Der Putin-Besuch in Peking dauert zwei Tage.", "2024-05-15", "Putin", ["Wladimir Putin"]),
    ("Die Xi-Rede war lang. Xi Jinping sprach in Peking.", "2024-05-15", "Xi", ["Xi Jinping"]),
    ("Der Merkel-Vertraute reiste ab. Angela Merkel blieb.", "2015-05-15", "Merkel", ["Angela Merkel"]),
    ("Wladimir Putin reiste ab. Der Kremlchef lächelte.", "2024-05-15", "Der Kremlchef", ["Wladimir Putin"]),
    (
        "Wladimir Putin reiste nach Minsk. Der 70-Jährige wirkte müde.",
        "2023-03-15",
        "Der 70-Jährige",
        ["Wladimir Putin"],
    ),
    (
        "In Russland wird gewählt. Das russische Staatsoberhaupt gab seine Stimme ab.",
        "2024-03-15",
        "Das russische Staatsoberhaupt",
        ["Wladimir Putin"],
    ),
    (
        "Wladimir Putin sprach in Moskau. Das Staatsoberhaupt lobte Russland.",
        "2024-03-15",
        "Das Staatsoberhaupt",
        ["Wladimir Putin"],
    ),
    (
        "Wladimir Putin traf Xi Jinping in Peking. Die beiden Staatschefs unterzeichneten eine Erklärung.",
        "2024-05-16",
        "Die beiden Staatschefs",
        ["Wladimir Putin", "Xi Jinping"],
    ),
    (
        "Annalena Baerbock traf Qin Gang. Beide Außenminister sprachen über Taiwan.",
        "2023-04-14",
        "Beide Außenminister",
        ["Annalena Baerbock", "Qin Gang"],
    ),
    (
        "Olaf Scholz telefonierte mit Emmanuel Macron. Die beiden sprachen eine Stunde.",
        "2023-04-14",
        "Die beiden",
        ["Emmanuel Macron", "Olaf Scholz"],
    ),
    ("Olaf Scholz reiste nach Paris. Er sprach mit Studenten.", "2023-04-14", "Er", ["Olaf Scholz"]),
    ("Annalena Baerbock reiste nach Kiew. Sie traf dort Soldaten.", "2023-04-14", "Sie", ["Annalena Baerbock"]),
    ("Emmanuel Macron rief Olaf Scholz an. Der Kanzler sagte zu.", "2023-04-14", "Der Kanzler", ["Olaf Scholz"]),
    (
        "Chinas neuer Außenminister Qin Gang kam nach Berlin. Der Außenminister lobte die Gastgeber.",
        "2023-04-14",
        "Der Außenminister",
        ["Qin Gang"],
    ),
    (
        "Dmitri Peskow, Sprecher des Kreml, wies das zurück. Der Kremlsprecher wurde deutlich.",
        "2023-04-14",
        "Der Kremlsprecher",
        ["Dmitri Peskow"],
    ),
    (
        "Dmitri Peskow, Sprecher des Kreml, wies das zurück. Der Sprecher wurde deutlich.",
        "2023-04-14",
        "Der Sprecher",
        ["Dmitri Peskow"],
    ),
    (
        "Die italienische Ministerpräsidentin kam nach Brüssel.",
        "2023-04-14",
        "Die italienische Ministerpräsidentin",
        ["Giorgia Meloni"],
    ),
    ("Der britische Premierminister kam nach Belfast.", "2023-04-14", "Der britische Premierminister", ["Rishi Sunak"]),
    ("Japans Regierungschef kam nach Kiew.", "2023-03-21", "Japans Regierungschef", ["Fumio Kishida"]),
    (
        "Der indische Außenminister kam nach Moskau.",
        "2023-03-21",
        "Der indische Außenminister",
        ["Subrahmanyam Jaishankar"],
    ),
    ("Die finnische Regierungschefin kam nach Kiew.", "2023-03-10", "Die finnische Regierungschefin", ["Sanna Marin"]),
    (
        "Der brasilianische Präsident kam nach Peking.",
        "2023-04-14",
        "Der brasilianische Präsident",
        ["Luiz Inácio Lula da Silva"],
    ),
    (
        "Brasiliens Präsident Lula kam nach Peking. Lula sprach mit Xi.",
        "2023-04-14",
        "Lula",
        ["Luiz Inácio Lula da Silva"],
    ),
    (
        "Der ägyptische Staatschef Abdel Fatah al-Sisi kam. Al-Sisi schwieg.",
        "2023-04-14",
        "Al-Sisi",
        ["Abdel Fattah al-Sisi"],
    ),
    (
        "Der saudische Kronprinz Mohammed bin Salman empfing ihn.",
        "2023-04-14",
        "Der saudische Kronprinz Mohammed bin Salman",
        ["Mohammed bin Salman"],
    ),
    (
        "US-Präsident Joe Biden rief an. Biden drohte nicht. Der US-Präsident blieb ruhig.",
        "2023-04-14",
        "Der US-Präsident",
        ["Joe Biden"],
    ),
    (
        "Der frühere russische Präsident Dmitri Medwedew drohte.",
        "2023-04-14",
        "Der frühere russische Präsident Dmitri Medwedew",
        ["Dmitri Medwedew"],
    ),
    (
        "Der chinesische Vizepräsident sprach mit Russlands Außenminister.",
        "2023-04-14",
        "Russlands Außenminister",
        ["Sergei Lawrow"],
    ),
    (
        "Das russische Außenministerium wies das zurück.",
        "2023-04-14",
        "Das russische Außenministerium",
        ["Russisches Außenministerium"],
    ),
    ("Chinas Verteidigungsminister sprach in Singapur.", "2023-06-03", "Chinas Verteidigungsminister", ["Li Shangfu"]),
    ("Das Pentagon und das Weiße Haus schwiegen.", "2023-06-03", "das Weiße Haus", ["Weißes Haus"]),
    ("Der Élysée bestätigte das.", "2023-06-03", "Der Élysée", ["Élysée"]),
    ("Die Downing Street bestätigte das.", "2023-06-03", "Die Downing Street", ["Downing Street"]),
    ("Peking wies die Vorwürfe zurück.", "2023-06-03", "Peking", ["Chinesische Regierung"]),
    ("Brüssel wies die Vorwürfe zurück.", "2023-06-03", "Brüssel", ["Europäische Union"]),
    ("Warschau und Vilnius wiesen die Vorwürfe zurück.", "2023-06-03", "Vilnius", ["Litauische Regierung"]),
    (
        "Wolodymyr Selenskyj traf Olaf Scholz in Berlin. Selenskyjs Besuch war lange geplant.",
        "2023-05-14",
        "Selenskyjs",
        ["Wolodymyr Selenskyj"],
    ),
    ("Recep Tayyip Erdoğan gewann. Erdogans Anhänger feierten.", "2023-05-29", "Erdogans", ["Recep Tayyip Erdoğan"]),
    ("Die Kommissionspräsidentin kam nach Kiew.", "2023-05-09", "Die Kommissionspräsidentin", ["Ursula von der Leyen"]),
    ("Kim Jong Un empfing Schoigu. Kim zeigte ihm Raketen.", "2023-07-27", "Kim", ["Kim Jong Un"]),
    ("Nordkoreas Machthaber zeigte Raketen.", "2023-07-27", "Nordkoreas Machthaber", ["Kim Jong Un"]),
    ("Papst Franziskus betete. Der Papst mahnte.", "2023-07-27", "Der Papst", ["Franziskus"]),
    (
        "König Charles III. kam nach Berlin. Der britische Monarch sprach im Bundestag.",
        "2023-03-29",
        "Der britische Monarch",
        ["Charles III."],
    ),
    ("Der spanische König kam.", "2023-03-29", "Der spanische König", ["Felipe VI."]),
    (
        "Scholz und Macron trafen sich. Der französische Präsident sprach zuerst. Sein deutscher Kollege schwieg.",
        "2023-03-29",
        "Der französische Präsident",
        ["Emmanuel Macron"],
    ),
    (
        "Putin traf Lukaschenko. Der belarussische Machthaber sagte Hilfe zu.",
        "2023-03-29",
        "Der belarussische Machthaber",
        ["Alexander Lukaschenko"],
    ),
    (
        "Der ukrainische Präsident Selenskyj sprach mit Premier Sunak. Der Brite versprach Panzer.",
        "2023-03-29",
        "Premier Sunak",
        ["Rishi Sunak"],
    ),
]
"""Text, day of publication, words, and all who are meant by them."""

NOBODY = [
    ("Der Hausherr im Kreml schwieg.", "2023-04-14", "Der Hausherr im Kreml"),
    ("Der Präsident des Deutschen Fußball-Bundes kam.", "2023-04-14", "Der Präsident des Deutschen Fußball-Bundes"),
    ("Der ehemalige US-Präsident reiste ab.", "2023-04-14", "Der ehemalige US-Präsident"),
    ("Der designierte Präsident Argentiniens sprach.", "2023-11-25", "Der designierte Präsident Argentiniens"),
    ("Der künftige chinesische Außenminister sprach.", "2022-12-15", "Der künftige chinesische Außenminister"),
    ("Der bayerische Ministerpräsident kam nach Rom.", "2023-04-14", "Der bayerische Ministerpräsident"),
    ("Der Präsident des Bundestages sprach.", "2023-04-14", "Der Präsident des Bundestages"),
    (
        "Der stellvertretende russische Außenminister sprach.",
        "2023-04-14",
        "Der stellvertretende russische Außenminister",
    ),
    ("Wladimir Putin kam nach Minsk. Dort sagte ein Sprecher: „Der Kreml dankt ihm.“", "2023-04-14", "ein Sprecher"),
    ("Die Baumwoll-Ernte war gut. Der Export-Chef lobte sie.", "2023-04-14", "Der Export-Chef"),
    ("Der Präsident des Vereins trat zurück. Xi Jinping war in Peking.", "2023-04-14", "Der Präsident des Vereins"),
]
"""Words that mean nobody whom the lists or the page name."""


@cache
def packs() -> Packs:
    return load_packs()


def meant(text: str, day: str, words: str) -> list[tuple[str, str]]:
    """Names and ids of the mentions with these words."""
    parties = find_parties(parse_text(text, packs(), "de"), None, one_day(date.fromisoformat(day)), packs().parties)
    return sorted((p.name, p.id) for p in parties if text[p.start : p.end].lower() == words.lower())


@pytest.mark.parametrize(("text", "day", "words", "names"), MEANT)
def test_words_mean_the_party_of_the_page_and_its_day(text: str, day: str, words: str, names: list[str]) -> None:
    assert sorted({name for name, _ in meant(text, day, words)}) == sorted(names)


@pytest.mark.parametrize(("text", "day", "words"), NOBODY)
def test_words_that_tell_too_little_mean_nobody_known(text: str, day: str, words: str) -> None:
    assert [id for _, id in meant(text, day, words) if id.startswith("person:")] == []


def test_a_pronoun_is_not_the_person_of_its_own_clause_nor_who_speaks() -> None:
    assert meant("Der Kremlchef empfängt ihn.", "2023-04-14", "ihn") == []
    text = "Xi Jinping reiste ab. Wladimir Putin sagte: „Morgen kommt er wieder.“"
    assert [name for name, _ in meant(text, "2023-04-14", "er")] == ["Xi Jinping"]


def test_the_chancellor_of_an_austrian_page_is_its_own() -> None:
    text = "In Österreich tagte das Kabinett. Der Bundeskanzler trat auf. Die österreichische Opposition schwieg."
    assert [name for name, _ in meant(text, "2023-04-14", "Der Bundeskanzler")] == ["Karl Nehammer"]
    assert [name for name, _ in meant("Der Bundeskanzler trat auf.", "2023-04-14", "Der Bundeskanzler")] == [
        "Olaf Scholz"
    ]
