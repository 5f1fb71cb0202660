"""`depesche extract`: the fields, line numbers, days and errors that other programs rely on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from built import NAMES, PAGES, depesche, records

FIELDS = [
    "doc", "title", "text", "published", "published_earliest", "published_latest", "reasons", "authors", "agency",
    "outlet", "language", "section", "teaser_only", "credits", "kept", "dropped",
]  # fmt: skip


def test_a_page_gives_one_object_with_all_fields() -> None:
    done = depesche("extract", PAGES / "abendblatt.txt")
    assert (done.exit_code, done.stderr) == (0, "")
    (article,) = records(done.stdout)
    assert list(article) == FIELDS
    assert article["doc"] == "abendblatt"
    assert article["title"] == "Kiel erwartet Besuch aus Norwegen"
    assert article["text"].startswith("Der norwegische Außenminister")
    assert article["published"] == article["published_earliest"] == article["published_latest"] == "2024-03-12"
    assert all(isinstance(reason, str) for reason in article["reasons"])
    assert article["language"] == "de"
    assert (article["authors"], article["agency"], article["outlet"]) == ([], None, None)


def test_line_numbers_count_the_lines_of_the_file_and_the_headline_is_kept() -> None:
    (article,) = records(depesche("extract", PAGES / "abendblatt.txt").stdout)
    lines = (PAGES / "abendblatt.txt").read_text("utf-8").split("\n")
    told = sorted(article["kept"] + [one["line"] for one in article["dropped"]])
    assert told == [number for number, line in enumerate(lines) if line.strip()]
    assert 0 in article["kept"]
    assert lines.index("Lesen Sie auch: So wird das Wetter am Wochenende") in [
        one["line"] for one in article["dropped"]
    ]
    assert all(one["reason"] for one in article["dropped"])
    for number in article["kept"][1:]:
        assert lines[number] in article["text"]


def test_html_has_no_line_numbers() -> None:
    (article,) = records(depesche("extract", PAGES / "kurier.html").stdout)
    assert list(article) == FIELDS[:-2]
    assert article["published"] == "2024-03-22"
    assert "Startseite" not in article["text"]


def test_a_range_gives_its_ends_and_no_day_gives_neither(tmp_path: Path) -> None:
    text = (
        "Der Rat der Stadt traf sich zu einer langen Sitzung. Die Mitglieder sprachen über die neue Brücke am Fluss.\n"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (article,) = records(depesche("extract", tmp_path, "--not-after", "2024-05-20").stdout)
    assert (article["published"], article["published_latest"]) == (None, "2024-05-20")
    (article,) = records(depesche("extract", tmp_path).stdout)
    assert [article[field] for field in FIELDS[3:6]] == [None, None, None]


def test_a_page_that_cannot_be_read_has_its_place_and_is_listed_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((PAGES / "bote.txt").read_bytes())
    (tmp_path / "b.txt").write_text(" \n")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 ...")
    done = depesche("extract", tmp_path)
    assert done.exit_code == 3
    good, empty, scan = records(done.stdout)
    assert good["doc"] == "a"
    assert [*empty] == [*scan] == ["doc", "error"]
    assert "PDF" in scan["error"]
    assert [line.split(":")[:3] for line in done.stderr.splitlines()] == [
        ["depesche", " not read", " b.txt"],
        ["depesche", " not read", " c.pdf"],
    ]


def test_text_for_people_names_page_title_and_day() -> None:
    done = depesche("extract", PAGES / "bote.txt", "--format", "text")
    assert done.stdout.startswith("== bote\nStubb sagt Reise nach Oslo ab\n2024-03-20\n\nDer finnische")


def test_pages_come_in_the_order_of_their_names_whatever_order_they_are_named_in() -> None:
    paths = [PAGES / "rundschau.txt", PAGES / "kurier.html", PAGES]
    assert [one["doc"] for one in records(depesche("extract", *paths).stdout)] == list(NAMES)


def test_no_path_an_empty_folder_and_a_wrong_day_are_wrong_use(tmp_path: Path) -> None:
    for words in (["extract"], ["extract", tmp_path], ["extract", PAGES, "--not-after", "20.5.2024"]):
        done = depesche(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("depesche: ") and done.stderr.count("\n") == 1


def test_the_real_command_writes_utf_8_under_any_locale() -> None:
    command = [sys.executable, "-m", "depesche", "extract", str(PAGES / "rundschau.txt")]
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    (article,) = records(done.stdout.decode("utf-8"))
    assert "verhängt" in article["title"]
    assert done.stderr == b""
