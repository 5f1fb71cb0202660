"""Where the program meets the shell: errors in one line, exit codes, shared options.

0 all well · 1 the job failed · 2 wrong use · 3 some pages could not be read · 130 interrupted
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from depesche.errors import DepescheError, UsageError
from depesche.export.plain import plain, whole
from depesche.model.page import PassedOver, Unread
from depesche.settings import Settings, read_settings

if TYPE_CHECKING:
    from depesche.ingest import Limits

FAILED, WRONG_USE, SOME_UNREAD, INTERRUPTED = 1, 2, 3, 130

F = TypeVar("F", bound=Callable[..., Any])


class Asked:
    """How this run was asked to behave: the settings, overruled by --quiet and --verbose as they are met."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings


class Commands(click.Group):
    """A group whose every error, click's own too, is one line on standard error and an exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Runs the command line and ends the process with its exit code."""
        sys.exit(self._code(*args, **extra | {"standalone_mode": False}))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a reader that went away, as in `| head`, is no error."""
        try:
            code = super().invoke(ctx)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            return _close_quietly()
        except KeyboardInterrupt:
            click.echo("depesche: interrupted; what was stored stays, the same command goes on from there", err=True)
            return INTERRUPTED
        return code

    def _code(self, *args: Any, **extra: Any) -> int:
        asked = Asked(Settings())
        try:
            asked.settings = read_settings(os.environ)
            code = super().main(*args, **extra, obj=asked)
        except Exception as error:  # noqa: BLE001 - the last place to turn an error into one line
            if asked.settings.verbose:
                click.echo(whole(traceback.format_exc()), err=True, nl=False)
            message, code = _told(error)
            click.echo(f"depesche: {plain(message)}", err=True)
        return code if isinstance(code, int) else 0


def _told(error: Exception) -> tuple[str, int]:
    """The line that says what is wrong, where, and what would work; and the exit code."""
    match error:
        case click.UsageError():
            return _misused(error), WRONG_USE
        case UsageError():
            return str(error), WRONG_USE
        case click.ClickException():
            return error.format_message(), FAILED
        case DepescheError():
            return str(error), FAILED
        case MemoryError():
            return "out of memory; fewer or smaller pages at a time would work", FAILED
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or error}; see that it is there and may be used", FAILED
    fault = f"{type(error).__name__}: {error}"
    return f"a fault in Depesche itself ({fault}); --verbose shows where, please report it", FAILED


def _misused(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "depesche"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"no command given; {command} --help lists them"
    return f"{error.format_message().rstrip('.')}; {command} --help shows how"


def _close_quietly() -> int:
    """Nobody reads on: what is left in the buffer must not raise once more when the process ends."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device, not a file
        os.dup2(nowhere.fileno(), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 0


# --- options


def day_option(*names: str, help: str, required: bool = False) -> Callable[[F], F]:
    """Adds an option that takes an ISO day."""
    return click.option(*names, metavar="DAY", callback=_day, help=help, required=required)


def _day(ctx: click.Context, option: click.Parameter, value: str | None) -> date | None:
    try:
        if value and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day such as 2024-05-16", ctx, option) from None


def common(command: F) -> F:
    """Adds --quiet and --verbose."""
    quiet = click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_hear, help="No progress, errors only."
    )
    verbose = click.option(
        "-v", "--verbose", is_flag=True, expose_value=False, callback=_hear, help="A traceback with an error."
    )
    return quiet(verbose(command))


def _hear(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    asked = ctx.find_object(Asked)
    if value and asked and option.name:
        asked.settings = msgspec.structs.replace(asked.settings, **{option.name: True})


def settings() -> Settings:
    """The settings of the command that is running."""
    asked = click.get_current_context().find_object(Asked)
    return asked.settings if asked else Settings()


def store_option(command: F) -> F:
    """Adds --store, which may be settled once by DEPESCHE_STORE."""
    return click.option(
        "--store",
        metavar="FILE",
        callback=_store,
        help="The store, a file or postgresql+psycopg://HOST/DATABASE [default: DEPESCHE_STORE; needed otherwise].",
    )(command)


def _store(ctx: click.Context, option: click.Parameter, value: str | None) -> str:
    asked = ctx.find_object(Asked)
    store = value or (asked.settings.store if asked else None)
    if not store and not ctx.resilient_parsing:
        raise click.UsageError("no store named; --store FILE names one", ctx)
    return store or ""


# --- what could not be read


def limits() -> Limits:
    """How large inputs may be, as settled."""
    from depesche.ingest import Limits

    settled = settings()
    return Limits(settled.largest_file, settled.largest_unpacked, settled.largest_archive)


def tell_passed_over(passed: Sequence[PassedOver]) -> None:
    """Tells what archives hold besides pages, a line each; it is no fault."""
    for one in passed if not settings().quiet else ():
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in one.counts)
        click.echo(f"depesche: passed over in {plain(one.source)}: {plain(kinds)}", err=True)


def tell_unread(unread: Sequence[Unread]) -> int:
    """Lists what could not be read, a line each; the exit code that says so."""
    for one in unread:
        place = "" if one.reason.startswith(one.source) else f"{one.source or one.doc}: "
        click.echo(f"depesche: not read: {plain(place + one.reason)}", err=True)
    return SOME_UNREAD if unread else 0
