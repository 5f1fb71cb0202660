"""The store that is served, and what is kept of it in memory for as long as it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

import msgspec

from depesche.answers.catalogue import Catalogue, catalogue
from depesche.answers.quotes import all_quotes
from depesche.answers.utterances import Utterance
from depesche.packs.linking import load_linking
from depesche.packs.load import Packs, load_packs
from depesche.packs.ontology import Ontology, load_ontology
from depesche.store import Store, View

T = TypeVar("T")


class Serving(msgspec.Struct, frozen=True):
    """How a store is served. `hosts` are the names by which browsers may ask for it.

    Without a `token` nothing can be decided. `guarded` asks for it even to read.
    """

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    token: str | None = None
    guarded: bool = False


class _Kept(Generic[T]):
    """A value made from a view, made again when the store has changed."""

    def __init__(self, make: Callable[[View], T]) -> None:
        self._make, self._lock = make, Lock()
        self._held: tuple[str, T] | None = None

    def of(self, view: View, key: str) -> T:
        """The value for the store as the view sees it."""
        with self._lock:
            if self._held is None or self._held[0] != key:
                self._held = (key, self._make(view))
            return self._held[1]


class Site:
    """A store with its columns and utterances at hand; safe to be asked by several threads."""

    def __init__(self, store: Store, serving: Serving = Serving()) -> None:
        self.store, self.serving = store, serving
        self.ontology: Ontology = load_ontology()
        self._catalogue: _Kept[Catalogue] = _Kept(catalogue)
        self._utterances: _Kept[tuple[Utterance, ...]] = _Kept(all_quotes)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """What titles begin with by status."""
        return load_linking().titles.status

    @cached_property
    def packs(self) -> Packs:
        """All knowledge, for linking anew when something is decided."""
        return load_packs()

    @property
    def writable(self) -> Store:
        """The store opened to be written to."""
        return self.store.writable()

    @property
    def name(self) -> str:
        """How the store is called."""
        return self.store.title

    def catalogue(self, view: View, key: str) -> Catalogue:
        """Columns over all entries."""
        return self._catalogue.of(view, key)

    def utterances(self, view: View, key: str) -> tuple[Utterance, ...]:
        """All that was said, in order."""
        return self._utterances.of(view, key)
