"""The API: it answers what its document says, leafs by cursor, and tells problems in their own form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import build_into
from served import Served, serving

from depesche.web.app import make_app
from depesche.web.site import Site


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "store.db"
    build_into(path)
    return path


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[Served]:
    with serving(store) as served:
        yield served


def _rows(answer: dict[str, object]) -> list[str]:
    return [row["id"] for month in answer["months"] for day in month["days"] for row in (*day["rows"], *day["more"])]  # type: ignore[attr-defined, index, union-attr]


def test_the_document_describes_what_is_answered(site: Served) -> None:
    document = site.json("/api/v1/openapi.json")
    assert document["openapi"].startswith("3.")
    paths = document["paths"]
    assert len(paths) >= 15
    names = {one["name"] for one in paths["/api/v1/chronicle"]["get"]["parameters"]}
    assert {"from", "to", "party", "with", "type", "status", "country", "outlet", "text", "after", "before"} <= names
    for path, methods in paths.items():
        if "get" in methods and "{" not in path:
            query = "?text=Besuch" if path.endswith("/search") else ""
            assert site.get(path + query).status == 200, path


def test_every_page_of_the_site_has_its_answer(store: Path, site: Served) -> None:
    from depesche.store import open_store

    app = make_app(Site(open_store(str(store))))
    shown = {route.path for route in app.routes if not route.path.startswith(("/api", "/static", "/sign", "/decide"))}
    asked = set(site.json("/api/v1/openapi.json")["paths"])
    names = {"/entry/{id:str}": "/entries/{id}", "/page/{id:str}": "/pages/{id}", "/party/{id:str}": "/parties/{id}"}
    names |= {"/story/{id:str}": "/stories/{id}"}
    assert {f"/api/v1{names.get(path, path)}" for path in shown - {"/"}} <= asked


def test_cursors_lead_through_everything_once(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("depesche.answers.browse.ROWS", 7)
    first = site.json("/api/v1/chronicle")
    seen, answer = _rows(first), first
    while answer["next"]:
        answer = site.json(f"/api/v1/chronicle?after={answer['next']}")
        assert answer["previous"]
        seen += _rows(answer)
    assert len(seen) == len(set(seen)) == first["total"] > 7
    back = site.json(f"/api/v1/chronicle?before={answer['previous']}")
    assert _rows(back)[-1] == seen[seen.index(_rows(answer)[0]) - 1]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("chronicle?from=morgen", 400, "not a day"),
        ("chronicle?from=2024-02-02&to=2024-02-01", 400, "is after"),
        ("chronicle?status=unknown", 400, "is none of"),
        ("chronicle?after=%00%ff", 400, "cursor"),
        ("chronicle?after=" + "A" * 301, 400, "longer than"),
        ("search", 400, "nothing to search"),
        ("entries/e-0", 404, "no such entry"),
        ("pages/none", 404, "no such page"),
        ("parties/Niemand", 404, "no page speaks"),
        ("stories/s-0", 404, "no such story"),
        ("quotes?speaker=Niemand", 400, "nobody of that name"),
        ("quotes?start=-1", 400, "not a number"),
        ("review?kind=odd", 400, "is none of"),
        ("nothing", 404, ""),
    ],
)
def test_a_problem_says_what_would_work(site: Served, path: str, status: int, says: str) -> None:
    answer = site.get(f"/api/v1/{path}")
    assert answer.status == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = json.loads(answer.body)
    assert (told["status"], told["type"]) == (status, "about:blank")
    assert says in told["detail"]


def test_the_filter_is_that_of_the_command_line(site: Served, store: Path) -> None:
    from built import depesche, records

    for query, words in (("party=RUS", ["--party", "RUS"]), ("status=planned", ["--status", "planned"])):
        told = depesche("chronicle", "--store", store, "--format", "jsonl", *words)
        assert _rows(site.json(f"/api/v1/chronicle?{query}")) == [one["id"] for one in records(told.stdout)][:40]


def test_an_entry_that_was_taken_up_leads_on(site: Served) -> None:
    entry = _rows(site.json("/api/v1/chronicle"))[0]
    assert site.json(f"/api/v1/entries/{entry}")["id"] == entry


def test_the_page_text_is_whole_in_runs(site: Served) -> None:
    for line in site.json("/api/v1/pages")["lines"]:
        page = site.json(f"/api/v1/pages/{line['page']}")
        for paragraph in page["paragraphs"]:
            at = paragraph[0]["start"]
            for run in paragraph:
                assert run["start"] == at
                at += len(run["text"])
        assert page["dropped"] or page["paragraphs"]
