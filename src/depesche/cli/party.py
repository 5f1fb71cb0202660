"""Commands about the parties of a store: what is known of one, and what people decide about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from depesche.cli.decide import keep_decision
from depesche.cli.edge import common, store_option
from depesche.cli.output import write
from depesche.errors import UsageError

if TYPE_CHECKING:
    from depesche.store import View

SHOW = "show"


class PartyCommands(click.Group):
    """A group in which a name that is no command asks for the party of that name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, which is `show` where the first word is none."""
        known = args and args[0] in self.commands
        return super().resolve_command(ctx, args if known else [SHOW, *args])


@click.group(cls=PartyCommands, epilog='Example:  depesche party "Qin Gang" --store chronicle.db')
@common
def party() -> None:
    """Shows who a party is; merges and splits parties.

    `depesche party NAME` is short for `depesche party show NAME`.
    """


@party.command(name=SHOW, epilog='Example:  depesche party show "Qin Gang" --store chronicle.db --format md')
@click.argument("name", metavar="NAME")
@store_option
@click.option("--format", "form", type=click.Choice(["table", "md", "jsonl"]), default="table", show_default=True)
@common
def show(name: str, store: str, form: str) -> None:
    """Shows a party.

    How pages write its name, which offices they give it, with the sentences, and in how many entries it takes part.
    NAME is a name, a spelling, or an id such as person:qin-gang.
    """
    from depesche.answers.party import party as party_of
    from depesche.export.party import PARTY_EXPORTS
    from depesche.store import open_store

    with open_store(store).view() as view:
        answer = party_of(view, name)
    write([PARTY_EXPORTS[form](answer)])


@party.command(epilog='Example:  depesche party merge "Ann Weber" person:anna-weber --store chronicle.db')
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@store_option
@common
def merge(one: str, other: str, store: str) -> None:
    """Makes two parties one: B is A.

    The decision is kept, and holds for pages that are read later. `depesche party undo` takes it back.
    """
    from depesche.answers.party import one_party
    from depesche.model.decisions import Merge
    from depesche.store import open_store

    with open_store(store).view() as view:
        first, second = one_party(view, one), one_party(view, other)
    if first.id == second.id:
        raise UsageError(f"{one} and {other} are one party already ({first.id})")
    keep_decision(store, Merge(first.id, second.id, first.name, first.country))


@party.command(epilog='Example:  depesche party split "Ann Weber" --page sport.txt --store chronicle.db')
@click.argument("one", metavar="A")
@click.option("--page", "docs", metavar="DOC", multiple=True, help="A page on which A is somebody else; repeatable.")
@click.option("--spelling", metavar="TEXT", default="", help="A name, as pages write it, that means somebody else.")
@click.option(
    "--as", "name", metavar="NAME", help="What the other one is called [default: the spelling, or A with the page]."
)
@store_option
@common
def split(one: str, docs: tuple[str, ...], spelling: str, name: str | None, store: str) -> None:
    """Makes one party two: on some pages A is somebody else.

    The decision is kept, and holds for pages that are read later. `depesche party undo` takes it back.
    """
    from depesche.answers.party import one_party
    from depesche.model.decisions import Split
    from depesche.model.text import slug
    from depesche.store import open_store

    if not docs and not spelling:
        raise UsageError("party split: neither --page nor --spelling is given; one of them says where A is another")
    with open_store(store).view() as view:
        found = one_party(view, one)
        pages = _pages(view, docs)
    if spelling and spelling not in {written.text for written in found.spellings}:
        known = ", ".join(written.text for written in found.spellings) or "none"
        raise UsageError(f"--spelling {spelling}: no page writes {found.name} so; spellings are {known}")
    called = name or spelling or f"{found.name} ({docs[0]})"
    other = f"{found.id.split(':', 1)[0]}:{slug(called)}"
    if other == found.id:
        raise UsageError(f"{called}: the id of the other would be that of {found.name}; --as with another name works")
    keep_decision(store, Split(found.id, other, called, pages, spelling))


def _pages(view: View, docs: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the pages of these names."""
    known = {reading.doc: reading.page for reading in view.readings()} if docs else {}
    for doc in docs:
        if doc not in known:
            raise UsageError(f"--page {doc}: no such page; `depesche pages` lists them")
    return tuple(sorted({known[doc] for doc in docs}))


@party.command(epilog="Example:  depesche party decisions --store chronicle.db")
@store_option
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@common
def decisions(store: str, form: str) -> None:
    """Lists what was decided about parties, with numbers."""
    from depesche.export.party import decision_in_words, decision_records
    from depesche.store import open_store

    with open_store(store).view() as view:
        taken = view.decisions()
    write(decision_records(taken) if form == "jsonl" else [decision_in_words(*one) for one in taken])


@party.command(epilog="Example:  depesche party undo 1 --store chronicle.db")
@click.argument("number", metavar="NUMBER", type=int)
@store_option
@common
def undo(number: int, store: str) -> None:
    """Takes back a decision about parties, by its number."""
    keep_decision(store, number)
