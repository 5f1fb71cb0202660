"""Templates whose values come from pages: all of them escaped, and none that a terminal or a browser would obey."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from depesche.export.plain import plain_lines

if TYPE_CHECKING:
    from jinja2 import Environment


def escaping(folder: Path) -> Environment:
    """The templates of a folder; what they are not given is a fault, and control characters become visible."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _harmless(value: object) -> object:
    """Text as it may be shown; what is marked as safe already (a type of its own) stays."""
    return plain_lines(value) if type(value) is str else value
