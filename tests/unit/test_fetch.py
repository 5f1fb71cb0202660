"""Fetching: from a server that misbehaves in every way, politely, and never from where no page can lie."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Iterator

import pytest
import trustme
from misbehaving import BOMB, QUICK, FakeClock, Server, answer, cut, endless, fetcher, local, moved, reset, serving

from depesche.errors import FetchError, UsageError
from depesche.fetch import Client, Conditions, Gate, Limits, tidy_url
from depesche.fetch.hosts import ROBOTS_KEPT
from depesche.model.response import Response
from depesche.model.watching import HostState

PAGE = "<html><p>Die Fähre legt am Montag in Tromsø ab.</p></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def _url(server: Server, path: str = "/a", host: str = "hafen.example") -> str:
    return f"http://{host}:{server.port}{path}"


def _fetch(server: Server, clock: FakeClock, path: str = "/a", limits: Limits = QUICK) -> Response:
    return fetcher(clock, limits=limits)[0].fetch(_url(server, path))


# --- an answer in order


def test_a_page_is_fetched_with_head_time_and_our_name(server: Server) -> None:
    server.answers["/a"] = answer(PAGE, etag='"eins"')
    found = _fetch(server, FakeClock())
    assert found.body.decode() == PAGE
    assert (found.status, found.media_type, found.header("etag")) == (200, "text/html", '"eins"')
    assert found.fetched == "2024-05-16T08:00:03+00:00"
    path, headers = server.asked[-1]
    assert path == "/a"
    assert headers["user-agent"] == "Depesche/0 (test)"
    assert headers["host"] == f"hafen.example:{server.port}"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(server: Server, coding: str) -> None:
    import zlib

    pack = gzip.compress if coding == "gzip" else zlib.compress
    server.answers["/a"] = answer(pack(PAGE.encode()), content_encoding=coding)
    assert _fetch(server, FakeClock()).body.decode() == PAGE


def test_what_is_not_newer_is_not_sent(server: Server) -> None:
    server.answers["/a"] = answer("", "304 Not Modified")
    given = Conditions('"eins"', "Thu, 16 May 2024 06:00:00 GMT")
    found = fetcher(FakeClock())[0].fetch(_url(server), given)
    assert found.status == 304
    _, headers = server.asked[-1]
    assert headers["if-none-match"] == '"eins"'
    assert headers["if-modified-since"] == "Thu, 16 May 2024 06:00:00 GMT"


# --- a server that misbehaves

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BAD = {
    "slow": (cut(b""), "it stopped answering"),
    "slow in the middle": (cut(HEAD + b"Content-Length: 500\r\n\r\n<p>Der"), "it stopped answering"),
    "endless body": (endless(HEAD + b"\r\n", b"a" * 60_000), "more than 200,000 bytes"),
    "endless chunks": (
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", (b"fa\r\n" + b"a" * 250 + b"\r\n") * 90),
        "more than 200,000",
    ),
    "endless head": (endless(HEAD, b"X: y\r\n" * 9000), "no HTTP"),
    "length too great": (HEAD + b"Content-Length: 5000\r\n\r\n<p>Der Kai", "cut off"),
    "length huge": (HEAD + b"Content-Length: 99999999999\r\n\r\n<p>Der Kai", "it has 99,999,999,999 bytes"),
    "length odd": (HEAD + b"Content-Length: -5\r\n\r\n<p>Der Kai", "no HTTP"),
    "two lengths": (HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n<p>Der Kai", "no HTTP"),
    "gzip bomb": (BOMB, "unpacks to more than 1,000,000"),
    "gzip cut off": (answer(gzip.compress(PAGE.encode())[:-9], content_encoding="gzip"), "packed and cut off"),
    "gzip that is none": (answer(PAGE, content_encoding="gzip"), "packed and damaged"),
    "a coding not asked for": (answer(PAGE, content_encoding="br"), "not asked for"),
    "chunks broken": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n", "no HTTP"),
    "no HTTP": (b"\x16\x03\x01 SSH-2.0\r\n\r\n", "no HTTP"),
    "nothing": (b"", "no HTTP"),
    "reset": (reset, "broke off"),
    "not there": (answer("weg", "404 Not Found"), "not there (status 404)"),
    "gone": (answer("weg", "410 Gone"), "gone for good (status 410)"),
    "forbidden": (answer("nein", "403 Forbidden"), "forbidden (status 403)"),
    "failing": (answer("au", "500 Internal Server Error"), "the server failed (status 500)"),
    "empty status": (answer("", "204 No Content"), "nothing to read"),
    "moved to nowhere": (answer("", "302 Found"), "not told where to"),
    "moved to a file": (moved("file:///etc/passwd"), "only http and https"),
    "moved to itself": (moved("/a"), "redirected more than 5 times"),
    "moved to a user": (moved("http://root:geheim@hafen.example/"), "with a user"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_answer_has_a_reason(server: Server, kind: str) -> None:
    server.answers["/a"], said = BAD[kind]
    with pytest.raises(FetchError) as refused:
        _fetch(server, FakeClock())
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_dripping_bytes_end_by_the_deadline(server: Server) -> None:
    server.answers["/robots.txt"] = answer("", "404 Not Found")
    server.answers["/a"] = endless(HEAD + b"\r\n", b"a")
    with pytest.raises(FetchError, match="longer than 30 seconds"):
        _fetch(server, FakeClock(tick=0.5), limits=Limits(read=5, total=30))


def test_nobody_listens() -> None:
    with serving() as server:
        port = server.port
    with pytest.raises(FetchError, match=r"robots.txt cannot be had \(no connection"):
        fetcher(FakeClock())[0].fetch(f"http://hafen.example:{port}/a")


def test_what_fails_in_passing_is_tried_again_after_pauses(server: Server) -> None:
    server.answers["/a"] = [reset, answer("au", "503 Service Unavailable"), answer(PAGE)]
    clock = FakeClock()
    assert _fetch(server, clock).body.decode() == PAGE
    assert server.paths() == ["/a"] * 3
    assert clock.passed >= 2 + 8


def test_what_lasts_is_not_tried_again(server: Server) -> None:
    with pytest.raises(FetchError) as refused:
        _fetch(server, FakeClock())
    assert refused.value.lasting
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("told", ["20", "Thu, 16 May 2024 08:00:23 GMT"])
def test_a_short_retry_after_is_waited_for(server: Server, told: str) -> None:
    server.answers["/a"] = [answer("", "429 Too Many Requests", retry_after=told), answer(PAGE)]
    clock = FakeClock()
    assert _fetch(server, clock).status == 200
    assert 20 <= clock.passed <= 26


def test_a_long_retry_after_puts_the_whole_host_off(server: Server) -> None:
    server.answers["/a"] = answer("", "429 Too Many Requests", retry_after="3600")
    clock = FakeClock()
    fetching, hosts = fetcher(clock)
    for path in ("/a", "/b"):
        with pytest.raises(FetchError) as refused:
            fetching.fetch(_url(server, path))
        assert refused.value.wait is not None
        assert refused.value.wait > 3500
    assert server.paths() == ["/a"]
    assert clock.passed < 10
    until = hosts.changed()[0].not_before
    assert until is not None
    assert until.isoformat().startswith("2024-05-16T09:00")


# --- redirects


def test_redirects_are_followed_and_the_last_address_told(server: Server) -> None:
    server.answers["/a"] = moved("b?x=ü#teil", "301 Moved Permanently")
    server.answers["/b?x=%C3%BC"] = moved(f"http://kai.example:{server.port}/c")
    server.answers["/c"] = answer(PAGE)
    found = _fetch(server, FakeClock())
    assert found.url == f"http://kai.example:{server.port}/c"
    assert [path for path, _ in server.asked] == ["/robots.txt", "/a", "/b?x=%C3%BC", "/robots.txt", "/c"]


def test_a_redirect_into_a_closed_network_is_not_followed(server: Server) -> None:
    server.answers["/a"] = moved("http://10.1.2.3/")
    with pytest.raises(FetchError, match=r"10.1.2.3 leads to 10.1.2.3, which is private") as refused:
        fetching, _ = fetcher(FakeClock())
        fetching._client._resolve = lambda host, port: ["127.0.0.1"] if host == "hafen.example" else [host]  # type: ignore[attr-defined]
        fetching.fetch(_url(server))
    assert refused.value.lasting


# --- manners


def test_pauses_between_questions_to_one_host(server: Server) -> None:
    server.answers |= {"/a": answer(PAGE), "/b": answer(PAGE)}
    clock = FakeClock()
    fetching, _ = fetcher(clock)
    for path in ("/a", "/b", "/a"):
        fetching.fetch(_url(server, path))
    assert clock.slept == [3, 3, 3]  # robots.txt is a question, too
    fetching.fetch(_url(server, host="kai.example"))
    assert len(clock.slept) == 4


def test_robots_txt_is_obeyed_and_read_once(server: Server) -> None:
    server.answers["/robots.txt"] = answer("User-agent: depesche\nDisallow: /a\nCrawl-delay: 10\n")
    server.answers["/b"] = answer(PAGE)
    clock = FakeClock()
    fetching, hosts = fetcher(clock)
    with pytest.raises(FetchError, match=r"robots.txt of .* forbids it") as refused:
        fetching.fetch(_url(server))
    assert refused.value.lasting
    fetching.fetch(_url(server, "/b"))
    fetching.fetch(_url(server, "/b"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/b", "/b"]
    assert clock.slept == [10, 10]
    kept = {state.host: state for state in hosts.changed()}
    again, _ = fetcher(clock, known=kept)
    again.fetch(_url(server, "/b"))
    assert [path for path, _ in server.asked][-1] == "/b"
    clock.passed += ROBOTS_KEPT.total_seconds() + 1
    again.fetch(_url(server, "/b"))
    assert [path for path, _ in server.asked][-2:] == ["/robots.txt", "/b"]


def test_a_long_crawl_delay_is_left_for_a_later_round(server: Server) -> None:
    server.answers |= {"/robots.txt": answer("User-agent: *\nCrawl-delay: 600\n"), "/a": answer(PAGE)}
    clock = FakeClock()
    with pytest.raises(FetchError, match="wants to be asked again after 10 minutes"):
        _fetch(server, clock)
    assert clock.slept == []


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (answer("", "404 Not Found"), True),
        (answer("", "403 Forbidden"), True),
        (answer("", "500 Internal Server Error"), False),
        (reset, False),
        (cut(b""), False),
        (moved("/robots.txt"), False),
        (answer(bytes(range(256)) * 100), True),
        (answer("User-agent: *\nDisallow: /" + "*a" * 500 + "\n" + "x" * 100_000), True),
    ],
)
def test_a_robots_txt_that_cannot_be_had(server: Server, robots: bytes, allowed: bool) -> None:
    server.answers |= {"/robots.txt": robots, "/a": answer(PAGE)}
    if allowed:
        assert _fetch(server, FakeClock()).status == 200
        return
    with pytest.raises(FetchError, match=r"while its robots.txt cannot be had") as refused:
        _fetch(server, FakeClock())
    assert refused.value.wait == 1800
    assert server.paths() == []


# --- addresses

CLOSED = [
    "0.0.0.0", "10.0.0.1", "100.64.1.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "2001::1",
    "3fff::1", "5f00::1", "100::1", "4000::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::c0a8:101", "2002:7f00:1::", "2002:a00:1::1",
    "", "hafen.example",
]  # fmt: skip
REACHED = ["1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "193.99.144.80", "2a02:2e0:3fe::1", "2606:4700::1111",
           "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert Gate().refusal(address)


@pytest.mark.parametrize("address", REACHED)
def test_what_is_public_is_reached(address: str) -> None:
    assert Gate().refusal(address) == ""


def test_a_network_can_be_opened_by_name() -> None:
    gate = Gate(["10.1.0.0/16", "fd00::/8"])
    assert gate.refusal("10.1.2.3") == ""
    assert gate.refusal("fd00::1") == ""
    assert gate.refusal("10.2.0.1") == "private"
    assert gate.refusal("127.0.0.1") == "loopback"
    with pytest.raises(UsageError, match="no network"):
        Gate(["überall"])


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "fe80::1", "64:ff9b::7f00:1"])
def test_a_name_that_leads_into_a_closed_network_is_not_connected_to(server: Server, address: str) -> None:
    client = Client(FakeClock(), Gate(), QUICK, resolve=lambda host, port: [address])
    with pytest.raises(FetchError, match=r"hafen.example leads to .*--allow-network"):
        client.ask(_url(server), {})
    assert server.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server) -> None:
    """A name that is public when it is looked at first, and loopback when it is looked at again, gets nowhere."""
    server.answers["/a"] = answer(PAGE)
    looked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        looked.append(host)
        return ["192.0.2.1"] if len(looked) == 1 else ["127.0.0.1"]

    client = Client(FakeClock(), Gate(), QUICK, resolve=rebinding)
    with pytest.raises(FetchError, match="which is for documentation"):
        client.ask(_url(server), {})
    assert looked == ["hafen.example"]
    with pytest.raises(FetchError, match="which is loopback"):
        client.ask(_url(server), {})
    assert server.asked == []


def test_of_several_addresses_only_those_that_may_be_are_tried(server: Server) -> None:
    server.answers["/a"] = answer(PAGE)
    client = Client(FakeClock(), Gate(["127.0.0.0/8"]), QUICK, resolve=lambda host, port: ["10.0.0.1", "127.0.0.1"])
    assert client.ask(_url(server), {}).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "localhost"])
def test_ways_of_writing_this_machine(server: Server, host: str) -> None:
    """Whatever the system's resolver makes of a name is what is checked."""
    with pytest.raises(FetchError, match=r"loopback|not known"):
        Client(FakeClock(), Gate(), QUICK).ask(f"http://{host}:{server.port}/a", {})
    assert server.asked == []


