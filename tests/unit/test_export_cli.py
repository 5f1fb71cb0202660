"""The command `export` as people call it, and the folders that it fills."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from built import PAGES, depesche
from made import made_entry

from depesche.cli import main
from depesche.errors import UsageError
from depesche.export import EXPORTS, Tally
from depesche.export.folder import MARK, FilledFolder
from depesche.model.days import Days, Precision, month_of
from depesche.model.linkage import Change, Entry, Step
from depesche.model.reading import Status

FORMS = [
    "polecat", "gdelt", "ics", "timelinejs", "ninjs", "jsonld", "webannotation", "ftm", "bibtex", "csl", "markdown",
    "atom", "csv", "parquet", "timeml",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "chronicle.db"
    assert depesche("--quiet", "build", PAGES, "--store", path).exit_code == 0
    return path


def _files(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.iterdir()}


def test_all_forms_are_there_and_described() -> None:
    assert list(EXPORTS) == FORMS
    listed = depesche("export", "--list")
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.split("\n")[::2] if line] == FORMS
    told = main.commands["export"].help or ""
    assert all(form in told for form in FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_every_export_is_the_same_twice_and_tells_what_it_did(form: str, store: Path, tmp_path: Path) -> None:
    words = ("export", form, "--store", store, "--out")
    first, second = depesche(*words, tmp_path / "one"), depesche(*words, tmp_path / "two")
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", second.stderr)
    lines = first.stderr.split("\n")[:-1]
    assert lines[0].startswith("depesche: written: ") and all(
        line.startswith("depesche: left out: ") for line in lines[1:]
    )
    one, two = tmp_path / "one", tmp_path / "two"
    assert (_files(one) == _files(two)) if EXPORTS[form].fill else (one.read_bytes() == two.read_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize("form", [form for form in FORMS if EXPORTS[form].pieces])
def test_a_form_of_one_file_goes_to_standard_output_as_well(form: str, store: Path, tmp_path: Path) -> None:
    depesche("export", form, "--store", store, "--out", tmp_path / "file")
    shown = depesche("export", form, "--store", store, "--out", "-")
    assert shown.stdout_bytes == (tmp_path / "file").read_bytes()
    assert depesche("export", form, "--store", store, "--quiet").stderr == ""


def test_the_filters_of_the_chronicle_choose_the_entries(store: Path) -> None:
    def titles(*words: str) -> set[str]:
        made = json.loads(depesche("export", "jsonld", "--store", store, "--quiet", *words).stdout)
        return {node["name"] for node in made["@graph"] if node["@type"] == "Event"}

    everything = titles()
    assert titles("--type", "sanction") < everything and titles("--type", "sanction")
    assert titles("--party", "NOR", "--with", "DEU") < everything
    assert titles("--from", "2024-03-14", "--to", "2024-03-14") < everything
    assert titles("--text", "Reedereien") and titles("--party", "Nobody") == set()


def test_calendar_and_markdown_are_those_of_the_chronicle(store: Path) -> None:
    for form, format in (("ics", "ics"), ("markdown", "md")):
        listed = depesche("chronicle", "--store", store, "--format", format).stdout_bytes
        assert depesche("export", form, "--store", store).stdout_bytes == listed


# --- wrong use


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["csv"], "--out FOLDER"),
        (["parquet", "--out", "-"], "--out FOLDER"),
        (["csv", "--out", "tables.csv"], "tables would work (one table alone: depesche chronicle --format csv)"),
        (["parquet", "--out", "some/tables.parquet"], "tables would work"),
        (["nonsense"], "'polecat'"),
        (["ics", "--bom"], "for csv, not for ics"),
        (["ics", "--separator", "tab"], "for csv, not for ics"),
        (["ics", "--from", "2024-02-01", "--to", "2024-01-01"], "is after --to"),
        (["ics", "--type", "PARTY"], "no such type"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_would_work(words: list[str], says: str, store: Path) -> None:
    done = depesche("export", *words, "--store", store)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("depesche: ") and done.stderr.count("\n") == 1 and says in done.stderr


def test_neither_the_store_nor_what_is_not_ours_is_overwritten(store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    for form, out in (("ics", store), ("csv", store), ("csv", mine), ("ics", mine)):
        done = depesche("export", form, "--store", store, "--out", out)
        assert done.exit_code == 2 and done.stderr.count("\n") == 1
    assert store.read_bytes() == before and _files(mine) == {"notes.txt": b"mine"}


def test_without_pyarrow_parquet_says_what_to_install(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = depesche("export", "parquet", "--store", store, "--out", tmp_path / "p")
    assert done.exit_code == 2 and "pip install depesche[parquet]" in done.stderr and done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_place_cannot_be_made_is_one_line(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = depesche("export", "csv", "--store", store, "--out", tmp_path / "file" / "below")
    assert done.exit_code == 1 and done.stderr.count("\n") == 1


# --- folders


def _fill(path: Path, form: str = "csv", **files: str) -> None:
    with FilledFolder(path, form) as folder:
        for name, text in files.items():
            folder.write(name, [text])


def test_files_of_an_earlier_export_are_replaced_and_others_stay(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    _fill(out, a="1", b="2")
    (out / "own.R").write_text("mine")
    _fill(out, b="3", c="4")
    assert {name: data for name, data in _files(out).items() if name != MARK} == {
        "b": b"3",
        "c": b"4",
        "own.R": b"mine",
    }
    assert json.loads((out / MARK).read_bytes()) == {"form": "csv", "files": ["b", "c"]}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_export_that_fails_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _fill(out, a="1")
    with pytest.raises(RuntimeError), FilledFolder(out, "csv") as folder:
        folder.write("a", ["2"])
        raise RuntimeError
    assert (out / "a").read_text() == "1" and [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "mark",
    ["{", '{"form":"csv","files":["../../etc/passwd"]}', '{"form":"ninjs","files":[]}', '{"form":"csv","files":["."]}'],
)
def test_a_folder_with_a_wrong_mark_is_refused(mark: str, tmp_path: Path) -> None:
    (tmp_path / MARK).write_text(mark)
    with pytest.raises(UsageError, match=r"another folder|new folder"):
        FilledFolder(tmp_path, "csv")


def test_the_account_is_in_words() -> None:
    tally = Tally()
    tally.wrote("entries")
    tally.wrote("rows of history", 2)
    tally.left_out("countries", "they have no code", 1)
    tally.left_out("days", "nobody knows", 0)
    assert list(tally.lines()) == ["written: 1 entry, 2 rows of history", "left out: 1 country: they have no code"]
    assert list(Tally().lines()) == ["written: nothing"]


# --- PLOVER


@pytest.mark.parametrize(
    ("type", "mode", "status", "root", "cameo", "score", "quad"),
    [
        ("CONSULT", "visit", Status.OCCURRED, "CONSULT", "042", 4.0, 1),
        ("CONSULT", "visit", Status.PLANNED, "AGREE", "036", 2.5, 1),
        ("CONSULT", "video", Status.OCCURRED, "CONSULT", "041", 1.5, 1),
        ("AID", "military", Status.PLANNED, "AGREE", "033", 2.5, 1),
        ("AID", "military", Status.OCCURRED, "AID", "072", 10.0, 2),
        ("SUPPORT", None, Status.PLANNED, "AGREE", "032", 2.5, 1),
        ("COOPERATE", None, Status.PLANNED, "AGREE", "031", 2.5, 1),
        ("RETREAT", "withdraw", Status.PLANNED, "CONCEDE", "035", 4.5, 1),
        ("RETREAT", "resign", Status.OCCURRED, "RETREAT", "0831", 4.5, 2),
        ("AGREE", None, Status.PLANNED, "AGREE", "03", 2.5, 1),
        ("SANCTION", "expel", Status.OCCURRED, "SANCTION", "166", -5.5, 4),
        ("ACCUSE", "allege", Status.OCCURRED, "ACCUSE", "112", -3.5, 3),
    ],
)
def test_codes_of_an_entry(
    type: str, mode: str | None, status: Status, root: str, cameo: str, score: float, quad: int
) -> None:
    from depesche.export.plover import Coded, coded

    found = coded(_entry(type, mode, status))
    assert isinstance(found, Coded)
    assert (found.root, found.cameo, found.score, found.quad) == (root, cameo, score, quad)
    assert found.mode == {"visit": "visit", "video": "phone"}.get(mode or "", found.mode) or status is Status.PLANNED


@pytest.mark.parametrize(
    ("type", "status", "why"),
    [
        ("OFFICE", Status.OCCURRED, "OFFICE has no counterpart"),
        ("INCIDENT", Status.OCCURRED, "INCIDENT has no counterpart"),
        ("SANCTION", Status.PLANNED, "planned SANCTION"),
        ("CONSULT", Status.CANCELLED, "did not happen"),
        ("CONSULT", Status.DENIED, "did not happen"),
        ("CONSULT", Status.HYPOTHETICAL, "did not happen"),
    ],
)
def test_what_has_no_code_says_why(type: str, status: Status, why: str) -> None:
    from depesche.export.plover import Uncoded, coded

    found = coded(_entry(type, None, status))
    assert isinstance(found, Uncoded) and why in found.why


def test_a_month_is_no_day() -> None:
    from depesche.export.plover import Uncoded, coded

    month = made_entry("a", days=month_of(2024, 5))
    assert isinstance(coded(_precise(month, Precision.MONTH)), Uncoded)
    assert isinstance(coded(made_entry("a", days=Days())), Uncoded)


def _entry(type: str, mode: str | None, status: Status) -> Entry:
    from msgspec.structs import replace

    first = month_of(2024, 5).first
    return replace(made_entry("a", type=type, status=status, days=Days(first, first)), mode=mode)


def _precise(entry: Entry, precision: Precision) -> Entry:
    from msgspec.structs import replace

    return replace(entry, precision=precision)


# --- what the history tells


def _told(*steps: tuple[str | None, Change]) -> Entry:
    from msgspec.structs import replace

    history = tuple(
        Step("p", "d", change, Status.PLANNED, "m-a", published, published, published) for published, change in steps
    )
    return replace(made_entry("a"), history=history)


def test_when_it_was_told_and_what_changed_last() -> None:
    from depesche.export.moves import NEVER, first_told, last_change, last_told, postponed

    entry = _told(
        ("2024-05-01", Change.ANNOUNCED),
        ("2024-05-03", Change.MOVED),
        ("2024-05-04", Change.CONFIRMED),
        (None, Change.CONFIRMED),
    )
    assert (first_told(entry), last_told(entry)) == ("2024-05-01", "2024-05-04")
    change = last_change(entry)
    assert change and (change.published, change.change) == ("2024-05-03", Change.MOVED)
    assert (first_told(_told()), last_told(_told()), last_change(_told())) == (None, NEVER, None)
    assert postponed(_told(("2024-05-01", Change.POSTPONED))) and not postponed(entry)


# --- codes of states


def test_every_state_that_is_known_has_codes_that_others_know() -> None:
    from followthemoney.types import registry

    from depesche.export.countries import codes
    from depesche.packs.files import DATA

    lines = (DATA / "parties" / "countries.tsv").read_text("utf-8").split("\n")[2:]
    assert {line.split("\t")[0] for line in lines if line} <= set(codes())
    for alpha3, found in codes().items():
        assert found.alpha3 == alpha3
        assert not found.alpha2 or registry.country.clean(found.alpha2) == found.alpha2.lower(), found
    for column in ("alpha2", "fips"):
        told = [value for found in codes().values() if (value := getattr(found, column))]
        assert len(told) == len(set(told)), column
