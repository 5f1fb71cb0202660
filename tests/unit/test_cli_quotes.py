"""The quotes command on invented pages: every form, what it is narrowed to, and wrong use."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path
from typing import Any

import pytest
from built import build_into, depesche, records, sources

from depesche.cli.quotes import FORMS
from depesche.export.quotes import COLUMNS, QUOTE_LISTINGS

HEAD = (
    "Treffen in Riga\n\nRiga, {day}. Mai 2023 – Estlands Ministerin Mari Tamm traf am Montag ihren Kollegen in Riga. "
)
TEXTS = {
    "eins": HEAD.format(day=9) + "„Die Fähre fährt ab Juni wieder jeden Morgen nach Norden“, sagte Tamm am Montag.\n",
    "zwei": HEAD.format(day=10) + "„Die Fähre fährt ab Juni wieder“, sagte Mari Tamm in Riga.\n",
    "drei": HEAD.format(day=24) + "„=Der Hafen <b>bleibt</b> *offen*“, sagte Tamm. Der kasachische Minister Askar "
    "Schumabajew sagte, der Zoll auf Wolle werde im Herbst gesenkt.\n",
}
DAYS = {"eins": "2023-05-09", "zwei": "2023-05-10", "drei": "2023-05-24"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quotes") / "pages"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "pages.csv").write_text("file,published\n" + "".join(f"{name}.txt,{DAYS[name]}\n" for name in TEXTS))
    return folder


@pytest.fixture(scope="module")
def store(pages: Path) -> Path:
    path = pages.parent / "chronicle.db"
    build_into(path, sources(pages))
    return path


def asked(store: Path, *words: str) -> list[dict[str, Any]]:
    done = depesche("quotes", "--store", store, "--format", "jsonl", *words)
    assert done.exit_code == 0, done.stderr
    return records(done.stdout)


def first_words(found: list[dict[str, Any]]) -> list[str]:
    return [" ".join(one["words"].strip("„=“").split()[:2]) for one in found]


def test_an_utterance_is_told_once_with_all_its_sources(store: Path) -> None:
    (ferry,) = asked(store, "--about", "Fähre")
    assert (ferry["speaker"], ferry["speaker_id"], ferry["type"]) == ("Mari Tamm", "person:mari-tamm", "Direct")
    assert ferry["words"] == "„Die Fähre fährt ab Juni wieder jeden Morgen nach Norden“"
    assert (ferry["start"], ferry["end"], ferry["told"]) == ("2023-05-08", "2023-05-08", True)
    assert [(source["doc"], source["differs"]) for source in ferry["sources"]] == [("eins", "same"), ("zwei", "cut")]
    assert ferry["sources"][1]["sentence"] == "„Die Fähre fährt ab Juni wieder“, sagte Mari Tamm in Riga."
    (start, end) = ferry["sources"][0]["spans"][0]
    assert end - start == len(ferry["words"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["Die Fähre", "Der Hafen", "der Zoll"]),
        (("--speaker", "Tamm"), ["Die Fähre", "Der Hafen"]),
        (("--speaker", "mari tamm"), ["Die Fähre", "Der Hafen"]),
        (("--speaker", "person:mari-tamm"), ["Die Fähre", "Der Hafen"]),
        (("--speaker", "Schumabaj"), ["der Zoll"]),
        (("--speaker", "KAZ"), ["der Zoll"]),
        (("--about", "wolle ZOLL"), ["der Zoll"]),
        (("--about", "Schumabajew"), ["der Zoll"]),
        (("--about", "Wolle Fähre"), []),
        (("--from", "2023-05-09"), ["Der Hafen", "der Zoll"]),
        (("--to", "2023-05-08"), ["Die Fähre"]),
        (("--speaker", "Tamm", "--from", "2024-01-01"), []),
    ],
)
def test_what_is_asked_for_is_listed_by_day(words: tuple[str, ...], found: list[str], store: Path) -> None:
    assert first_words(asked(store, *words)) == found


def test_the_forms_are_those_that_are_offered() -> None:
    assert tuple(QUOTE_LISTINGS) == FORMS


def test_the_table_counts_sources(store: Path) -> None:
    done = depesche("quotes", "--store", store, COLUMNS="160")
    (row,) = [line for line in done.stdout.splitlines() if "Die Fähre" in line]
    assert row.split()[:3] == ["2023-05-08", "Mari", "Tamm"]
    assert done.stdout.endswith("3 utterances\n")


def test_a_narrow_table_leaves_out_pages_and_ids(store: Path) -> None:
    wide, narrow = (depesche("quotes", "--store", store, COLUMNS=width).stdout for width in ("120", "80"))
    assert " first seen " in wide and " u-" in wide
    assert " first seen " not in narrow and " u-" not in narrow
    assert all(len(line) <= 80 for line in narrow.splitlines())


def test_markdown_tells_who_cut_and_obeys_nothing(store: Path) -> None:
    done = depesche("quotes", "--store", store, "--format", "md")
    assert "\n## 2023-05-08\n\n- **Mari Tamm**: „Die Fähre" in done.stdout
    assert "\n    - zwei, 2023-05-10; cut: „Die Fähre fährt ab Juni wieder“\n" in done.stdout
    assert "\\<b\\>bleibt\\</b\\> \\*offen\\*" in done.stdout


def test_csv_is_a_row_an_utterance(store: Path) -> None:
    done = depesche("quotes", "--store", store, "--format", "csv")
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert tuple(header) == COLUMNS
    ferry = dict(zip(header, rows[0], strict=True))
    assert (ferry["docs"], ferry["differs"], ferry["sources"]) == ("eins; zwei", "same; cut", "2")
    assert (ferry["first"], ferry["told"]) == ("eins", "yes")
    assert len(rows) == 3


@pytest.mark.parametrize("form", FORMS)
def test_nothing_found_is_no_error(form: str, store: Path) -> None:
    done = depesche("quotes", "--store", store, "--about", "Kartoffel", "--format", form)
    nothing = {"table": "0 utterances", "md": "No quotations.", "jsonl": "", "csv": ",".join(COLUMNS)}
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.strip().endswith(nothing[form])
    assert len(done.stdout.splitlines()) <= 3


def test_it_can_go_into_a_file_but_not_over_the_store(store: Path, tmp_path: Path) -> None:
    done = depesche("quotes", "--store", store, "--format", "md", "--out", tmp_path / "said.md")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "said.md").read_text("utf-8").startswith("# Quotations\n")
    refused = depesche("quotes", "--store", store, "--out", store)
    assert refused.exit_code == 2 and "that is the store" in refused.stderr


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--speaker", "Ilves"), "Ilves: nobody of that name is quoted"),
        (("--speaker", "…"), "--speaker …"),
        (("--about", " "), "--about"),
        (("--from", "2023-05-10", "--to", "2023-05-09"), "--from 2023-05-10 is after"),
        (("--format", "html"), "html"),
        (("--to", "gestern"), "gestern"),
    ],
)
def test_wrong_use_is_one_line(words: tuple[str, ...], names: str, store: Path) -> None:
    done = depesche("quotes", "--store", store, *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert names in done.stderr and done.stderr.count("\n") == 1


def test_the_order_of_pages_changes_no_byte(pages: Path, store: Path, tmp_path: Path) -> None:
    found = sources(pages)
    random.Random(7).shuffle(found)
    other = tmp_path / "other.db"
    for page in (found[1:], found[:1]):
        build_into(other, page)
    for form in FORMS:
        one, two = (depesche("quotes", "--store", path, "--format", form).stdout for path in (store, other))
        assert one == two


def test_what_people_have_decided_holds_for_who_speaks(pages: Path, tmp_path: Path) -> None:
    store = tmp_path / "decided.db"
    build_into(store, sources(pages))
    assert depesche("party", "merge", "Mari Tamm", "Askar Schumabajew", "--store", store).exit_code == 0
    assert {one["speaker_id"] for one in asked(store)} == {"person:mari-tamm"}
    assert len(asked(store, "--speaker", "Tamm")) == 3
    assert depesche("party", "undo", "1", "--store", store).exit_code == 0
    assert depesche("party", "split", "Mari Tamm", "--page", "zwei", "--store", store).exit_code == 0
    found = [(one["speaker"], [source["doc"] for source in one["sources"]]) for one in asked(store, "--about", "Fähre")]
    assert found == [("Mari Tamm", ["eins"]), ("Mari Tamm (zwei)", ["zwei"])]
