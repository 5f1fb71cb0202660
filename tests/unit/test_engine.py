from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from built import build_into, depesche, exported, packs, sources

from depesche import __version__
from depesche.engine import Cores, build_on
from depesche.engine.jobs import KEY, Jobs
from depesche.engine.lake import Done, Lake, Told, readings_of
from depesche.engine.quiet import QUIET
from depesche.engine.reader import UNDATED, Work, other_knowledge, read_row
from depesche.errors import EngineError, PackError, UsageError
from depesche.model.page import Form, Metadata, Page
from depesche.store import open_store

FAKE = """
import os
asked = {}
seen = dict(os.environ)
def set_runner_native(): pass
def set_runner_ray(**told): pass
def init(**told): asked.update(told)
def cluster_resources(): return {"CPU": 7.0}
"""


def work() -> Work:
    return Work(__version__, packs().knowledge)


def page(id: str, raw: str = "Der Minister traf am Montag den Botschafter.", **more: Any) -> Page:
    return Page(id, f"doc-{id}", Form.TEXT, raw, f"{id}.txt", **more)


# --- telemetry


def _import_with_fakes(folder: Path, code: str) -> str:
    for name in ("daft", "ray"):
        (folder / f"{name}.py").write_text(FAKE, "utf-8")
    loud = dict.fromkeys(QUIET, "unset") | {"PYTHONPATH": str(folder), "PATH": ""}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=loud, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("call", ["daft_cores()", "ray_cores('auto')"])
def test_telemetry_is_off_before_anything_of_the_engine_is_imported(tmp_path: Path, call: str) -> None:
    code = (
        "import sys; from depesche.engine import *; assert not {'daft', 'ray'} & set(sys.modules)\n"
        f"from depesche.engine.quiet import QUIET; {call}; import daft\n"
        "print({name: daft.seen[name] for name in QUIET} == QUIET)"
    )
    assert _import_with_fakes(tmp_path, code).strip() == "True"


def test_the_workers_of_ray_are_told_to_be_silent(tmp_path: Path) -> None:
    code = (
        "from depesche.engine import ray_cores; from depesche.engine.quiet import QUIET\n"
        "cores = ray_cores('auto'); import ray\n"
        "print(cores.count, ray.asked['runtime_env']['env_vars'] == QUIET, ray.asked['address'])"
    )
    assert _import_with_fakes(tmp_path, code).split() == ["7", "True", "auto"]


def test_daft_itself_says_that_it_was_asked_to_be_silent() -> None:
    code = "import depesche.engine as e; e.daft_cores(); import daft.scarf_telemetry as t; print(t.opted_out())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


# --- the command line


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--engine", "daft"], "--engine daft needs --lake"),
        (["--lake", "x"], "--lake goes with --engine daft"),
        (["--ray", "auto"], "--ray goes with --engine daft"),
        (["--engine", "spark", "--lake", "x"], "spark"),
        (["--engine", "daft", "--lake", "x", "--workers", "2"], "--workers and --meaning go without --engine"),
        (["--engine", "daft", "--lake", "x", "--meaning"], "--workers and --meaning go without --engine"),
        (["--engine", "daft", "--lake", "x", "--no-meaning"], "--workers and --meaning go without --engine"),
    ],
)
def test_options_that_do_not_fit_are_wrong_use(words: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ein Text.", "utf-8")
    done = depesche("build", tmp_path / "a.txt", "--store", tmp_path / "s.db", *words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize("name", ["daft", "ray", "pyarrow"])
def test_without_the_extra_a_line_says_what_brings_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from depesche.engine.quiet import load_extra

    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=rf"package {name}.*depesche\[engine\]"):
        load_extra(name)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1"])
def test_a_cluster_that_does_not_answer_is_told_at_once(address: str) -> None:
    from depesche.engine.quiet import _knock

    with pytest.raises(EngineError, match="nobody answers"):
        _knock(address)


@pytest.mark.parametrize("address", ["there:here", "ray://there:"])
def test_what_is_no_address_is_wrong_use(address: str) -> None:
    from depesche.engine.quiet import _knock

    with pytest.raises(UsageError, match="no address"):
        _knock(address)


# --- the lake


def test_pages_come_back_from_the_lake_as_they_went_in(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path / "lake"))
    told = Metadata(url="https://a.example/", authors=("A", "B"), title="\ud800 T")
    pages = [page("1"), page("2", "lone \ud800 surrogate", metadata=told)]
    first, second = lake.land(pages), lake.land([page("3")])
    assert lake.segments() == [first, second]
    assert list(lake.pages(first)) == pages
    assert list(lake.landed(second)) == [Told("3", "doc-3", "3.txt")]


def test_readings_count_only_when_they_are_all_there(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path / "lake"))
    segment = lake.land([page("1")])
    left = f"{readings_of(segment, 'v')}/day=undated/left.parquet"
    lake.write(left, pyarrow.table({"page": ["1"]}))
    assert lake.done(segment, "v") is None
    lake.clear(segment, "v")
    assert not (tmp_path / "lake" / left).exists()
    lake.finish(segment, "v", Done((left,), 1, 0))
    assert lake.done(segment, "v") == Done((left,), 1, 0)
    assert lake.done(segment, "another") is None


