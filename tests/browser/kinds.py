"""An address of every kind of page on the example store."""

from __future__ import annotations

from served import Served


def kinds(site: Served) -> dict[str, str]:
    """Addresses by name, with ids from the API."""
    entry = next(row for row in rows(site) if row["differences"])
    copied = next(one["page"] for one in site.json("/api/v1/pages")["lines"] if _has_copies(site, one["page"]))
    story = site.json("/api/v1/stories")["stories"][0]["id"]
    party = "/party/person%253Atomaz-krivec"
    return {
        "chronicle": "/chronicle",
        "narrowed": "/chronicle?party=SVN&status=occurred",
        "nothing found": "/chronicle?text=zzzz",
        "entry": f"/entry/{entry['id']}",
        "page": f"/page/{copied}",
        "parties": "/parties",
        "party": party,
        "pair": f"{party}?with=person:ramiro-etcheverry",
        "stories": "/stories",
        "story": f"/story/{story}",
        "quotes": "/quotes",
        "upcoming": "/upcoming?day=2025-05-10",
        "overdue": "/overdue?day=2025-10-01",
        "briefing": "/briefing?day=2025-05-20",
        "world": "/world",
        "pages": "/pages",
        "review": "/review?kind=day",
        "search": "/search?text=Besuch",
        "sign in": "/signin",
        "problem": "/entry/e-0",
    }


def rows(site: Served) -> list[dict[str, object]]:
    """The rows of the first page of the chronicle."""
    answer = site.json("/api/v1/chronicle")
    return [row for month in answer["months"] for day in month["days"] for row in (*day["rows"], *day["more"])]


def _has_copies(site: Served, page: str) -> bool:
    return bool(site.json(f"/api/v1/pages/{page}")["copies"])
