"""Every error that Depesche raises on purpose.

DepescheError                what is wrong, where, and what would work
├── UsageError               the command or call was worded wrongly (exit 2)
├── PageError                one page cannot be read; it is recorded and stops nothing
│   ├── EmptyPage            nothing to read in it
│   ├── OversizedPage        more text in it than an article has
│   ├── UndecodablePage      its bytes are no text in any encoding we know
│   ├── UnsupportedForm      a form we do not read (PDF, DOCX, MHTML)
│   ├── BrokenRecord         a JSON line or sidecar that does not hold what it should
│   └── FetchError           it could not be fetched from the web
├── EngineError              the engine, its cluster or its lake cannot be used (exit 1)
├── PackError                a data file under data/ is wrong: file, key, and what is allowed
└── StoreError               the store cannot be used (exit 1)
    ├── StoreTooNew          written by a newer Depesche
    └── StoreLocked          another program is writing to it
"""

from __future__ import annotations


class DepescheError(Exception):
    """Something that a person can mend; its text is one line: what, where, what would work."""


class UsageError(DepescheError):
    """The command or call was worded wrongly."""


class PageError(DepescheError):
    """One page cannot be read. It is recorded with this text as its reason."""


class EmptyPage(PageError):
    """There is nothing to read in the page."""


class OversizedPage(PageError):
    """There is more text in the page than an article has."""


class UndecodablePage(PageError):
    """The bytes of the page are no text in any encoding we know."""


class UnsupportedForm(PageError):
    """A form of file that Depesche does not read."""


class BrokenRecord(PageError):
    """A JSON line or a sidecar that does not hold what it should."""


class FetchError(PageError):
    """An address could not be fetched.

    `status` is the answer's, None where there was none. `lasting` says that trying again will not help, `wait` after
    how many seconds the server wants to be asked again.
    """

    def __init__(
        self, says: str, *, status: int | None = None, lasting: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(says)
        self.status = status
        self.lasting = lasting
        self.wait = wait


class PackError(DepescheError):
    """A data file is wrong. Names the file, the key and what is allowed there."""


class EngineError(DepescheError):
    """The engine, its cluster or its lake cannot be used."""


class StoreError(DepescheError):
    """The store cannot be used."""


class StoreTooNew(StoreError):
    """The store was written by a newer Depesche."""


class StoreLocked(StoreError):
    """Another program is writing to the store."""