def test_ipv6_in_brackets_is_checked() -> None:
    with pytest.raises(FetchError, match="which is loopback"):
        Client(FakeClock(), Gate(), QUICK).ask(tidy_url("http://[::1]:9/"), {})


# --- https


def test_on_https_the_name_is_checked_and_not_the_address() -> None:
    authority = trustme.CA()
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hafen.example").configure_cert(trust)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    with serving(trust) as server:
        server.answers["/a"] = answer(PAGE)
        client = Client(FakeClock(), Gate(["127.0.0.0/8"]), QUICK, resolve=local, trust=ours)
        assert client.ask(f"https://hafen.example:{server.port}/a", {}).body.decode() == PAGE
        with pytest.raises(FetchError, match=r"(?i)no connection.*certificate"):
            client.ask(f"https://kai.example:{server.port}/a", {})
        with pytest.raises(FetchError, match=r"(?i)no connection.*certificate"):
            Client(FakeClock(), Gate(["127.0.0.0/8"]), QUICK, resolve=local).ask(
                f"https://hafen.example:{server.port}/a", {}
            )


# --- addresses as they are written


@pytest.mark.parametrize(
    ("url", "tidy"),
    [
        ("HTTPS://Hafen.Example:443/A b?x=ü#oben", "https://hafen.example/A%20b?x=%C3%BC"),
        ("http://hafen.example", "http://hafen.example/"),
        ("http://hafen.example:8080/%C3%A4/ä", "http://hafen.example:8080/%C3%A4/%C3%A4"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("feed://hafen.example/rss", "http://hafen.example/rss"),
        ("feed:https://hafen.example/rss", "https://hafen.example/rss"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
    ],
)
def test_tidy_addresses(url: str, tidy: str) -> None:
    assert tidy_url(url) == tidy
    assert tidy_url(tidy) == tidy


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://hafen.example/", "javascript:alert(1)", "data:text/html,x", "gopher://x/", "//x/", "",
     "http://", "http://a:99999/", "http://a:b/", "http://u:p@hafen.example/", "http://a b/", "http://[::1/",
     "http://xn--\u200d.example/", "http://hafen.example/" + "a" * 3000, "mailto:a@b.example", "http://a\r\nX: y/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        tidy_url(url)
    assert refused.value.lasting
    assert "\n" not in str(refused.value)


def test_host_states_are_told_once(server: Server) -> None:
    server.answers["/a"] = answer(PAGE)
    fetching, hosts = fetcher(FakeClock())
    fetching.fetch(_url(server))
    assert [state.host for state in hosts.changed()] == [f"http://hafen.example:{server.port}"]
    assert hosts.changed() == []
    assert HostState("x").robots is None
