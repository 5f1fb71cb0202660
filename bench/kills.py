"""Kills builds, watches, decisions and copies at moments spread evenly over their course, and looks what is left.

    python bench/kills.py --kills 100 [--seed N] [--only build link watch decide copy] [--pages N]

Every work is begun by a fork of this process, where all knowledge is loaded, on a real store, and killed by SIGKILL
after a part of the time that the undisturbed work takes. What is then there has to be sound (`depesche check`), without
anything double or half, and going on has to end where the undisturbed work ends, byte for byte. 0 all survived · 1 not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1] / "tests" / "unit")
)  # where stores are built for tests, and a server that does as told

from built import build_into, exported, packs, sources
from misbehaving import OPEN, QUICK, FakeClock, answer, local, serving

import made_pages
from depesche.answers.decisions import By, confirm, reject
from depesche.errors import StoreError
from depesche.fetch import Client, Manners
from depesche.pipeline import decide
from depesche.store import open_store
from depesche.watch import Options, Setting, Watch

PAGES = 12
EARLIER = 0.7
"""By how much of its moment a kill that came too late is tried again."""

ROUNDS = 3
"""How often the undisturbed work is timed; the middle one counts."""


@dataclass(frozen=True)
class Work:
    """What is killed: how its folder is made ready, what it does there, also to go on, and what it ends as."""

    name: str
    ready: Callable[[Path], None]
    act: Callable[[Path], None]
    outcome: Callable[[Path], str]


@dataclass
class Tally:
    """How often it was killed, how often it was done before, and what went wrong."""

    killed: int = 0
    done: int = 0
    faults: list[str] = field(default_factory=list)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    asked = _arguments().parse_args(argv)
    packs()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="depesche-kills-") as place, works(Path(place), asked.pages) as made:
        chosen = [work for work in made if not asked.only or work.name in asked.only]
        print(f"{'work':<8} {'seconds':>8} {'killed':>7} {'done':>6}  faults")
        for number, work in enumerate(chosen):
            share = asked.kills // len(chosen) + (number < asked.kills % len(chosen))
            seconds, tally = tried(work, Path(place), share, random.Random(f"{asked.seed} {work.name}"))
            faults += len(tally.faults)
            said = "; ".join(tally.faults[:3]) or "none"
            print(f"{work.name:<8} {seconds:>8.2f} {tally.killed:>7} {tally.done:>6}  {said}", flush=True)
    return 1 if faults else 0


def tried(work: Work, place: Path, kills: int, chance: random.Random) -> tuple[float, Tally]:
    """Kills a work so many times; how long it takes undisturbed, and what came of the kills."""
    begun, whole = place / f"{work.name}-begun", place / f"{work.name}-whole"
    begun.mkdir()
    work.ready(begun)
    seconds = median(_timed(work, begun, place / f"{work.name}-{k}") for k in range(ROUNDS))
    shutil.copytree(begun, whole)
    work.act(whole)
    wanted, tally = work.outcome(whole), Tally()
    moments = [seconds * (k + chance.random()) / kills for k in range(kills)]
    for number, moment in enumerate(moments):
        folder = place / f"{work.name}-at-{number}"
        shutil.copytree(begun, folder)
        while not _killed(work, folder, moment):  # it was done before, as it is where the machine is less busy now
            tally.done += 1
            moment *= EARLIER
            shutil.rmtree(folder)
            shutil.copytree(begun, folder)
        tally.killed += 1
        tally.faults += [f"after {moment:.3f} s: {one}" for one in _looked_at(work, folder, wanted)]
        shutil.rmtree(folder)
    return seconds, tally


def _timed(work: Work, begun: Path, folder: Path) -> float:
    """Seconds of the undisturbed work, in a fork as those that are killed."""
    shutil.copytree(begun, folder)
    began = time.perf_counter()
    child = _forked(work, folder)
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"kills: {work.name} failed where nobody killed it")
    shutil.rmtree(folder)
    return seconds


def _killed(work: Work, folder: Path, moment: float) -> bool:
    """Begins the work and kills it at that moment; False where it was done before."""
    child = _forked(work, folder)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)  # not yet waited for: if it is done, nothing happens
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _forked(work: Work, folder: Path) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        with contextlib.suppress(BaseException):  # whatever it is, the child must not go on as this program
            work.act(folder)
            code = 0
        os._exit(code)
    return child


def _looked_at(work: Work, folder: Path, wanted: str) -> Iterator[str]:
    """What is wrong after a kill, and after the work was done again."""
    yield from _faults(folder, "before going on")
    try:
        work.act(folder)
    except StoreError as error:
        yield f"it does not go on: {error}"
        return
    yield from _faults(folder, "at the end")
    if work.outcome(folder) != wanted:
        yield "it ends otherwise than the undisturbed work"


def _faults(folder: Path, when: str) -> Iterator[str]:
    """What `check` finds in the stores that are there; one that nothing was stored in yet is no fault."""
    for path in sorted(folder.glob("*.db")):
        try:
            store = open_store(str(path))
        except StoreError as error:
            if "nothing is stored there yet" not in str(error):
                yield f"{path.name} {when}: {error}"
            continue
        yield from (f"{path.name} {when}: {fault.kind} {fault.id} {fault.what}" for fault in store.faults())


# --- works


@contextlib.contextmanager
def works(place: Path, pages: int) -> Iterator[Sequence[Work]]:
    """All works, while the server runs that the watch asks."""
    texts = place / "pages"
    made_pages.fill(texts, pages)
    _build(texts, place)  # so that every fork has at hand what a build loads
    with serving() as server:
        host = f"http://hafen.example:{server.port}"
        items = []
        for path in sorted(texts.iterdir()):
            server.answers[f"/{path.name}"] = answer(path.read_bytes(), media="text/plain; charset=utf-8")
            items.append(
                f"<item><link>{host}/{path.name}</link><pubDate>Thu, 16 May 2024 07:00:00 GMT</pubDate></item>"
            )
        body = f'<rss version="2.0"><channel><title>Hafenblatt</title>{"".join(items)}</channel></rss>'
        server.answers["/rss"] = answer(body, media="application/rss+xml")
        yield (
            Work("build", lambda folder: None, lambda folder: _build(texts, folder), _chronicle),
            Work("link", lambda folder: _unlinked(texts, folder), lambda folder: _build(texts, folder), _chronicle),
            Work("watch", lambda folder: None, lambda folder: _watch(f"{host}/rss", folder), _chronicle),
            Work("decide", lambda folder: _build(texts, folder), _decide, _decided),
            Work("copy", lambda folder: _build(texts, folder), _copy, lambda folder: exported(folder / "copy.db")),
        )


def _build(texts: Path, folder: Path) -> None:
    build_into(folder / "s.db", sources(texts))


def _unlinked(texts: Path, folder: Path) -> None:
    """A store whose pages are read and whose linkage is that of the first of them."""
    found = sources(texts)
    build_into(folder / "s.db", found[:1])

    class Stop(Exception):
        """Ends the build ahead of linking."""

    class Stopping:
        def page(self, doc: str) -> None:
            """Goes on."""

        def meaning(self, pages: int) -> None:
            """Goes on."""

        def linking(self, pages: int) -> None:
            raise Stop

    with contextlib.suppress(Stop):
        build_into(folder / "s.db", found, progress=Stopping())


def _watch(feed: str, folder: Path) -> None:
    clock, client = FakeClock(), Client(FakeClock(), OPEN, QUICK, resolve=local)
    store = open_store(str(folder / "s.db"), write=True)
    clock.passed = 100_000  # a round that was killed may have left the feed for later
    setting = Setting(store, packs(), client, clock, Manners("Depesche/0 (kills)"), Options(lanes=1))
    Watch(setting).round([feed])
    clock.passed += 100_000
    Watch(setting).round([feed])


def _decide(folder: Path) -> None:
    """Rejects one entry and confirms another, each once however often it is repeated."""
    store = open_store(str(folder / "s.db"), write=True)
    by = By("Prüferin", datetime(2024, 5, 16, 8, tzinfo=UTC), "kills")
    with store.view() as view:
        ids = [entry.id for entry in view.entries()]
        taken = [one for _, one in view.all_decisions()]
        wanted = [reject(view, ids[0], (), by), confirm(view, ids[-1], by)] if not taken else []
        if len(taken) == 1:
            wanted = [confirm(view, ids[-1], by)]
    for decision in wanted:
        decide(store, packs(), decision)


def _copy(folder: Path) -> None:
    """Copies the store, unless a copy was finished already: it is there whole or not at all."""
    target = folder / "copy.db"
    try:
        open_store(str(target))
    except StoreError:
        open_store(str(folder / "s.db")).copy_to(str(target))


def _chronicle(folder: Path) -> str:
    return exported(folder / "s.db")


def _decided(folder: Path) -> str:
    with open_store(str(folder / "s.db")).view() as view:
        decisions = [repr(one) for one in view.all_decisions()]
    return "\n".join((*decisions, exported(folder / "s.db")))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/kills.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=100, help="kills in all, shared among the works (100)")
    parser.add_argument("--seed", type=int, default=1, help="another one kills at other moments")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"invented pages in the store ({PAGES})")
    parser.add_argument("--only", nargs="+", default=[], metavar="WORK", help="these works only")
    return parser


if __name__ == "__main__":
    sys.exit(main())
