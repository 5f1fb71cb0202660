"""What the recipes show is what comes out of the example pages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from built import depesche

ROOT = Path(__file__).resolve().parents[2]
RECIPES = sorted((ROOT / "docs" / "how-to").glob("into-*.md"))

_SHOWN = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^depesche (export .*)$", re.MULTILINE)


def _numberless(text: str) -> str:
    """The text without counts, which change whenever more is read."""
    return re.sub(r"\b(\d+) (rows?|entry|entries|events?|slides?|entities)\b", "N", text)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_shows_what_comes_out(
    recipe: Path, example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = recipe.read_text("utf-8")
    commands = _COMMAND.findall(text)
    assert commands
    said: list[str] = []
    for command in commands:
        words = [str(example_store) if word == "examples.db" else word for word in shlex.split(command)]
        done = depesche(*words)
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        said.append(done.stderr)
    said += [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.rglob("*.*") if path.is_file()]
    if "parquet" in recipe.read_text("utf-8"):
        depesche("export", "csv", "--store", example_store, "--out", tmp_path / "as-text")
        said += [path.read_text("utf-8") for path in (tmp_path / "as-text").glob("*.csv")]
    outcome = _numberless("\n".join(said).replace('"', ""))
    shown = [line for block in _SHOWN.findall(text) for line in block.split("\n") if line.strip()]
    assert shown
    for line in shown:
        whole = _numberless(line.replace('"', ""))
        parts = (
            [whole]
            if "pandas" not in recipe.stem
            else [part for part in re.split(r"\s{2,}| (?=\d{4}-)", line) if part.strip()]
        )
        for part in parts:
            assert part.strip() in outcome or part.strip() == "None", line
