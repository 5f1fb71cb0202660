"""Meaning vectors of the pages of a store: made where they are lacking, and found for linking."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from depesche.intake import Progress
from depesche.link.meaning import Meaning, words_to_mean
from depesche.model.meaning import PageMeaning
from depesche.model.reading import Reading
from depesche.store import Writer


def add_meanings(writer: Writer, meaning: Meaning, progress: Progress) -> None:
    """Makes the vectors of the pages that have none of this model and of the words they have now."""
    known = {one.page: (one.model, one.digest) for one in writer.meanings()}
    lacking = [
        reading.page
        for reading in writer.readings()
        if known.get(reading.page) != (meaning.version, _digest_of_words(reading))
    ]
    if not lacking:
        return
    progress.meaning(len(lacking))
    wanted = frozenset(lacking)
    for reading in writer.readings():
        if reading.page in wanted:
            vector = meaning.vector(words_to_mean(reading.title, reading.text))
            writer.put_meaning(PageMeaning(reading.page, meaning.version, _digest_of_words(reading), vector))
            progress.page(reading.doc)


def _digest_of_words(reading: Reading) -> str:
    words = words_to_mean(reading.title, reading.text)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fitting_meanings(meanings: Sequence[PageMeaning], readings: Iterable[Reading]) -> dict[str, bytes]:
    """Vectors by page: those of one model, and of the words that the pages have now."""
    model = max((one.model for one in meanings), default="")
    by_page = {one.page: one for one in meanings if one.model == model}
    found = ((by_page[reading.page], reading) for reading in readings if reading.page in by_page)
    return {one.page: one.vector for one, reading in found if one.digest == _digest_of_words(reading)}
