from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_reference_of_commands_is_up_to_date() -> None:
    made = runpy.run_path(str(DOCS / "commands.py"))
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    assert page == made["commands_page"](), "python docs/commands.py writes it anew"
    assert "## chronicle" in page
