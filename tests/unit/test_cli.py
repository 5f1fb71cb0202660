from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from built import PAGES, depesche

from depesche import __version__
from depesche.cli import main

COMMANDS = (
    *("annotate", "backup", "build", "check", "chronicle", "copy-store", "decide", "diff", "differences", "explain"),
    *("export", "extract", "overdue", "pages", "party", "quotes", "serve", "show", "upcoming", "watch"),
)


def _one_line(stderr: str) -> bool:
    return stderr.startswith("depesche: ") and stderr.count("\n") == 1


def test_the_commands_are_these() -> None:
    assert tuple(sorted(main.commands)) == COMMANDS


def test_version() -> None:
    done = depesche("--version")
    assert (done.exit_code, done.stdout) == (0, f"depesche {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = depesche(command, "--help")
    assert done.exit_code == 0
    assert "Example:" in done.stdout and f"depesche {command}" in done.stdout.partition("Example:")[2]
    assert "--quiet" in done.stdout and "--verbose" in done.stdout


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ([], "--help"),
        (["frobnicate"], "frobnicate"),
        (["extract", PAGES, "--format", "xml"], "jsonl"),
        (["extract", PAGES, "--frob"], "--frob"),
        (["chronicle", "--store", "x.db", "--from", "2024-02-30"], "2024-02-30"),
        (["chronicle", "--store", "x.db", "--from", "20240516"], "20240516"),
        (["chronicle", "--store", "x.db", "--from", "2024-05-16", "--to", "2024-05-15"], "--from"),
        (["upcoming", "--store", "x.db"], "--on"),
        (["build", "nowhere", "--store", "x.db"], "nowhere"),
    ],
)
def test_wrong_use_is_one_line_that_names_the_trouble(words: list[str], names: str) -> None:
    done = depesche(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert _one_line(done.stderr), done.stderr
    assert names in done.stderr


def test_a_server_that_does_not_answer_is_named_without_user_and_password() -> None:
    done = depesche("--verbose", "chronicle", "--store", "postgresql://somebody:secret@127.0.0.1:1/it")
    assert done.exit_code == 1
    assert "depesche: postgresql://127.0.0.1:1/it: " in done.stderr
    assert "secret" not in done.stderr


def test_a_fault_is_one_line_and_a_traceback_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("some\nfault")

    monkeypatch.setattr("depesche.ingest.read", fails)
    done = depesche("extract", PAGES)
    assert done.exit_code == 1
    assert _one_line(done.stderr) and "RuntimeError: some fault" in done.stderr
    verbose = depesche("extract", PAGES, "--verbose")
    assert verbose.exit_code == 1
    assert verbose.stderr.startswith("Traceback") and verbose.stderr.splitlines()[-1].startswith("depesche: ")


def test_an_interruption_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("depesche.ingest.read", stops)
    done = depesche("extract", PAGES)
    assert done.exit_code == 130
    assert _one_line(done.stderr)


def test_names_of_files_cannot_send_commands_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred\x07.txt").write_text(" ")
    done = depesche("extract", tmp_path)
    assert done.exit_code == 3
    assert "\x1b" not in done.stderr and "\x07" not in done.stderr
    missing = depesche("extract", "\x1b]0;x\x07")
    assert missing.exit_code == 2 and "\x1b" not in missing.stderr


def test_text_of_pages_cannot_send_commands_to_the_terminal(tmp_path: Path) -> None:
    text = (PAGES / "rundschau.txt").read_text("utf-8").replace("Finnland", "Fin\x1b[2Jn\u202eland")
    (tmp_path / "a\x1bb.txt").write_text(text, "utf-8")
    store = tmp_path.parent / f"{tmp_path.name}.db"
    shown = [depesche("extract", tmp_path, "--format", "text").stdout]
    assert depesche("build", tmp_path, "--store", store).exit_code == 0
    shown += [depesche("pages", "--store", store).stdout, depesche("chronicle", "--store", store).stdout]
    for one in shown:
        assert one
        assert not {"\x1b", "\u202e"} & set(one)


def test_settings_come_from_the_file_that_the_environment_names(tmp_path: Path) -> None:
    config = tmp_path / "depesche.toml"
    config.write_text("largest_file = 10\n")
    done = depesche("extract", PAGES / "bote.txt", DEPESCHE_CONFIG=str(config))
    assert done.exit_code == 3 and "at most 10 are read" in done.stderr
    won = depesche("extract", PAGES / "bote.txt", DEPESCHE_CONFIG=str(config), DEPESCHE_LARGEST_FILE="100000")
    assert won.exit_code == 0


@pytest.mark.parametrize("text", ["stoer = 'x'\n", "largest_file = 'many'\n", "= broken"])
def test_wrong_settings_are_wrong_use(text: str, tmp_path: Path) -> None:
    config = tmp_path / "depesche.toml"
    config.write_text(text)
    done = depesche("pages", DEPESCHE_CONFIG=str(config))
    assert done.exit_code == 2
    assert _one_line(done.stderr) and str(config) in done.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "depesche", "extract", *[str(PAGES)] * 2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_help_and_chronicle_load_nothing_heavy(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    assert depesche("build", PAGES / "bote.txt", "--store", store).exit_code == 0
    script = (
        "import sys\n"
        "from depesche.cli import main\n"
        "try:\n    main(sys.argv[1:], prog_name='depesche')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'HanTa', 'numpy', 'trafilatura', 'lxml', 'rensa', 'nltk'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    for words in (["--help"], ["chronicle", "--store", str(store), "--format", "html"]):
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, check=False, text=True)
        assert (done.returncode, done.stderr) == (0, "")
