"""Writes `docs/reference/licences.md` from a list of parts: `python docs/licences.py dist/sbom.cdx.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent / "reference" / "licences.md"
CLASSIFIER = "License :: OSI Approved :: "

OURS = ("depesche", "pip")
"""Parts that are no dependency: the project, and what every environment has."""

HEAD = """# Licences of what Depesche needs

<!-- Written by docs/licences.py (`make sbom`); a test compares the names with the lock files. -->

What `requirements/core.txt`, `web.txt` and `watch.txt` install, with the licences that the packages declare. What comes
inside Depesche itself (trained models, word clusters, the world map) is named in [NOTICE](../../NOTICE).

| package | version | licence |
|---|---|---|
"""


def licences_page(parts: list[dict[str, Any]]) -> str:
    """The page as it should be, by name."""
    rows = sorted(
        (part["name"].lower(), part["version"], _licences(part)) for part in parts if part["name"] not in OURS
    )
    return HEAD + "".join(f"| {name} | {version} | {licences} |\n" for name, version, licences in rows)


def _licences(part: dict[str, Any]) -> str:
    found = []
    for one in part.get("licenses", ()):
        licence = one.get("license", {})
        told = one.get("expression") or licence.get("id") or licence.get("name") or ""
        bare = " ".join(told.removeprefix(CLASSIFIER).replace("|", "/").split())
        if bare and len(bare) < 100 and not bare.startswith(("declared license", "License ::")):
            found.append(bare)
    return "; ".join(dict.fromkeys(found)) or "see the package"


if __name__ == "__main__":
    PAGE.write_text(licences_page(json.loads(Path(sys.argv[1]).read_text("utf-8"))["components"]), "utf-8")
