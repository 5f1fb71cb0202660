"""Watching feeds: what arrives is kept and read, what fails is told and tried again, and a round can end anywhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from misbehaving import BEGIN, BOMB, OPEN, QUICK, FakeClock, Server, answer, endless, local, moved, reset, serving

from depesche.cli import main
from depesche.errors import FetchError, StoreLocked
from depesche.fetch import Client, Manners
from depesche.model.response import Response
from depesche.model.watching import Feed, FeedState, Listed, PageState, Standing
from depesche.packs.load import load_packs
from depesche.pipeline import BuildReport
from depesche.store import Store, open_store
from depesche.store.sqlite import lock
from depesche.watch import Arrived, FeedLine, Missed, Options, Report, Setting, Watch
from depesche.watch.lanes import exchanges
from depesche.watch.listing import report_records, report_table
from depesche.watch.standing import feed_answered, feed_failed, is_late, named_pages, page_failed

PACKS = load_packs()
ARTICLE = (
    "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>Oslo (dpa) – Der finnische Präsident "
    "Alexander Stubb hat am Montag in Oslo den Ministerpräsidenten Jonas Gahr Støre getroffen. {title}.</p><p>Beide "
    "sprachen über die Fähren in Tromsø und über den Ausbau des Hafens, der im Sommer beginnen soll.</p></article>"
)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "s.db"), write=True)


def _rss(server: Server, *paths: str, host: str = "hafen.example", when: str = "Thu, 16 May 2024 07:00:00 GMT") -> str:
    items = "".join(
        f"<item><link>http://{host}:{server.port}{path}</link><pubDate>{when}</pubDate></item>" for path in paths
    )
    return f'<rss version="2.0"><channel><title>Hafenblatt</title>{items}</channel></rss>'


def _feed(body: str, **headers: str) -> bytes:
    return answer(body, media="application/rss+xml", **headers)


def _page(title: str) -> bytes:
    return answer(ARTICLE.format(title=title))


def _url(server: Server, path: str = "/rss", host: str = "hafen.example") -> str:
    return f"http://{host}:{server.port}{path}"


def _watch(store: Store, clock: FakeClock, options: Options = Options(lanes=1)) -> Watch:
    client = Client(clock, OPEN, QUICK, resolve=local)
    return Watch(Setting(store, PACKS, client, clock, Manners("Depesche/0", 3, 30), options))


def _round(store: Store, clock: FakeClock, server: Server, *paths: str) -> Report:
    return _watch(store, clock).round([_url(server, path) for path in paths or ("/rss",)])


def _docs(store: Store) -> list[str]:
    with store.view() as view:
        return sorted(page.doc for page in view.pages())


def test_what_a_feed_names_is_fetched_kept_as_it_came_and_read(server: Server, store: Store) -> None:
    server.answers |= {"/rss": _feed(_rss(server, "/a", "/b")), "/a": _page("Eins"), "/b": _page("Zwei")}
    report = _round(store, FakeClock(), server)
    line = report.feeds[0]
    assert (line.title, line.state, line.named, line.arrived, line.failed, line.waiting) == (
        "Hafenblatt", "ok", 2, 2, 0, 0,
    )  # fmt: skip
    assert report.built is not None
    assert report.built.read == 2
    assert _docs(store) == [f"hafen.example:{server.port}/{name}" for name in "ab"]
    with store.view() as view:
        page = next(view.pages())
        assert page.metadata.fetched == "2024-05-16"
        assert page.source == page.metadata.url
        article = view.article(page.id)
    assert article is not None
    assert "Støre" in article.text
    rows = _rows(store, "SELECT url, time, was_read, head FROM fetched ORDER BY number")
    assert [row[2] for row in rows] == [1, 1]
    head = json.loads(str(rows[0][3]))
    assert head["status"] == 200
    assert ["content-type", "text/html; charset=utf-8"] in head["headers"]
    assert head["fetched"] == rows[0][1]


def _rows(store: Store, query: str) -> list[tuple[object, ...]]:
    import sqlite3

    connection = sqlite3.connect(store.files[0])
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_second_round_asks_only_for_what_is_new(server: Server, store: Store) -> None:
    first = _feed(_rss(server, "/a"), etag='"1"', last_modified="Thu, 16 May 2024 07:00:00 GMT")
    server.answers |= {"/rss": [first, answer("", "304 Not Modified")], "/a": _page("Eins")}
    clock = FakeClock()
    _round(store, clock, server)
    report = _round(store, clock, server)
    assert server.paths() == ["/rss", "/a"]  # not due yet
    clock.passed += 900
    report = _round(store, clock, server)
    assert server.paths() == ["/rss", "/a", "/rss"]
    assert server.asked[-1][1]["if-none-match"] == '"1"'
    assert server.asked[-1][1]["if-modified-since"] == "Thu, 16 May 2024 07:00:00 GMT"
    assert (report.feeds[0].state, report.feeds[0].arrived, report.built) == ("ok", 0, None)
    assert len([path for path, _ in server.asked if path == "/robots.txt"]) == 1  # kept in the store


def test_a_page_that_changed_is_fetched_again_and_kept_only_if_it_did(server: Server, store: Store) -> None:
    later = _rss(server, "/a", "/b", when="Thu, 16 May 2024 08:10:00 GMT")
    server.answers |= {
        "/rss": [_feed(_rss(server, "/a", "/b")), _feed(later)],
        "/a": [_page("Eins"), _page("Eins, ergänzt")],
        "/b": _page("Zwei"),
    }
    clock = FakeClock()
    _round(store, clock, server)
    clock.passed += 900
    report = _round(store, clock, server)
    assert [page.doc[-2:] for page in report.arrived] == ["/a"]
    assert [str(row[0])[-2:] for row in _rows(store, "SELECT url FROM fetched ORDER BY number")].count("/b") == 1
    assert len(_docs(store)) == 3


def test_what_fails_is_told_tried_again_and_given_up(server: Server, store: Store) -> None:
    server.answers |= {
        "/rss": _feed(_rss(server, "/bomb", "/pdf", "/weg", "/zu", "/gut", "/kreis", "/endlos")),
        "/bomb": BOMB,
        "/pdf": answer(b"%PDF-1.7", media="application/pdf"),
        "/zu": reset,
        "/gut": _page("Gut"),
        "/kreis": moved("/kreis"),
        "/endlos": endless(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a" * 50_000),
    }
    clock = FakeClock()
    report = _round(store, clock, server)
    says = {missed.url.rpartition("/")[2]: missed for missed in report.missed}
    assert "unpacks to more than" in says["bomb"].says
    assert "no page of HTML but application/pdf" in says["pdf"].says
    assert "status 404" in says["weg"].says
    assert "redirected more than 5" in says["kreis"].says
    assert "more than 200,000 bytes" in says["endlos"].says
    assert says["zu"].again is not None
    assert [page.doc.rpartition("/")[2] for page in report.arrived] == ["gut"]
    with store.view() as view:
        unread = {one.source.rpartition("/")[2] for one in view.unread()}
    assert unread == {"bomb", "pdf", "weg", "kreis", "endlos"}
    for _ in range(4):
        clock.passed += 90_000
        report = _round(store, clock, server)
    assert [(missed.url.rpartition("/")[2], missed.again) for missed in report.missed] == [("zu", None)]
    assert server.paths().count("/zu") == 15  # three tries a round, five rounds
    assert server.paths().count("/weg") == 1


def test_a_page_that_failed_and_comes_later_is_unread_no_longer(server: Server, store: Store) -> None:
    later = _rss(server, "/a", when="Thu, 16 May 2024 09:10:00 GMT")
    server.answers |= {"/rss": [_feed(_rss(server, "/a")), _feed(later)], "/a": [answer(" "), _page("Eins")]}
    clock = FakeClock()
    report = _round(store, clock, server)
    assert [missed.says for missed in report.missed] == ["the file is empty"]
    clock.passed += 7200
    report = _round(store, clock, server)
    assert len(report.arrived) == 1
    with store.view() as view:
        assert list(view.unread()) == []


def test_a_feed_that_is_gone_is_marked_and_asked_no_more(server: Server, store: Store) -> None:
    server.answers["/rss"] = answer("weg", "410 Gone")
    clock = FakeClock()
    assert [line.state for line in _round(store, clock, server).feeds] == ["gone"]
    clock.passed += 999_999
    line = _round(store, clock, server).feeds[0]
    assert (line.state, line.due) == ("gone", None)
    assert server.paths() == ["/rss"]


def test_a_feed_that_fails_is_asked_after_pauses_that_double(server: Server, store: Store) -> None:
    server.answers["/rss"] = answer("Kein Feed")
    clock = FakeClock()
    dues = []
    for _ in range(10):
        line = _round(store, clock, server).feeds[0]
        assert line.state == "failed"
        assert line.due is not None
        dues.append((line.due - clock.now()).total_seconds())
        clock.passed += dues[-1]
    assert dues == [600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400, 86_400]
    server.answers["/rss"] = _feed(_rss(server))
    assert _round(store, clock, server).feeds[0].state == "ok"


def test_a_host_that_wants_to_be_left_alone_is(server: Server, store: Store) -> None:
    server.answers |= {"/rss": answer("", "429 Too Many Requests", retry_after="7200"), "/b": _feed(_rss(server))}
    clock = FakeClock()
    report = _round(store, clock, server, "/rss", "/b")
    assert [line.state for line in report.feeds] == ["failed", "failed"]
    assert server.paths() == ["/rss"]
    clock.passed += 3600
    _round(store, clock, server, "/rss", "/b")
    assert server.paths() == ["/rss"]
    clock.passed += 3700
    _round(store, clock, server, "/rss", "/b")
    assert server.paths()[:2] == ["/rss", "/rss"]


def test_a_sitemap_of_sitemaps_is_followed(server: Server, store: Store) -> None:
    def sitemap(kind: str, *paths: str) -> bytes:
        one = "url" if kind == "urlset" else "sitemap"
        inner = "".join(f"<{one}><loc>{_url(server, path)}</loc></{one}>" for path in paths)
        return answer(f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{kind}>')

    server.answers |= {
        "/rss": sitemap("sitemapindex", "/s1", "/s2"),
        "/s1": sitemap("urlset", "/a"),
        "/a": _page("Eins"),
    }
    report = _round(store, FakeClock(), server)
    assert [page.doc[-2:] for page in report.arrived] == ["/a"]
    assert [missed.url[-3:] for missed in report.missed] == ["/s2"]


def test_only_so_many_pages_a_round_and_none_that_are_old(server: Server, store: Store) -> None:
    paths = [f"/{number}" for number in range(7)]
    old = _rss(server, "/alt", when="Thu, 16 May 2019 07:00:00 GMT").partition("<item>")[2].partition("</channel>")[0]
    server.answers["/rss"] = _feed(_rss(server, *paths).replace("</channel>", f"<item>{old}</channel>"))
    server.answers |= {path: _page(f"Seite {path}") for path in (*paths, "/alt")}
    clock = FakeClock()
    report = _watch(store, clock, Options(lanes=1, most=3)).round([_url(server)])
    assert (report.feeds[0].named, report.feeds[0].arrived, report.feeds[0].waiting) == (7, 3, 4)
    report = _watch(store, clock, Options(lanes=1, most=3)).round()
    assert (report.feeds[0].arrived, report.feeds[0].waiting) == (3, 1)
    assert "/alt" not in server.paths()


def test_a_round_that_is_interrupted_loses_nothing_and_doubles_nothing(server: Server, store: Store) -> None:
    """Ends a round after each of its steps in turn; the next ones end up where an undisturbed watch does."""
    paths = [f"/{number}" for number in range(4)]
    server.answers |= {"/rss": _feed(_rss(server, *paths), etag='"1"')} | {
        path: _page(f"Seite {path}") for path in paths
    }
    clock = FakeClock()
    for stop in range(1, 12):
        _stopped_after(stop, lambda: _watch(store, clock).round([_url(server)]))
        clock.passed += 1000
    report = _round(store, clock, server)
    assert report.feeds[0].waiting == 0
    assert _docs(store) == [f"hafen.example:{server.port}{path}" for path in paths]
    assert len(_rows(store, "SELECT url FROM fetched")) == 4
    assert _rows(store, "SELECT url FROM fetched WHERE was_read = 0") == []


def _stopped_after(writes: int, act: Callable[[], object]) -> None:
    """Runs until so many writes of the watch are done, then is interrupted."""
    from depesche.store.watching import Watching

    left = writes
    whole = Watching._writing

    def counted(self: Watching) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return whole(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Watching, "_writing", counted)
        try:
            act()
        except KeyboardInterrupt:
            return


def test_only_one_watch_at_a_time(store: Store) -> None:
    with lock(store.files[0].with_name("s.db-watch")), pytest.raises(StoreLocked, match="another watch is running"):
        _watch(store, FakeClock()).round([])


def test_a_watch_waits_for_another_writer(server: Server, store: Store) -> None:
    server.answers["/rss"] = _feed(_rss(server))
    clock = FakeClock()
    with store.writer(), pytest.raises(StoreLocked, match="another program is writing"):
        _round(store, clock, server)
    assert clock.slept.count(1) == 60


def test_forgetting_a_feed_keeps_what_was_read(server: Server, store: Store) -> None:
    server.answers |= {"/rss": _feed(_rss(server, "/a")), "/a": _page("Eins")}
    watch = _watch(store, FakeClock())
    watch.round([_url(server)])
    assert watch.forget(_url(server))
    assert not watch.forget(_url(server))
    assert watch.standing().feeds == ()
    assert len(_docs(store)) == 1


# --- lanes


def test_hosts_at_the_same_time_but_each_asked_one_question_at_a_time() -> None:
    busy: dict[str, int] = {}
    both = threading.Barrier(2, timeout=10)
    guard = threading.Lock()

    def fetch(url: str) -> Response:
        host = url.split("/")[2]
        with guard:
            busy[host] = busy.get(host, 0) + 1
            assert busy[host] == 1
        if url.endswith("/0"):
            both.wait()  # passes only if both hosts are asked at the same time
        with guard:
            busy[host] -= 1
        if url.endswith("/1"):
            raise FetchError("nein")
        return Response(url, 200, (), b"")

    jobs = [f"http://{host}/{number}" for number in range(3) for host in ("a.example", "b.example")]
    found = dict(exchanges(jobs, str, fetch, 8))
    assert sorted(found) == sorted(jobs)
    assert sum(isinstance(outcome, FetchError) for outcome in found.values()) == 2


def test_a_fault_of_ours_in_a_lane_is_raised() -> None:
    def fetch(url: str) -> Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(exchanges(["http://a/", "http://b/"], str, fetch, 2))


def test_many_lanes_bring_what_one_does(server: Server, store: Store) -> None:
    hosts = [f"h{number}.example" for number in range(5)]
    for host in hosts:
        server.answers[f"/{host}"] = _feed(_rss(server, f"/{host}/a", f"/{host}/b", host=host))
        server.answers |= {f"/{host}/{name}": _page(f"{host} {name}") for name in "ab"}
    feeds = [_url(server, f"/{host}", host) for host in hosts]
    report = _watch(store, FakeClock(), Options(lanes=4)).round(feeds)
    assert [line.arrived for line in report.feeds] == [2] * 5
    assert len(_docs(store)) == 10


# --- how feeds and pages stand

ANSWER = Response("https://hafen.example/rss", 200, (("etag", "x" * 900), ("last-modified", "heute\x00")), b"")


def _told(*hours: float) -> Feed:
    return Feed(pages=tuple(Listed(f"https://hafen.example/{hour}", BEGIN - timedelta(hours=hour)) for hour in hours))


def test_a_feed_is_late_when_it_is_silent_for_longer_than_is_usual() -> None:
    state = FeedState("https://hafen.example/rss")
    hourly = feed_answered(state, ANSWER, _told(1, 2, 3, 4, 5), BEGIN, BEGIN)
    weekly = feed_answered(state, ANSWER, _told(1, 169, 337, 505, 673), BEGIN, BEGIN)
    few = feed_answered(state, ANSWER, _told(1, 2), BEGIN, BEGIN)
    assert (hourly.gap, weekly.gap, few.gap) == (3600, 168 * 3600, None)
    days = [day for day in range(40) if is_late(hourly, BEGIN + timedelta(days=day))]
    assert days[0] == 1
    days = [day for day in range(40) if is_late(weekly, BEGIN + timedelta(days=day))]
    assert days[0] == 28
    assert not is_late(few, BEGIN + timedelta(days=400))


def test_marks_that_could_not_be_sent_back_are_forgotten() -> None:
    state = feed_answered(FeedState("x"), ANSWER, Feed(), BEGIN, BEGIN)
    assert (state.etag, state.modified) == (None, None)


def test_times_in_the_future_are_now() -> None:
    listed = [Listed("https://hafen.example/a", BEGIN + timedelta(days=9999))]
    found = list(named_pages("f", listed, {}, BEGIN, timedelta(days=14)))
    assert [page.told for page in found] == [BEGIN]
    state = feed_answered(FeedState("x"), ANSWER, Feed(pages=tuple(listed)), BEGIN, BEGIN)
    assert state.newest == BEGIN


def test_a_page_that_is_put_off_for_ever_is_given_up_after_a_week() -> None:
    page = PageState("https://hafen.example/a", "f", BEGIN)
    put_off = page_failed(page, FetchError("später", wait=3600), BEGIN)
    assert (put_off.standing, put_off.tries, put_off.due) == (Standing.WAITING, 0, BEGIN + timedelta(hours=1))
    late = page_failed(put_off, FetchError("später", wait=3600), BEGIN + timedelta(days=8))
    assert late.standing is Standing.FAILED
    assert feed_failed(FeedState("x", failures=10_000), FetchError("x"), BEGIN).due == BEGIN + timedelta(days=1)


# --- what is told


def test_the_table_and_the_lines_tell_what_came(server: Server, store: Store) -> None:
    body = _rss(server, "/a", "/weg").replace("Hafenblatt", "Hafen\x1b[31mblatt")
    server.answers |= {"/rss": _feed(body.replace("\x1b", "&#x202e;")), "/a": _page("Eins")}
    report = _round(store, FakeClock(), server, "/rss", "/gibt-es-nicht")
    shown = "".join(report_table(report, BEGIN + timedelta(minutes=5), 140))
    assert "● ok" in shown
    assert "✕ failed" in shown
    assert "\u202e" not in shown
    assert "2 feeds (1 failed): 1 page arrived, 1 missed;" in shown
    assert "it is not there (status 404); given up" in shown
    lines = [json.loads(line) for line in report_records(report)]
    assert [line.get("state") for line in lines] == ["ok", "failed", None, None]
    assert (lines[0]["arrived"], lines[0]["failed"], lines[0]["newest"]) == (1, 1, "2024-05-16T07:00:00+00:00")
    assert lines[2]["doc"] == f"hafen.example:{server.port}/a"
    assert lines[3]["again"] is None


def test_the_guide_shows_what_is_told() -> None:
    def line(url: str, title: str | None, state: str, came: int, failed: int, hours: float, says: str = "") -> FeedLine:
        newest = BEGIN - timedelta(hours=hours) if hours else None
        due = BEGIN + timedelta(minutes=10 if says else 13)
        return FeedLine(url, title, state, 0, came, failed, 0, BEGIN, due, newest, says)

    rss, kai = "https://hafen.example/rss", "https://kai.example/feed"
    robots = "the robots.txt of https://kai.example forbids it"
    pages = [Arrived(f"{rss}/{number}", rss, str(number)) for number in range(6)]
    report = Report(
        (
            line(rss, "Hafenblatt", "ok", 1, 1, 1),
            line(kai, "Kaizeitung", "late", 5, 1, 216),
            line("https://mole.example/rss", None, "failed", 0, 0, 0, "it is not there (status 404)"),
        ),
        tuple(pages),
        (
            Missed("https://hafen.example/weg.html", rss, "it is not there (status 404)"),
            Missed("https://kai.example/k3.html", kai, robots),
        ),
        BuildReport(6, 0, (), 6, 6, True),
    )
    told = [line.strip() for line in "".join(report_table(report, BEGIN, 100)).split("\n")]
    guide = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "watch-feeds.md").read_text("utf-8")
    shown = [line.strip() for line in guide.partition("```text\n")[2].partition("```")[0].split("\n")]
    assert [line for line in told if line] == [line for line in shown if line]


def _run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["--quiet", "watch", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_for_cron(server: Server, tmp_path: Path) -> None:
    store = str(tmp_path / "c.db")
    feed = f"http://127.0.0.1:{server.port}/rss"
    opml = tmp_path / "f.opml"
    opml.write_text(f'<opml><body><outline xmlUrl="{feed}"/></body></opml>', "utf-8")
    server.answers |= {"/rss": _feed(_rss(server, "/a", host="127.0.0.1")), "/a": _page("Eins")}
    server.answers["/rss"] = _feed(
        _rss(server, "/a", host="127.0.0.1").replace("<pubDate>", "<x>").replace("</pubDate>", "</x>")
    )
    code, shown, _ = _run(str(opml), "--store", store, "--once")
    assert code == 3
    assert "is loopback" in shown
    assert server.asked == []
    code, shown, _ = _run("--forget", feed, "--store", store)
    assert code == 0
    words = ("--store", store, "--once", "--allow-network", "127.0.0.0/8", "--delay", "1s", "--format", "jsonl")
    code, shown, _ = _run(str(opml), *words, "--contact", "hafen@hafen.example")
    assert code == 0
    assert [json.loads(line).get("state") for line in shown.splitlines()] == ["ok", None]
    assert server.asked[-1][1]["user-agent"].endswith("(hafen@hafen.example)")
    code, shown, _ = _run("--list", "--store", store)
    assert (code, "Hafenblatt" in shown) == (0, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nirgends.opml"], "no such file, and no address"),
        (["https://u:p@hafen.example/"], "with a user"),
        (["https://hafen.example/", "--allow-network", "x"], "no network"),
        (["https://hafen.example/", "--interval", "bald"], "no span of time"),
        (["https://hafen.example/", "--delay", "0s"], "no span of time"),
    ],
)
def test_wrong_use_is_told_in_one_line(tmp_path: Path, words: list[str], said: str) -> None:
    code, _, told = _run(*words, "--store", str(tmp_path / "w.db"), "--once")
    assert code == 2
    assert said in told
    assert len(told.splitlines()) == 1
