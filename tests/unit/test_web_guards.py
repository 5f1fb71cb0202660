"""Who may ask for what: names, tokens, forms of other sites; and what every answer tells the browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from built import build_into
from served import TOKEN, Served, serving

from depesche.web.guards import MOST_A_MINUTE

FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guards") / "store.db"
    build_into(path)
    return path


@pytest.fixture(scope="module")
def open_site(store: Path) -> Iterator[Served]:
    with serving(store) as site:
        yield site


@pytest.fixture
def site(store: Path, tmp_path: Path) -> Iterator[Served]:
    """With a token, on a copy that may be decided on."""
    copy = tmp_path / "copy.db"
    shutil.copy(store, copy)
    with serving(copy, token=TOKEN) as served:
        yield served


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[", ""])
@pytest.mark.parametrize("path", ["/chronicle", "/api/v1/chronicle", "/static/style.css", "/nothing"])
def test_asked_by_another_name_it_tells_nothing(open_site: Served, host: str, path: str) -> None:
    answer = open_site.get(path, host=host)
    assert answer.status in (404, 421)
    assert "<article" not in answer.body
    assert "total" not in answer.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "[::1]:8000", "localhost."])
def test_asked_by_its_own_names_it_answers(open_site: Served, host: str) -> None:
    assert open_site.get("/chronicle", host=host).status == 200


@pytest.mark.parametrize("path", ["/chronicle", "/api/v1/chronicle", "/entry/e-0", "/static/style.css", "/nothing"])
def test_every_answer_is_strict(open_site: Served, path: str) -> None:
    headers = open_site.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers or "uvicorn" in headers["server"]  # the command line leaves it out


def test_pages_hold_nothing_that_the_policy_forbids(open_site: Served) -> None:
    for path in ("/chronicle", "/world", "/parties", "/review", "/quotes"):
        body = open_site.get(path).body
        assert not re.search(
            r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?! src=\"/static/script\.js\" defer></script>)", body
        ), path
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", body), path


def test_without_a_token_nothing_can_be_decided(open_site: Served) -> None:
    wanted = json.dumps({"verdict": "confirm", "entry": _entry(open_site)})
    headers = {"content_type": "application/json", "authorization": "Bearer "}
    assert open_site.get("/api/v1/decisions", "POST", wanted, **headers).status == 401
    assert open_site.get("/decide", "POST", "verdict=confirm", **FORM).status == 403
    assert open_site.json("/api/v1/decisions") == []


def test_the_token_decides_and_takes_back(site: Served) -> None:
    headers = {"content_type": "application/json", "authorization": f"Bearer {TOKEN}"}
    wanted = json.dumps({"verdict": "confirm", "entry": _entry(site), "who": "Prüferin", "why": "gelesen"})
    before = site.get("/api/v1/review?kind=day").headers["etag"]
    taken = site.get("/api/v1/decisions", "POST", wanted, **headers)
    assert taken.status == 201
    number = json.loads(taken.body)["number"]
    (standing,) = site.json("/api/v1/decisions")
    assert (standing["number"], standing["decision"]["who"], standing["in_effect"]) == (number, "Prüferin", True)
    assert site.get("/api/v1/review?kind=day").headers["etag"] != before
    assert site.get(f"/api/v1/decisions/{number}", "DELETE", **headers).status == 200
    assert site.json("/api/v1/decisions") == []


def test_the_cookie_alone_decides_nothing(site: Served) -> None:
    cookie = _signed_in(site)
    fields = {"verdict": "confirm", "entry": _entry(site)}
    mark = re.search(r'name="mark" value="(\w+)"', site.get("/review?kind=day", cookie=cookie).body)
    assert mark
    foreign = {"sec_fetch_site": "cross-site"}
    other = {"origin": "http://evil.example"}
    tries = [
        (fields, {}),
        (fields | {"mark": "0" * 64}, {}),
        (fields | {"mark": mark[1]}, foreign),
        (fields | {"mark": mark[1]}, other),
        (fields | {"mark": mark[1]}, {"origin": "null"}),
    ]
    for body, headers in tries:
        assert site.get("/decide", "POST", urlencode(body), cookie=cookie, **FORM, **headers).status == 403
    wanted = json.dumps(fields)
    assert site.get("/api/v1/decisions", "POST", wanted, cookie=cookie, content_type="application/json").status == 401
    assert site.json("/api/v1/decisions") == []
    done = site.get("/decide", "POST", urlencode(fields | {"mark": mark[1]}), cookie=cookie, **FORM)
    assert done.status == 303
    assert len(site.json("/api/v1/decisions")) == 1


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_form_leads_nowhere_else(site: Served, back: str) -> None:
    cookie = _signed_in(site)
    mark = re.search(r'name="mark" value="(\w+)"', site.get("/chronicle", cookie=cookie).body)
    assert mark
    fields = {"verdict": "confirm", "entry": _entry(site), "mark": mark[1], "back": back}
    done = site.get("/decide", "POST", urlencode(fields), cookie=cookie, **FORM)
    assert (done.status, done.headers["location"]) == (303, "/review")


def test_what_others_can_reach_asks_for_the_token_to_read(store: Path) -> None:
    with serving(store, token=TOKEN, guarded=True) as site:
        assert site.get("/chronicle").headers["location"] == "/signin"
        assert site.get("/api/v1/chronicle").status == 401
        assert site.get("/signin").status == 200
        assert site.get("/api/v1/chronicle", authorization=f"Bearer {TOKEN}").status == 200
        assert site.get("/api/v1/chronicle", authorization=f"Bearer {TOKEN}x").status == 401
        assert site.get("/chronicle", cookie=_signed_in(site)).status == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Served) -> None:
    told = site.get("/signin/token", "POST", urlencode({"token": TOKEN}), **FORM).headers["set-cookie"]
    assert "HttpOnly" in told
    assert "samesite=strict" in told.lower()
    assert TOKEN not in told


def test_a_browser_that_has_the_answer_is_told_so(open_site: Served) -> None:
    for path in ("/chronicle?status=planned", "/api/v1/chronicle"):
        first = open_site.get(path)
        again = open_site.get(path, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, "")
        assert open_site.get(path, accept_language="en", if_none_match=first.headers["etag"]).status == (
            200 if first.headers["etag"] != open_site.get(path, accept_language="en").headers["etag"] else 304
        )


def _signed_in(site: Served) -> str:
    answer = site.get("/signin/token", "POST", urlencode({"token": TOKEN}), **FORM)
    assert answer.status == 303
    return answer.headers["set-cookie"].split(";")[0]


def _entry(site: Served) -> str:
    answer = site.json("/api/v1/chronicle")
    return str(answer["months"][0]["days"][0]["rows"][0]["id"])


def test_costly_answers_are_paced_where_others_can_ask(store: Path) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    with serving(store, token=TOKEN, guarded=True) as site:
        answers = [site.get("/api/v1/search?text=Treffen", **bearer).status for _ in range(MOST_A_MINUTE + 1)]
        assert answers == [200] * MOST_A_MINUTE + [429]
        turned_away = site.get("/search?text=Treffen", **bearer)
        assert (turned_away.status, turned_away.headers["retry-after"]) == (429, "60")
        assert "too many costly questions in a minute" in turned_away.body
        guess = site.get("/signin/token", "POST", urlencode({"token": "x" * 20}), **FORM)
        assert guess.status == 429
        assert site.get("/api/v1/chronicle", **bearer).status == 200
        assert site.get("/static/style.css").status == 200


def test_on_this_machine_alone_nobody_is_paced(open_site: Served) -> None:
    assert {open_site.get("/search?text=Treffen").status for _ in range(MOST_A_MINUTE + 5)} == {200}


def test_no_token_stands_in_what_is_logged(store: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with serving(store, token=TOKEN, guarded=True) as site:
        site.get("/chronicle", authorization=f"Bearer {TOKEN}", cookie=_signed_in(site))
        site.get("/api/v1/chronicle", authorization=f"Bearer {TOKEN}x")
        site.get("/signin/token", "POST", urlencode({"token": TOKEN + "y"}), **FORM)
        with patch("depesche.web.pages.reading.chronicle_page", side_effect=ZeroDivisionError("wrong")):
            assert site.get("/chronicle", authorization=f"Bearer {TOKEN}").status == 500
    assert "wrong" in caplog.text
    assert TOKEN not in caplog.text
