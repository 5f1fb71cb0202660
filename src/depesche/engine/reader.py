"""What a worker does with a page: reads it, or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from depesche import __version__
from depesche.engine.lake import page_of
from depesche.engine.quiet import Cores
from depesche.errors import DepescheError, PageError
from depesche.model.days import iso
from depesche.packs.load import Packs, load_packs
from depesche.pipeline import read_page
from depesche.store.rows import to_json, whole

UNDATED, UNREAD = "undated", "unread"
"""Where pages lie that have no one day, and what could not be read."""

BATCH = 8
"""Pages that a worker is handed at a time."""


class Work(msgspec.Struct, frozen=True):
    """How pages are to be read: by which package and knowledge, and no later than when they were published."""

    package: str
    knowledge: str
    not_after: date | None = None


Row = Mapping[str, Any]

OUTCOME = ("day", "earliest", "latest", "article", "reading", "error", "fault")
NOTHING: dict[str, str | None] = dict.fromkeys(OUTCOME) | {"day": UNREAD}
"""The outcome of a page of which nothing is known."""


def read_row(row: Row, work: Work, packs: Packs) -> Row:
    """What was read from the page of a row, as a row of the lake.

    `error` says why the page cannot be read; `fault` why no page can be: then the build has to end.
    """
    page = page_of(dict(row))
    try:
        article, reading = read_page(page, packs, work.not_after)
    except PageError as error:
        return NOTHING | {"error": whole(str(error))}
    except DepescheError as error:
        return NOTHING | {"fault": whole(str(error))}
    line = reading.dateline
    return NOTHING | {
        "day": iso(line.published) or UNDATED,
        "earliest": iso(line.earliest),
        "latest": iso(line.latest),
        "article": to_json(article),
        "reading": to_json(reading),
    }


def other_knowledge(work: Work, packs: Packs) -> str | None:
    """What is wrong with a worker that would read otherwise than the machine that asks; None if nothing is."""
    if (__version__, packs.knowledge) == (work.package, work.knowledge):
        return None
    return (
        f"a worker has Depesche {__version__} with knowledge {packs.knowledge[:8]}, this machine {work.package} with "
        f"{work.knowledge[:8]}; install the same version on every machine of the cluster"
    )


def reader(cores: Cores, work: Work) -> Callable[..., Any]:
    """A function over columns of pages that Daft runs in processes of their own, one a core."""
    daft = cores.daft
    text = daft.DataType.string()
    shape = daft.DataType.struct(dict.fromkeys(OUTCOME, text))

    @daft.cls(max_concurrency=cores.count, use_process=True)
    class Reader:
        """Reads pages in a process of its own, with knowledge that is loaded once."""

        def __init__(self) -> None:
            self.packs = load_packs()
            self.fault = other_knowledge(work, self.packs)

        @daft.method.batch(return_dtype=shape, batch_size=BATCH)  # type: ignore[untyped-decorator]
        def read(self, pages: Any) -> Any:
            """What was read from each page of a column of pages."""
            if self.fault:
                return arrow_of([NOTHING | {"fault": self.fault}] * len(pages))
            return arrow_of([read_row(row, work, self.packs) for row in pages.to_pylist()])

    return Reader().read  # type: ignore[no-any-return]


def arrow_of(rows: Sequence[Row]) -> Any:
    """Outcomes as an Arrow array."""
    import pyarrow

    return pyarrow.array(rows, pyarrow.struct([(name, pyarrow.string()) for name in OUTCOME]))
