"""The documents say what is so: commands, files, decisions, dependencies, and the output that the README shows."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from depesche.cli import main

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted(
    [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")]
    + list((ROOT / "docs").rglob("*.md"))
)
GUIDES = [path for path in DOCS if "decisions" not in path.parts]
DECISIONS = ROOT / "docs" / "decisions"

_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"`((?:src|docs|tests|examples|requirements|bench)/[\w./-]+|[A-Z]+\.md|pyproject\.toml|Makefile)`")
_COMMAND = re.compile(r"\bdepesche ([a-z]+(?:-[a-z]+)*)((?:[^\n|#`]|\\\n)*)")
_ROW = re.compile(r"(\d{4}-\d\d-\d\d)(?:…(\S+))?\s+\S (\w+)\s{2,}(.+?)(?:\s{2,}.*)?$")
_MACHINE = re.compile(r"/(?:work|tmp|home|root|Users)/|[A-Z]:\\Users|localhost|127\.0\.0\.1")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- commands


def _told_commands() -> Iterator[tuple[str, str, str]]:
    """Every command line in the guides: the document, the command, what follows it."""
    for path in GUIDES:
        for match in _COMMAND.finditer(_read(path)):
            yield _name(path), match[1], match[2]


def test_every_command_is_in_the_reference_and_in_use() -> None:
    reference = _read(ROOT / "docs" / "reference" / "commands.md")
    tutorial = _read(ROOT / "docs" / "tutorial.md")
    for name in main.commands:
        assert f"## {name}\n" in reference
        assert f"depesche {name}" in tutorial


def test_every_command_that_is_told_exists() -> None:
    told = {command for _, command, _ in _told_commands()}
    assert told, "no command lines were found"
    assert told <= set(main.commands)


def test_every_option_that_is_told_exists() -> None:
    for document, name, words in _told_commands():
        command = main.commands[name]
        meant = [command, *command.commands.values()] if isinstance(command, click.Group) else [command]
        params = [one for each in meant for one in each.params]
        options = {option for one in params if isinstance(one, click.Option) for option in one.opts}
        told = set(re.findall(r"(?<!\S)--[a-z-]+", words))
        assert told <= options | {"--help", "--quiet", "--verbose"}, document


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_is_answered(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("Usage:")


# --- files


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    text = _FENCE.sub("", _read(path))
    linked = [path.parent / target for target in _LINK.findall(text) if not target.startswith(("http:", "https:"))]
    named = [ROOT / target for target in _PATH.findall(text)]
    assert [str(target) for target in (*linked, *named) if not target.exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_no_machine_is_named(path: Path) -> None:
    assert _MACHINE.findall(_read(path)) == []


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_fences_are_closed(path: Path) -> None:
    assert len(re.findall(r"^```", _read(path), re.MULTILINE)) % 2 == 0


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_toml_that_is_shown_is_toml(path: Path) -> None:
    for shown in re.findall(r"^```toml\n(.*?)^```", _read(path), re.MULTILINE | re.DOTALL):
        assert tomllib.loads(shown)


def test_every_guide_is_in_the_index() -> None:
    index = _read(ROOT / "docs" / "index.md")
    guides = [path for path in (ROOT / "docs").rglob("*.md") if "decisions" not in path.parts and path.stem != "index"]
    assert [_name(path) for path in guides if path.relative_to(ROOT / "docs").as_posix() not in index] == []


# --- decisions


def test_every_decision_is_in_the_index_under_its_title() -> None:
    index = _read(DECISIONS / "README.md")
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        assert f"]({path.name})" in index
        heading = re.fullmatch(r"# (\d+)\. (.+)", _read(path).split("\n")[0])
        assert heading is not None
        number, title = heading.groups()
        assert int(path.name[:4]) == int(number)
        assert path.name.startswith("0000") or f"[{title}]({path.name})" in index


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=_name)
def test_a_decision_has_its_parts(path: Path) -> None:
    parts = re.findall(r"^## (.+)$", _read(path), re.MULTILINE)
    assert parts[:2] == ["Context", "Decision"]
    assert "Consequences" in parts


# --- dependencies


def _project() -> dict[str, Any]:
    return tomllib.loads(_read(ROOT / "pyproject.toml"))


def _listed(name: str) -> set[str]:
    lines = (line.split("#")[0].strip() for line in _read(ROOT / "requirements" / name).split("\n"))
    return {line for line in lines if line and not line.startswith("-")}


def test_the_inputs_of_the_lock_files_are_the_projects_dependencies() -> None:
    project = _project()
    assert _listed("core.in") == {*project["project"]["dependencies"], *project["build-system"]["requires"]}
    extras = {name: set(names) for name, names in project["project"]["optional-dependencies"].items()}
    assert _listed("web.in") == extras["web"] | extras["charts"]
    assert _listed("watch.in") == extras["warc"] | extras["watch"]
    assert _listed("dev.in") == extras["dev"]
    assert extras["web"] | extras["charts"] | extras["warc"] | extras["watch"] <= extras["dev"]


def test_every_dependency_of_the_core_has_its_reason() -> None:
    record = _read(DECISIONS / "0008-dependencies.md").lower()
    names = {re.split(r"[<>=\[ ]", line)[0].lower() for line in _project()["project"]["dependencies"]}
    assert [name for name in sorted(names) if not re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", record)] == []


def _locked(name: str) -> dict[str, str]:
    """The versions that a lock file names, by package."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", _read(ROOT / "requirements" / name), re.M)
    return {re.sub(r"[._-]+", "-", package).lower(): version for package, version in found}


