"""Cleans and dates so many pages in one process, the same ones over again, and prints its peak memory on the way.

    python bench/endure.py 3000 1000 FOLDER …      JSON: peak megabytes after 1000 pages, and after all 3000

A program of its own: the peak that the system reports for a process never falls.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from depesche.errors import PageError
from depesche.ingest import read
from depesche.model.page import Page
from depesche.packs.load import load_packs
from depesche.pipeline import extract_page

MEGABYTE = 1_000_000
UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of one unit of ru_maxrss


def main(pages: int, early: int, folders: list[Path]) -> dict[str, float]:
    """The peak after so many pages and after all, and what was added in between."""
    packs, peaks = load_packs(), {}
    for number, page in enumerate(islice(_endless(folders), pages), 1):
        with suppress(PageError):
            extract_page(page, packs, None)
        if number in (early, pages):
            peaks[number] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / MEGABYTE
    return {"early_mb": round(peaks[early], 1), "peak_mb": round(peaks[pages], 1)}


def _endless(folders: list[Path]) -> Iterator[Page]:
    """The pages of the folders, opened anew in every round, so that none is kept."""
    return (page for _ in cycle([0]) for page in read(folders) if isinstance(page, Page))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])))
