"""`python -m depesche`."""

from __future__ import annotations

from depesche.cli import main

if __name__ == "__main__":
    main(prog_name="depesche")