@pytest.mark.parametrize("name", ["core.txt", "web.txt", "watch.txt"])
def test_the_licence_of_every_part_is_listed(name: str) -> None:
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", _read(ROOT / "docs" / "reference" / "licences.md"), re.M)
    listed = {re.sub(r"[._-]+", "-", package).lower(): version for package, version, _ in rows}
    assert {one: version for one, version in _locked(name).items() if listed.get(one) != version} == {}
    assert [package for package, _, licence in rows if not licence.strip()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_locked_package_has_its_hashes(path: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", _read(path), flags=re.M).strip())
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_change_log_tells_the_version() -> None:
    assert f"## [{_project()['project']['version']}]" in _read(ROOT / "CHANGELOG.md")


# --- what the README shows


def _shown() -> list[tuple[str, str, str, str]]:
    """The rows of the table that the README shows: first day, last day, status, title."""
    table = re.search(r"^```text\n(.*?)^```", _read(ROOT / "README.md"), re.MULTILINE | re.DOTALL)
    assert table
    rows: list[tuple[str, str, str, str]] = []
    for line in table[1].split("\n"):
        if match := _ROW.match(line):
            first, short = match[1], match[2] or match[1]
            rows.append((first, first[: len(first) - len(short)] + short, match[3], match[4]))
        elif rows and line.startswith(" " * 20) and line.strip():
            first, last, status, title = rows[-1]
            rows[-1] = (first, last, status, f"{title} {line.strip()}")
    return rows


def test_readme_and_tutorial_show_what_comes_out(tmp_path: Path) -> None:
    rows = _shown()
    store = str(tmp_path / "examples.db")
    run = CliRunner().invoke(main, ["--quiet", "build", str(ROOT / "examples" / "pages"), "--store", store])
    assert run.exit_code == 0, run.output
    done = CliRunner().invoke(main, ["chronicle", "--store", store, "--format", "jsonl"])
    entries = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert rows, "the README shows no entry"
    told = {(entry["start"], entry["end"], entry["status"], entry["title"]): entry["id"] for entry in entries}
    assert [row for row in rows if row not in told] == []
    shown = CliRunner().invoke(main, ["show", told[rows[0]], "--store", store]).stdout.split("\n")
    history = re.search(r"^```text\nhistory\n(.*?)^```", _read(ROOT / "docs" / "tutorial.md"), re.MULTILINE | re.DOTALL)
    assert history
    assert [line for line in history[1].split("\n") if line and line not in shown] == []
