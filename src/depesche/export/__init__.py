"""The chronicle in the forms that people and programs read.

LISTINGS  what `chronicle` prints; each gives pieces of text
EXPORTS   what `export` writes: one file a form, or a folder of files; see `form.py`
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from depesche.answers.selection import Selection
from depesche.export.atom import atom
from depesche.export.bibtex import bibtex
from depesche.export.csl import csl
from depesche.export.csv import csv, csv_tables
from depesche.export.form import Folder, Form, Tally
from depesche.export.ftm import ftm
from depesche.export.gdelt import gdelt
from depesche.export.html import html
from depesche.export.ics import ics
from depesche.export.jsonl import jsonl
from depesche.export.jsonld import jsonld
from depesche.export.markdown import markdown
from depesche.export.ninjs import ninjs
from depesche.export.parquet import parquet
from depesche.export.polecat import polecat
from depesche.export.table import table
from depesche.export.timelinejs import timelinejs
from depesche.export.timeml import timeml
from depesche.export.webannotation import webannotation
from depesche.model.linkage import Entry

__all__ = ["EXPORTS", "LISTINGS", "Folder", "Form", "Listing", "Tally"]

Listing: TypeAlias = Callable[[Selection], Iterator[str]]


def _of_entries(listing: Callable[[Iterable[Entry]], Iterator[str]]) -> Listing:
    """A listing that needs the entries alone."""
    return lambda selection: listing(selection.entries())


def _without_tally(pieces: Callable[[Selection, Tally], Iterator[str]]) -> Listing:
    """A form as a listing: what it leaves out is not told."""
    return lambda selection: pieces(selection, Tally())


LISTINGS: Mapping[str, Listing] = {
    "table": _of_entries(table),
    "md": _without_tally(markdown),
    "jsonl": _of_entries(jsonl),
    "csv": _of_entries(csv),
    "ics": _without_tally(ics),
    "html": _of_entries(html),
}

_FORMS = (
    Form(
        "polecat",
        "events in POLECAT's 40 columns, for models of conflict",
        "events of unknown day, without a type in PLOVER, or that did not happen: see status.tsv",
        fill=polecat,
    ),
    Form(
        "gdelt",
        "events and mentions in GDELT's columns",
        "the same, and all parties but two: see status.tsv",
        fill=gdelt,
    ),
    Form("ics", "a calendar; what is moved moves there too", "entries without a first day", ".ics", ics),
    Form("timelinejs", "a timeline for the web", "entries without any day", ".json", timelinejs),
    Form("ninjs", "news items of IPTC ninjs 3.1, a file an entry", "days that are a range", fill=ninjs),
    Form("jsonld", "events and articles in the words of schema.org", "start days that are a range", ".jsonld", jsonld),
    Form(
        "webannotation",
        "the evidence as W3C annotations of the pages",
        "places of passages that could not be aligned with the page",
        ".jsonld",
        webannotation,
    ),
    Form("ftm", "FollowTheMoney entities, for OpenAleph", "places as parties of their own", ".jsonl", ftm),
    Form("bibtex", "the pages as sources for LaTeX", "days of undated pages", ".bib", bibtex),
    Form("csl", "the pages as sources for Zotero and pandoc", "days of undated pages", ".json", csl),
    Form("markdown", "the chronicle to read, sentences in footnotes", "nothing", ".md", markdown),
    Form("atom", "a feed of new and changed entries", "nothing", ".atom", atom, passes=2),
    Form("csv", "all tables for spreadsheets, with a codebook", "line breaks inside passages", fill=csv_tables),
    Form("parquet", "all tables for R, pandas and DuckDB, with a codebook", "nothing", fill=parquet, needs="parquet"),
    Form(
        "timeml",
        "the times and events in the articles' texts, a file a page",
        "times and events whose words overlap with others",
        fill=timeml,
    ),
)

EXPORTS: Mapping[str, Form] = {form.name: form for form in _FORMS}
