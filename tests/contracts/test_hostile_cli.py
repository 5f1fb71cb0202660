"""Odd input on the command line: an exit code as told, one line of error, nothing that a reader's program obeys."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from built import PAGES, depesche, records

MARKED = "<script>alert(1)</script><img src=x onerror=alert(1)>"
NEWS = (
    "{0} Stubb trifft Støre\n\nOslo, 11. März 2024 – Der Präsident Alexander Stubb {0} hat am Montag in Oslo Jonas "
    "Gahr Støre getroffen. „Wir stehen zusammen {0}“, sagte Stubb am Montag. {0} Scholz reist am Dienstag nach Paris.\n"
)
ODD = (MARKED, "=HYPERLINK(1)", "\x1b[31m\x1b]0;x\x07\x9b2J", "\u202e", "{{7*7}}{% raw %}", "@SUM(1)", "</title>")
FAULTS = ("Traceback", "a fault in Depesche", "failed on it")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "pages").mkdir()
    for i, odd in enumerate(ODD):
        record = {"doc": f"{odd}{i}", "text": NEWS.format(odd), "outlet": odd, "title": f"{odd} Stubb trifft Støre"}
        (folder / "pages" / f"{i}.json").write_text(json.dumps(record))
    (folder / "pages" / "round.txt").symlink_to("round.txt")
    (folder / "pages" / ("a" * 250 + ".txt")).write_text(NEWS.format("x"))
    result = depesche("build", folder / "pages", "--store", folder / "s.db")
    assert result.exit_code == 3
    assert [line for line in result.stderr.splitlines() if "not read" in line and "round.txt" in line]
    assert not any(fault in result.stderr for fault in FAULTS)
    return folder / "s.db"


@pytest.mark.parametrize("form", ["table", "md", "jsonl", "csv", "ics", "html"])
def test_nothing_in_an_export_is_obeyed(form: str, odd: Path) -> None:
    result = depesche("chronicle", "--store", odd, "--format", form)
    assert result.exit_code == 0
    text = result.stdout
    assert "Oslo" in text or "Stubb" in text
    assert "<script>alert" not in text or form in {"jsonl", "csv", "ics", "table"}
    assert "<img" not in text or form != "html"
    assert not any(ch in text for ch in "\x1b\x07\x9b\u202e") or form == "jsonl"
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("form", ["table", "md", "jsonl", "csv"])
def test_nothing_that_was_said_is_obeyed(form: str, odd: Path) -> None:
    result = depesche("quotes", "--store", odd, "--format", form, COLUMNS="300")
    assert result.exit_code == 0
    assert "Wir stehen zusammen" in result.stdout
    assert "<script>" not in result.stdout or form != "md"
    assert not any(ch in result.stdout for ch in "\x1b\x07\x9b\u202e") or form == "jsonl"
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_pages_and_show_send_nothing_to_the_terminal(odd: Path) -> None:
    entry = records(depesche("chronicle", "--store", odd, "--format", "jsonl").stdout)[0]["id"]
    for words in (["pages"], ["show", entry]):
        assert not any(ch in depesche(*words, "--store", odd).stdout for ch in "\x1b\x07\x9b\u202e")


def test_odd_lines_are_annotated_or_told(odd: Path) -> None:
    text = "Stubb traf Støre am Montag."
    good = [{"text": text, "published": day} for day in ("0001-01-01", "9999-12-31", None)]
    good += [{"text": "", "title": "\x1b[31m"}, {"text": "\ud800\x00"}, {"text": text, "\ud800": "\ud800"}]
    good += [{"text": text, "k" * 100_000: 1}, {"text": text, "language": "\ud800"}]
    bad = [{"text": 5}, {"text": text, "published": "gestern"}, {"text": text, "published": "2024-13-45"}]
    bad += [{}, {"text": None}, {"text": text, "published": True}, {"text": text, "published": "2024-W01-1"}]
    lines = [json.dumps({"doc": "d"} | one) for one in good + bad] + ["[" * 100_000, "5", "null", "\x00", "9" * 9999]
    result = depesche("annotate", input="\n".join(lines))
    assert result.exit_code == 3
    answers = records(result.stdout)
    assert ["error" in answer for answer in answers] == [False] * len(good) + [True] * (len(lines) - len(good))
    assert not any(fault in result.stdout + result.stderr for fault in FAULTS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["build", PAGES, "--store", "{}/s.db", "--not-after", "2024-02-30"], 2),
        (["build", PAGES, "--store", "{}"], 1),
        (["build", PAGES, "--store", "{}/round"], 1),
        (["build", PAGES, "--store", "{}/" + "a" * 300], 1),
        (["build", "{}/round", "--store", "{}/s.db"], 3),
        (["extract", "{}/round"], 3),
        (["extract", "{}/" + "a" * 300], 2),
        (["chronicle", "--store", "{}/text"], 1),
        (["pages", "--store", "/dev/null"], 1),
    ],
)
def test_odd_paths_have_their_exit_code_and_their_line(words: list[str | Path], code: int, tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "text").write_text("no store")
    result = depesche(*(str(word).format(tmp_path) for word in words))
    assert result.exit_code == code
    assert "depesche: " in result.stderr
    assert not any(fault in result.stderr for fault in FAULTS)


def test_an_export_may_replace_a_link_that_leads_nowhere(odd: Path, tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    assert depesche("chronicle", "--store", odd, "--out", tmp_path / "round").exit_code == 0
    assert "entries" in (tmp_path / "round").read_text()
