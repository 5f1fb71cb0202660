"""Stories, follow-ups and copies: German Wikinews, pairs of web news, English look-alikes (ECB+)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from depesche.link.copies import find_copies
from depesche.link.meaning import Meaning, words_to_mean
from depesche.link.stories import UNIT, StoryText, find_stories, page_likeness, page_similarity
from depesche.model.days import Days, one_day
from depesche.packs.meaning import load_meaning
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Row, Task, read_lines

SCORER = "bench/stories/score.py"
FOLDER = "bench/stories"
LEAST = (
    160  # likeness that ranks a pair of articles; the rest are ties, which the scorer takes in the order of its file
)
WARM = 50  # documents that are compared before time is taken


def measure_wikinews(place: Place) -> Figures:
    """Story clusters, and which pairs of articles follow one another."""
    folder = place.shared / FOLDER / "wikinews"
    texts = story_texts(read_lines(folder / "docs.jsonl"))
    stories = stories_of(texts)
    system = place.write("clusters.jsonl", ({"doc": doc, "story": story} for doc, story in stories.items()))
    gold = folder / "stories.jsonl"
    every = place.score(SCORER, "clusters", gold, system)
    shared = place.score(SCORER, "clusters", gold, system, "--no-singletons")
    pairs = _judged(read_lines(folder / "pairs.jsonl"), texts, stories)
    links = place.score(SCORER, "links", folder / "pairs.jsonl", place.write("links.jsonl", pairs))
    return {
        "bcubed_f1": every["bcubed"]["f1"],
        "bcubed_f1_no_singletons": shared["bcubed"]["f1"],
        "pairwise_f1": every["pairwise"]["f1"],
        "links_f1": links["f1"],
        "links_average_precision": links["average_precision"],
    }


def measure_semeval(place: Place) -> Figures:
    """How well the likeness of two texts goes with people's grades; pairs translated by machine are left out."""
    folder = place.shared / FOLDER / "semeval"
    texts = story_texts(read_lines(folder / "docs.jsonl"))
    rows = _graded(read_lines(folder / "pairs.jsonl"), texts)
    system = place.write("similarity.jsonl", rows)
    scored = place.score(SCORER, "similarity", folder / "pairs.jsonl", system, "--version", "orig,unsure")
    languages = {"all": "all", "de_de": "de-de", "de_en": "de-en", "en_en": "en-en"}
    return {f"pearson_{name}": scored[key]["pearson"] for name, key in languages.items()} | {"f1": scored["all"]["f1"]}


def measure_ecb(place: Place) -> Figures:
    """Two look-alike events on each topic, told apart by their first sentences alone."""
    folder = place.shared / FOLDER / "ecb"
    stories = stories_of(story_texts(read_lines(folder / "docs.jsonl")))
    system = place.write("clusters.jsonl", ({"doc": doc, "story": story} for doc, story in stories.items()))
    scored = place.score(SCORER, "clusters", folder / "stories.jsonl", system)
    return {"bcubed_f1": scored["bcubed"]["f1"], "pairwise_f1": scored["pairwise"]["f1"]}


def measure_copies(place: Place) -> Figures:
    """Pairs of texts of which one was taken from the other."""
    folder = place.shared / FOLDER / "copies"
    documents = [(row["id"], row["text"]) for row in read_lines(folder / "docs.jsonl")]
    rules = knowledge().linking.copies
    find_copies(documents[:WARM], rules)
    began = time.process_time()
    copies = find_copies(documents, rules)
    speed = round(len(documents) / (time.process_time() - began), 1)
    system = place.write("copies.jsonl", ({"a": copy.page, "b": copy.of} for copy in copies))
    words = ("copies", folder / "pairs.jsonl", folder / "clusters.jsonl", system)
    every, told_anew = place.score(SCORER, *words), place.score(SCORER, *words, "--no-rewritten")
    return {
        "f1": every["f1"],
        "p": every["p"],
        "r": every["r"],
        "f1_no_rewritten": told_anew["f1"],
        "docs_per_cpu_second": speed,
    }


def story_texts(rows: Iterable[Row]) -> list[StoryText]:
    """The documents as linking sees them, with their meaning; those without a date are undated."""
    return [_story_text(row["id"], row.get("title") or "", row["text"], _days(row.get("date"))) for row in rows]


def _story_text(id_: str, title: str, text: str, days: Days) -> StoryText:
    return StoryText(id_, title, text, days, _meaning().vector(words_to_mean(title, text)))


@cache
def _meaning() -> Meaning:
    return load_meaning()


def stories_of(texts: list[StoryText]) -> dict[str, str]:
    """The story of each document."""
    stories = find_stories(texts, knowledge().linking.stories)
    return {page: story.id for story in stories for page in story.pages}


def _judged(pairs: Iterable[Row], texts: list[StoryText], stories: Mapping[str, str]) -> list[Row]:
    """For each pair: its likeness, 0 where linking gives none, and whether both are one story, which ranks first."""
    likeness = page_likeness(texts, knowledge().linking.stories)
    rows: list[Row] = []
    for a, b in _in_order(pairs):
        one = stories[a] == stories[b]
        like = likeness.get((a, b), 0)
        rows.append({"a": a, "b": b, "score": (like if like >= LEAST else 0) + UNIT * one, "link": one})
    return rows


def _graded(pairs: Iterable[Row], texts: list[StoryText]) -> list[Row]:
    """For each pair: how alike a person would call the two, and whether so alike that both tell the same."""
    rules = knowledge().linking.stories
    similarity = page_similarity(texts, list(_in_order(pairs)), rules)
    return [{"a": a, "b": b, "score": score, "link": score >= rules.alike} for (a, b), score in similarity.items()]


def _in_order(pairs: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        yield min(pair["a"], pair["b"]), max(pair["a"], pair["b"])


def _days(day: str | None) -> Days:
    return one_day(date.fromisoformat(day)) if day else Days()


TFIDF = "TF-IDF"
SENTENCES = "sentence vectors"

TASKS = (
    Task(
        "stories",
        (
            Figure("bcubed_f1", Reference(0.969, TFIDF)),
            Figure("bcubed_f1_no_singletons", Reference(0.881, TFIDF)),
            Figure("pairwise_f1", Reference(0.621, TFIDF)),
            Figure("links_f1", Reference(0.615, TFIDF)),
            Figure("links_average_precision", Reference(0.645, f"{TFIDF} + {SENTENCES}")),
        ),
        measure_wikinews,
    ),
    Task(
        "similarity",
        (
            Figure("pearson_all", Reference(0.691, SENTENCES)),
            Figure("pearson_de_de", Reference(0.546, SENTENCES)),
            Figure("pearson_de_en", Reference(0.586, SENTENCES)),
            Figure("pearson_en_en", Reference(0.776, SENTENCES)),
            Figure("f1", Reference(0.748, SENTENCES)),
        ),
        measure_semeval,
    ),
    Task(
        "lookalikes",
        (Figure("bcubed_f1", Reference(0.846, TFIDF)), Figure("pairwise_f1", Reference(0.796, TFIDF))),
        measure_ecb,
    ),
    Task(
        "copies",
        (
            Figure("f1", Reference(0.973, TFIDF)),
            Figure("p", Reference(0.972, "MinHash")),
            Figure("r", Reference(0.873, "MinHash")),
            Figure("f1_no_rewritten", Reference(0.988, TFIDF)),
            Figure("docs_per_cpu_second", Reference(7400, "MinHash"), share=0.2),
        ),
        measure_copies,
        alone=True,
    ),
)
