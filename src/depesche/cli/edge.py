"""Where the program meets the shell: errors in one line, exit codes, output as bytes, shared options.

0 all well · 1 the job failed · 2 wrong use · 3 some pages could not be read · 130 interrupted
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NoReturn, TypeVar

import click
import msgspec

from depesche.errors import DepescheError, UsageError
from depesche.export.plain import plain, whole
from depesche.model.page import Unread
from depesche.settings import Settings, read_settings

FAILED, WRONG_USE, SOME_UNREAD, INTERRUPTED = 1, 2, 3, 130

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose every error, click's own too, is one line on standard error and an exit code."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:
        """Runs the command line and ends the process with its exit code."""
        extra["standalone_mode"] = False
        sys.exit(self._code(args, prog_name, extra))

    def _code(self, args: Sequence[str] | None, prog_name: str | None, extra: dict[str, Any]) -> int:
        try:
            code = super().main(args, prog_name, **extra)
            click.get_binary_stream("stdout").flush()
        except click.exceptions.NoArgsIsHelpError as error:
            return _complain(f"no command given; {_commands(error.ctx)}", WRONG_USE)
        except click.UsageError as error:
            return _complain(_one_line(error), WRONG_USE)
        except click.ClickException as error:
            return _complain(error.format_message(), FAILED)
        except UsageError as error:
            return _complain(str(error), WRONG_USE)
        except DepescheError as error:
            return _complain(str(error), FAILED)
        except (KeyboardInterrupt, click.Abort):
            return _complain("interrupted; what was stored stays, the same command goes on from there", INTERRUPTED)
        except BrokenPipeError:
            return _close_quietly()
        except MemoryError:
            return _complain("out of memory; fewer or smaller pages at a time would work", FAILED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            return _complain(f"{where}{error.strerror or error}; see that it is there and may be used", FAILED)
        except Exception as error:
            fault = f"a fault in Depesche ({type(error).__name__}: {error}); --verbose shows where, please report it"
            return _complain(fault, FAILED)
        return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    """Writes the one line, and the traceback where it was asked for."""
    settings = _asked.get("settings", Settings())
    if settings.verbose and sys.exc_info()[0]:
        click.echo(whole(traceback.format_exc()), err=True, nl=False)
    click.echo(f"depesche: {plain(message)}", err=True)
    return code
