"""Writes `docs/reference/commands.md` from the commands themselves: `python docs/commands.py`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from depesche.cli import main

PAGE = Path(__file__).resolve().parent / "reference" / "commands.md"

HEAD = """# Commands

<!-- Written by docs/commands.py from the commands themselves; a test compares. -->

{says}

Exit codes: 0 all well, 1 the job failed, 2 wrong use, 3 some pages could not be read (they are listed on standard
error), 130 interrupted. An error is one line on standard error: `depesche: what is wrong, where, and what would work`.
Results go to standard output as UTF-8.

Settled once for all commands, as an environment variable or in the TOML file that `DEPESCHE_CONFIG` names (there in
small letters, without the prefix): `DEPESCHE_STORE`, `DEPESCHE_LARGEST_FILE`, `DEPESCHE_LARGEST_UNPACKED`,
`DEPESCHE_LARGEST_ARCHIVE` (bytes), `DEPESCHE_WORKERS`, `DEPESCHE_QUIET`, `DEPESCHE_VERBOSE`. The command line goes
before the environment, and that before the file.

Every command takes `-q`/`--quiet` (no progress, errors only), `-v`/`--verbose` (a traceback with an error) and
`-h`/`--help`.
"""


def commands_page() -> str:
    """The page as it should be."""
    says = _paragraphs(main.help or "").split("\n\n")[0]
    parts = [HEAD.format(says=says)]
    parts += (_section(name, command) for name, command in sorted(_all(main.commands)))
    return "\n".join(parts)


def _all(commands: Mapping[str, click.Command]) -> Iterator[tuple[str, click.Command]]:
    """The commands, each followed by those it groups, with their full names."""
    for name, command in commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from _all({f"{name} {below}": one for below, one in command.commands.items()})


def _section(name: str, command: click.Command) -> str:
    usage = " ".join([f"depesche {name}", *_words(command)])
    options = "".join(f"- {line}\n" for line in _options(command))
    example = re.sub(r"^Example:\s*", "", command.epilog or "")
    blocks = [f"## {name}", f"`{usage}`", _paragraphs(command.help or ""), options.rstrip(), f"```\n{example}\n```"]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _words(command: click.Command) -> Iterator[str]:
    for argument in command.params:
        if isinstance(argument, click.Argument):
            yield argument.make_metavar(click.Context(command))


def _options(command: click.Command) -> Iterator[str]:
    for option in command.params:
        if not isinstance(option, click.Option) or option.name in {"quiet", "verbose"}:
            continue
        choices = "|".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
        value = "" if option.is_flag else choices or option.metavar or "TEXT"
        told = [option.help or "", f"Default: {option.default}." if option.show_default else ""]
        names = " / ".join([option.opts[0], *option.secondary_opts[:1]])
        yield f"`{f'{names} {value}'.rstrip()}` {' '.join(part for part in told if part)}".rstrip()


def _paragraphs(text: str) -> str:
    clean = inspect.cleandoc(text.replace("\b\n", ""))
    return "\n\n".join(" ".join(part.split()) for part in clean.split("\n\n"))


if __name__ == "__main__":
    PAGE.write_text(commands_page(), "utf-8")
