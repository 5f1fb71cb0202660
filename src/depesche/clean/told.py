"""Which line of the page tells its title, its authors, its wire service and its outlet."""

from __future__ import annotations

from collections.abc import Iterator

from depesche.clean.credits import credited_agency
from depesche.clean.trim import trim_end, trim_front
from depesche.model.explained import Line, Told, line_of
from depesche.model.page import Article, Block, Role
from depesche.packs.furniture import Lead
from depesche.packs.outlets import Outlets

HEAD, LINE = "head", "line"
LONGEST = 300
"""Characters of a line that can tell a fact; longer ones are text."""


def told_facts(article: Article, flat: str, leads: tuple[Lead, ...], outlets: Outlets) -> tuple[Told, ...]:
    """The facts of a page and where each is told; `flat` is its flattening."""
    return tuple(_facts(article, flat, leads, outlets))


def lines_of(article: Article, flat: str) -> tuple[Line, ...]:
    """Every line of the page that is not blank, with what cleaning made of it."""
    return tuple(
        Line(block.line, block.raw.of(flat), block.role.value, block.kept, block.reason.rule, block.reason.note)
        for block in article.blocks
    )


def _facts(article: Article, flat: str, leads: tuple[Lead, ...], outlets: Outlets) -> Iterator[Told]:
    if article.title is not None:
        line = line_of(article, article.title_raw) if article.title_raw else None
        yield _fact("title", article.title, next((one for one in article.blocks if one.line == line), None), flat)
    for author in article.authors:
        yield _fact("author", author, _naming(author, article, flat), flat)
    if article.agency is not None:
        yield _fact("agency", article.agency, _crediting(article, flat, leads, outlets), flat)
    if article.outlet is not None:
        yield Told("outlet", article.outlet, HEAD)


def _fact(field: str, value: str, block: Block | None, flat: str) -> Told:
    if block is None:
        return Told(field, value, HEAD)
    return Told(field, value, LINE, block.line, block.raw.of(flat))


def _naming(name: str, article: Article, flat: str) -> Block | None:
    """The byline that holds the name, or the first short line that was dropped and holds it."""
    holding = [
        block
        for block in article.blocks
        if not block.kept and block.raw.end - block.raw.start <= LONGEST and name in block.raw.of(flat)
    ]
    return min(holding, key=lambda block: (block.role is not Role.BYLINE, block.line), default=None)


def _crediting(article: Article, flat: str, leads: tuple[Lead, ...], outlets: Outlets) -> Block | None:
    """The line whose front, end or whole credits the wire service."""
    kept = [block for block in article.blocks if block.kept]
    for block in kept:
        if trim_front(block.raw.of(flat), leads, outlets).agency == article.agency:
            return block
    for block in reversed(kept):
        if trim_end(block.raw.of(flat), outlets).agency == article.agency:
            return block
    dropped = (block for block in article.blocks if not block.kept and block.role in (Role.CREDIT, Role.BYLINE))
    return next((one for one in dropped if credited_agency(one.raw.of(flat), outlets) == article.agency), None)