def test_a_lake_that_cannot_be_used_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="a file; name a folder"):
        Lake(str(tmp_path / "file"))
    with pytest.raises(EngineError, match="--lake gopher://x"):
        Lake("gopher://x")
    broken = Lake(str(tmp_path / "lake"))
    segment = broken.land([page("1")])
    (tmp_path / "lake/pages" / f"{segment}.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(EngineError, match="--lake"):
        list(broken.pages(segment))


@pytest.mark.parametrize(
    ("root", "path"),
    [("/data/lake", "/data/lake/a/b.parquet"), ("bucket/lake", "s3://bucket/lake/a/b.parquet")],
)
def test_the_files_that_daft_names_are_found_in_the_lake(root: str, path: str, tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    lake._root = root
    assert lake.within(path) == "a/b.parquet"


# --- the worker


def test_a_worker_reads_a_page_or_says_why_not(tmp_path: Path) -> None:
    lake = Lake(str(tmp_path))
    segment = lake.land([page("1"), page("2", " \n ")])
    read, failed = (read_row(row, work(), packs()) for row in lake.rows([f"pages/{segment}.parquet"]))
    assert (read["day"], read["error"]) == (UNDATED, None)
    assert '"text":"Der Minister traf' in (read["reading"] or "")
    assert (failed["day"], failed["reading"]) == ("unread", None)
    assert failed["error"]


def test_wrong_knowledge_is_a_fault_of_the_build_and_not_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise PackError("times.toml: no such key")

    monkeypatch.setattr("depesche.engine.reader.read_page", fails)
    lake = Lake(str(tmp_path))
    (row,) = lake.rows([f"pages/{lake.land([page('1')])}.parquet"])
    assert read_row(row, work(), packs())["fault"] == "times.toml: no such key"


def test_a_worker_with_another_version_says_so() -> None:
    assert other_knowledge(work(), packs()) is None
    assert "install the same version" in (other_knowledge(Work("0.0.1", packs().knowledge), packs()) or "")


# --- jobs


class Here(Jobs):
    """Jobs that run in this process; a page of the name given ends them, as does every `dies`th job."""

    poison = ""
    dies = 0
    ran = 0

    def _job(self, segment: str, pages: Sequence[Told]) -> list[str]:
        self.ran += 1
        if any(told.doc == self.poison for told in pages) or (self.dies and self.ran % self.dies == 1):
            raise RuntimeError("UDF process has\nterminated")
        meant = {told.page for told in pages}
        rows = [row for row in self.lake.rows([f"pages/{segment}.parquet"]) if row["page"] in meant]
        read = [{name: row[name] for name in KEY} | dict(read_row(row, self.work, packs())) for row in rows]
        path = f"{readings_of(segment, self.version)}/{self.ran}.parquet"
        self.lake.write(path, pyarrow.Table.from_pylist(read))
        return [path]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> type[Here]:
    monkeypatch.setattr("depesche.engine.build.Jobs", Here)
    monkeypatch.setattr("depesche.engine.build.PAGES_A_CORE", 2)
    monkeypatch.setattr(Here, "poison", "")
    monkeypatch.setattr(Here, "dies", 0)
    return Here


def _build(lake: Path, store: Path) -> Any:
    return build_on(Cores(None, 1), Lake(str(lake)), sources(), open_store(str(store), write=True), packs())


def test_a_job_that_fails_is_tried_again(here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_into(tmp_path / "plain.db")
    monkeypatch.setattr(here, "dies", 2)
    report = _build(tmp_path / "lake", tmp_path / "s.db")
    assert (report.read, report.unread) == (5, ())
    assert exported(tmp_path / "s.db") == exported(tmp_path / "plain.db")


def test_a_page_that_ends_its_worker_costs_only_itself(
    here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_into(tmp_path / "plain.db", [one for one in sources() if one.doc != "kurier"])
    monkeypatch.setattr(here, "poison", "kurier")
    report = _build(tmp_path / "lake", tmp_path / "s.db")
    assert report.read == 4
    (lost,) = report.unread
    assert lost.doc == "kurier"
    assert "UDF process has terminated" in lost.reason
    assert exported(tmp_path / "s.db") == exported(tmp_path / "plain.db")
    with open_store(str(tmp_path / "s.db")).view() as view:
        assert list(view.unread()) == [lost]


def test_jobs_that_always_fail_end_the_build_and_it_can_be_repeated(
    here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_into(tmp_path / "plain.db")
    monkeypatch.setattr("depesche.engine.jobs.MOST_FAILURES", 1)
    monkeypatch.setattr(here, "poison", "morgenpost")
    with pytest.raises(EngineError, match=r"again and again.*terminated"):
        _build(tmp_path / "lake", tmp_path / "s.db")
    monkeypatch.setattr(here, "poison", "")
    report = _build(tmp_path / "lake", tmp_path / "s.db")
    assert (report.read, report.known) == (3, 2)
    assert exported(tmp_path / "s.db") == exported(tmp_path / "plain.db")


def test_a_page_of_two_names_and_a_page_renamed_are_shown_as_in_a_plain_build(here: type[Here], tmp_path: Path) -> None:
    one = next(one for one in sources() if isinstance(one, Page) and one.doc == "bote")
    lake, store = Lake(str(tmp_path / "lake")), open_store(str(tmp_path / "s.db"), write=True)

    def docs(*names: str) -> list[str]:
        pages = [Page(one.id, name, one.form, one.raw, f"{name}.txt", one.metadata) for name in names]
        build_on(Cores(None, 1), lake, pages, store, packs())
        with store.view() as view:
            return [page.doc for page in view.pages()]

    assert docs("b", "a") == ["a"]
    assert docs("c") == ["c"]


def test_rows_that_are_missing_are_noticed(here: type[Here], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Here._job
    monkeypatch.setattr(here, "_job", lambda self, segment, pages: whole(self, segment, pages[1:]))
    with pytest.raises(EngineError, match="of 2 pages 1 were read"):
        _build(tmp_path / "lake", tmp_path / "s.db")
