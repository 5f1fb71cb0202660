"""Commands by which people decide about entries: merge, split, reject, confirm, and what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from typing import TYPE_CHECKING, Any, TypeVar

import click

from depesche.cli.edge import Asked, common, store_option
from depesche.cli.output import write
from depesche.errors import UsageError

if TYPE_CHECKING:
    from depesche.answers.decisions import By
    from depesche.model.decisions import AnyDecision
    from depesche.store import View

F = TypeVar("F", bound=Callable[..., Any])


def by_options(command: F) -> F:
    """Adds --who and --why."""
    who = click.option(
        "--who",
        metavar="NAME",
        callback=_who,
        help="Who decides [default: DEPESCHE_WHO, else the name logged in with].",
    )
    return who(click.option("--why", metavar="TEXT", default="", help="The reason, kept with the decision.")(command))


def _who(ctx: click.Context, option: click.Parameter, value: str | None) -> str:
    asked = ctx.find_object(Asked)
    known = value or (asked.settings.who if asked else None)
    if known or ctx.resilient_parsing:
        return known or ""
    try:
        return getuser()
    except (OSError, KeyError) as error:
        raise UsageError("nobody is logged in; --who NAME says who decides") from error


@click.group(epilog="Example:  depesche decide merge e-3f2a9c0d11bb7e65 e-90aa12bc34de56f7 --store chronicle.db")
@common
def decide() -> None:
    """Corrects the chronicle.

    What you decide is kept with your name, the time and your reason, and holds for every later build, also when newer
    rules read the pages again. `decide list` shows it, `decide undo` takes it back.
    """


@decide.command(epilog="Example:  depesche decide merge e-3f2a9c0d11bb7e65 e-90aa12bc34de56f7 --store chronicle.db")
@click.argument("ids", metavar="ENTRY-ID ENTRY-ID …", nargs=-1, required=True)
@store_option
@by_options
@common
def merge(ids: tuple[str, ...], store: str, who: str, why: str) -> None:
    """Makes entries one: they tell the same event."""
    from depesche.answers.decisions import merge as decision_of

    _decide(store, who, why, lambda view, by: decision_of(view, ids, by))


@decide.command(epilog="Example:  depesche decide split e-3f2a9c0d11bb7e65 page-7 --store chronicle.db")
@click.argument("entry_id", metavar="ENTRY-ID")
@click.argument("mentions", metavar="MENTION-OR-PAGE …", nargs=-1, required=True)
@store_option
@by_options
@common
def split(entry_id: str, mentions: tuple[str, ...], store: str, who: str, why: str) -> None:
    """Makes one entry two: the mentions that are named tell another event than the rest.

    A mention is named by its id, as `show --format jsonl` has it, or by its page.
    """
    from depesche.answers.decisions import split as decision_of

    _decide(store, who, why, lambda view, by: decision_of(view, entry_id, mentions, by))


@decide.command(epilog='Example:  depesche decide reject e-3f2a9c0d11bb7e65 --why "a film" --store chronicle.db')
@click.argument("entry_id", metavar="ENTRY-ID")
@click.argument("mentions", metavar="MENTION-OR-PAGE …", nargs=-1)
@store_option
@by_options
@common
def reject(entry_id: str, mentions: tuple[str, ...], store: str, who: str, why: str) -> None:
    """Takes an entry out of the chronicle: what it tells is no event.

    With mentions, named by id or page, only these are taken out of it.
    """
    from depesche.answers.decisions import reject as decision_of

    _decide(store, who, why, lambda view, by: decision_of(view, entry_id, mentions, by))


@decide.command(epilog="Example:  depesche decide confirm e-3f2a9c0d11bb7e65 --store chronicle.db")
@click.argument("entry_id", metavar="ENTRY-ID")
@store_option
@by_options
@common
def confirm(entry_id: str, store: str, who: str, why: str) -> None:
    """Keeps an entry as it stands: its mentions are one event."""
    from depesche.answers.decisions import confirm as decision_of

    _decide(store, who, why, lambda view, by: decision_of(view, entry_id, by))


@decide.command(name="list", epilog="Example:  depesche decide list --review --store chronicle.db")
@store_option
@click.option("--review", "lost_only", is_flag=True, help="Only those of which a passage is not found any more.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@common
def list_(store: str, lost_only: bool, form: str) -> None:
    """Lists what was decided about entries, with numbers.

    Each with the passages it is about, and the entries that hold them now. Decisions about parties are listed by
    `party decisions`; both share their numbers.
    """
    from depesche.answers.decisions import decisions, review
    from depesche.export.decisions import standing_in_words, standing_records
    from depesche.store import open_store

    with open_store(store).view() as view:
        found = review(view) if lost_only else decisions(view)
    write(standing_records(found) if form == "jsonl" else (line for one in found for line in standing_in_words(one)))


@decide.command(epilog="Example:  depesche decide undo 1 --store chronicle.db")
@click.argument("number", metavar="NUMBER", type=int)
@store_option
@common
def undo(number: int, store: str) -> None:
    """Takes back a decision, by its number."""
    keep_decision(store, number)


def _decide(store: str, who: str, why: str, decision_of: Callable[[View, By], AnyDecision]) -> None:
    """Makes the decision from what the store holds, and keeps it."""
    from depesche.answers.decisions import By
    from depesche.store import open_store

    with open_store(store).view() as view:
        decision = decision_of(view, By(who, datetime.now(UTC), why))
    keep_decision(store, decision)


def keep_decision(store: str, decision: AnyDecision | int) -> None:
    """Keeps the decision, or takes back the one of a number, links anew, and tells the number."""
    from depesche.packs.load import load_packs
    from depesche.pipeline import decide as decided
    from depesche.store import open_store

    open_store(store)  # a store that is not there is not made
    number = decided(open_store(store, write=True), load_packs(), decision)
    done = "taken back" if isinstance(decision, int) else "kept"
    click.echo(f"decision {number} is {done}", err=True)
