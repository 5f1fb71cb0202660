"""Addresses of pages on the site."""

from __future__ import annotations

from urllib.parse import quote


def entry_link(id: str) -> str:
    """Of an entry."""
    return f"/entry/{quote(id, safe='')}"


def page_link(id: str, start: int | None = None) -> str:
    """Of a saved page, or of the words on it that begin at that character of the article."""
    return f"/page/{quote(id, safe='')}" + ("" if start is None else f"#c{start}")


def party_link(id: str) -> str:
    """Of a party's dossier."""
    # Twice, since a server decodes the path before it looks for slashes.
    return f"/party/{quote(quote(id, safe=''), safe='')}"


def story_link(id: str) -> str:
    """Of a story."""
    return f"/story/{quote(id, safe='')}"


def lead(about: str) -> str:
    """Where a mark on a text leads: "entry:…" or "party:…"."""
    kind, _, id = about.partition(":")
    return entry_link(id) if kind == "entry" else party_link(id)
