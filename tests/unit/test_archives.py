"""Zip, tar and WARC archives: what honest ones give, and what hostile ones get as a reason."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from depesche.ingest import Limits, read
from depesche.ingest.unpack import Budget, Unpacking
from depesche.model.page import Form, Page, PassedOver, Unread

SMALL = Limits(file=50_000, unpacked=100_000, members=50, ratio=50)
PAGE = "<html><p>Die Fähre legte am Montag in Tromsø ab.</p></html>"


def _read(path: Path, limits: Limits = SMALL) -> tuple[list[Page], list[Unread], list[PassedOver]]:
    passed: list[PassedOver] = []
    found = list(read([path], limits, passed.append))
    return [one for one in found if isinstance(one, Page)], [one for one in found if isinstance(one, Unread)], passed


def _file(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tar(members: dict[str, bytes], *more: tarfile.TarInfo, form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in members.items():
            head = tarfile.TarInfo(name)
            head.size = len(data)
            archive.addfile(head, io.BytesIO(data))
        for head in more:
            archive.addfile(head)
    return out.getvalue()


# --- zip and tar

MEMBERS = {
    "seiten/a.html": PAGE.encode(),
    "seiten/b.txt": b"Der Hafen bleibt bis Freitag zu.",
    "seiten/b.html": b"<p>Der Hafen ist offen.</p>",
    "seiten/c.txt.gz": gzip.compress(b"Die Schleuse wird geputzt.", mtime=0),
    "seiten/d.jsonl": b'{"text": "Eins."}\n{"text": "Zwei."}\nkaputt\n',
    "seiten/.versteckt.txt": b"nein",
    "__MACOSX/._a.html": b"nein",
    "seiten/pages.csv": b"file,url,published\na.html,https://hafen.example/a,2024-05-16\n",
    "seiten/b.txt.meta.json": b'{"published": "2024-05-17"}',
}
PACKED = {
    "p.zip": _zip(MEMBERS),
    "p.tar": _tar(MEMBERS),
    "p.tgz": gzip.compress(_tar(MEMBERS), mtime=0),
    "p.tar.gz": gzip.compress(_tar(MEMBERS, form=tarfile.GNU_FORMAT), mtime=0),
    "p.tar.bz2": bz2.compress(_tar(MEMBERS)),
    "p.tar.xz": lzma.compress(_tar(MEMBERS, form=tarfile.USTAR_FORMAT)),
    "p": gzip.compress(_tar(MEMBERS), mtime=0),
    "q": _zip(MEMBERS),
}


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_is_read_like_a_folder(tmp_path: Path, name: str) -> None:
    pages, unread, _ = _read(_file(tmp_path / name, PACKED[name]))
    root = name.split(".")[0]
    assert {page.doc: (page.source, page.form, page.metadata.published) for page in pages} == {
        f"{root}/seiten/a": (f"{name}/seiten/a.html", Form.HTML, "2024-05-16"),
        f"{root}/seiten/b.txt": (f"{name}/seiten/b.txt", Form.TEXT, "2024-05-17"),
        f"{root}/seiten/b.html": (f"{name}/seiten/b.html", Form.HTML, None),
        f"{root}/seiten/c": (f"{name}/seiten/c.txt.gz", Form.TEXT, None),
        f"{root}/seiten/d-1": (f"{name}/seiten/d.jsonl", Form.RECORD, None),
        f"{root}/seiten/d-2": (f"{name}/seiten/d.jsonl", Form.RECORD, None),
    }
    assert [one.reason.split(":")[0] for one in unread] == [f"{name}/seiten/d.jsonl, line 3"]


def test_a_page_in_an_archive_is_the_page_beside_it(tmp_path: Path) -> None:
    inside = _read(_file(tmp_path / "p.zip", _zip({"a.html": PAGE.encode()})))[0]
    beside = _read(_file(tmp_path / "a.html", PAGE.encode()))[0]
    assert inside[0].id == beside[0].id


def _linked(kind: bytes) -> tarfile.TarInfo:
    head = tarfile.TarInfo("link.txt")
    head.type, head.linkname = kind, "/etc/passwd"
    return head


@pytest.mark.parametrize(
    ("name", "data", "source", "said"),
    [
        ("x.zip", _zip({"../../a.html": b"<p>x"}), "x.zip/../../a.html", "leads out of the archive"),
        ("x.zip", _zip({"/etc/a.html": b"<p>x"}), "x.zip//etc/a.html", "leads out of the archive"),
        ("x.zip", _zip({"..\\a.html": b"<p>x"}), "x.zip/../a.html", "leads out of the archive"),
        ("x.zip", _zip({"C:\\a.html": b"<p>x"}), "x.zip/C:/a.html", "leads out of the archive"),
        ("x.zip", _zip({"a\x1b[31m.html": b"<p>x"}), "x.zip/a\x1b[31m.html", "no name of a file"),
        ("x.zip", _zip({"a" * 2000 + ".html": b"<p>x"}), "x.zip/" + "a" * 2000 + ".html", "no name of a file"),
        ("x.zip", _zip({"": b"<p>x"}), "x.zip/.", "no name of a file"),
        ("x.zip", _zip({".": b"<p>x"}), "x.zip/.", "no name of a file"),
        ("x.zip", _zip({"a.pdf": b"%PDF-1.7"}), "x.zip/a.pdf", "PDF"),
        ("x.zip", _zip({"b.zip": _zip({"a.html": b"<p>x"})}), "x.zip/b.zip", "archive inside an archive"),
        ("x.zip", _zip({"b.html": _zip({"a.html": b"<p>x"})}), "x.zip/b.html", "ZIP"),
        ("x.zip", _zip({"a.txt": b"a" * 100_001}), "x.zip/a.txt", "at most 100,000"),
        ("x.zip", _zip({"a.txt.gz": gzip.compress(bytes(200_000))}), "x.zip/a.txt.gz", "unpacks to more than"),
        ("x.zip", _zip({"a.txt": b" "}), "x.zip/a.txt", "empty"),
        ("x.zip", _zip({}), "x.zip", "holds no page"),
        ("x.zip", b"PK\x05\x06", "x.zip", "ZIP archive is damaged"),
        ("x.zip", b"", "x.zip", "ZIP archive is damaged"),
        ("x.zip", _zip({"a.html": b"<p>x"})[:-9], "x.zip", "ZIP archive is damaged"),
        ("x.tar", _tar({"../a.html": b"<p>x"}), "x.tar/../a.html", "leads out of the archive"),
        ("x.tar", _tar({}, _linked(tarfile.SYMTYPE)), "x.tar/link.txt", "a link or a device"),
        ("x.tar", _tar({}, _linked(tarfile.LNKTYPE)), "x.tar/link.txt", "a link or a device"),
        ("x.tar", _tar({}, _linked(tarfile.CHRTYPE)), "x.tar/link.txt", "a link or a device"),
        ("x.tar", _tar({}, _linked(tarfile.FIFOTYPE)), "x.tar/link.txt", "a link or a device"),
        ("x.tar", _tar({"a" * 70_000: b"<p>x"}, form=tarfile.GNU_FORMAT), "x.tar", "at most 65,536"),
        ("x.tar", _tar({"a" * 70_000: b"<p>x"}), "x.tar", "at most 65,536"),
        ("x.tar", b"", "x.tar", "TAR archive is damaged"),
        ("x.tar", bytes(10_240), "x.tar", "holds no page"),
        ("x.tar.gz", gzip.compress(_tar({".a": bytes(20_000_000)})), "x.tar.gz", "unpacks to more than"),
        ("x.tar.xz", lzma.compress(b"x" * 20_000_000), "x.tar.xz", "TAR archive is damaged"),
        ("x.txt.bz2", bz2.compress(b"x"), "x.txt.bz2", "bzip2"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, source: str, said: str) -> None:
    pages, unread, _ = _read(_file(tmp_path / name, data))
    assert pages == []
    assert [one.source for one in unread] == [source]
    assert said in unread[0].reason
    assert "\n" not in unread[0].reason


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.html": b"<p>x"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    _, unread, _ = _read(_file(tmp_path / "x.zip", bytes(data)))
    assert [one.reason for one in unread] == ["it is encrypted; unpack it first"]


@pytest.mark.parametrize("name", ["x.zip", "x.tar"])
def test_too_many_members_are_told_and_the_first_ones_read(tmp_path: Path, name: str) -> None:
    members = {f"{number}.txt": f"Seite {number}".encode() for number in range(60)}
    data = _zip(members) if name == "x.zip" else _tar(members)
    pages, unread, _ = _read(_file(tmp_path / name, data))
    assert len(pages) == 50
    assert [one.source for one in unread] == [name]
    assert "more than 50 members" in unread[0].reason


def test_a_zip_file_with_a_huge_list_is_not_loaded(tmp_path: Path) -> None:
    members = {f"{number}{'x' * 500}.txt": b"x" for number in range(60)}
    pages, unread, _ = _read(_file(tmp_path / "x.zip", _zip(members)))
    assert pages == []
    assert "more than 50 members" in unread[0].reason


def test_many_members_that_unpack_to_too_much_together(tmp_path: Path) -> None:
    data = _zip({f"{number}.txt": bytes([97 + number]) * 90_000 for number in range(20)})
    pages, unread, _ = _read(_file(tmp_path / "x.zip", data))
    most = max(100_000, 50 * len(data))
    assert sum(len(page.raw) for page in pages) <= most
    assert len(pages) + len(unread) == 20
    assert {one.reason for one in unread} == {f"the archive unpacks to more than {most:,} bytes"}


def test_a_lying_size_is_told(tmp_path: Path) -> None:
    data = bytearray(_zip({"a.txt": b"a" * 90, "b.txt": b"Die Schleuse ist zu."}))
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 40_000_000)
    pages, unread, _ = _read(_file(tmp_path / "x.zip", bytes(data)))
    assert [page.doc for page in pages] == ["x/b"]
    assert [one.source for one in unread] == ["x.zip/a.txt"]


def test_a_tar_file_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = _tar({"a.txt": b"Erste Seite", "b.txt": b"b" * 5000, "c.txt": b"Dritte Seite"})
    for cut in (512 * 2, 512 * 2 + 100, 512 * 4, 512 * 13 + 200):
        pages, unread, _ = _read(_file(tmp_path / "x.tar", whole[:cut]))
        assert pages[0].raw == "Erste Seite"
        assert [one.source for one in unread][-1:] == ["x.tar"], cut
        assert "damaged" in unread[-1].reason


def test_a_tar_file_damaged_in_the_middle_does_not_end_in_silence(tmp_path: Path) -> None:
    data = bytearray(_tar({"a.txt": b"Erste Seite", "b.txt": b"Zweite Seite"}))
    data[1024:1030] = b"kaputt"
    pages, unread, _ = _read(_file(tmp_path / "x.tar", bytes(data)))
    assert [page.raw for page in pages] == ["Erste Seite"]
    assert [one.source for one in unread] == ["x.tar"]


def test_broken_sidecars_in_an_archive_are_told(tmp_path: Path) -> None:
    data = _zip({"a.txt": b"Eine Seite", "pages.csv": b"name\nx\n", "a.meta.json": b"{"})
    pages, unread, _ = _read(_file(tmp_path / "x.zip", data))
    assert [page.doc for page in pages] == ["x/a"]
    assert sorted(one.source for one in unread) == ["x.zip/a.meta.json", "x.zip/pages.csv"]


def test_an_xz_file_may_not_ask_for_any_memory(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1_000_000_000}]
    _, unread, _ = _read(_file(tmp_path / "x.tar.xz", lzma.compress(b"x", filters=filters)))
    assert "xz file is damaged: Memory usage limit" in unread[0].reason


def test_any_damage_has_a_reason(tmp_path: Path) -> None:
    rng = random.Random(7)
    for name in ("p.zip", "p.tar", "p.tar.gz", "p.tar.bz2", "p.tar.xz"):
        for _ in range(60):
            data = bytearray(PACKED[name])
            for _ in range(rng.randint(1, 5)):
                data[rng.randrange(len(data))] = rng.randrange(256)
            pages, unread, _ = _read(
                _file(tmp_path / name, bytes(data[: rng.choice((None, rng.randrange(len(data))))]))
            )
            assert pages or unread


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, bytes])
def test_unpacking_is_what_the_library_says_in_any_pieces(pack: type[bytes]) -> None:
    rng = random.Random(1)
    whole = rng.randbytes(70_000) + bytes(300_000) + rng.randbytes(10)
    stream = Unpacking(io.BytesIO(pack(whole[:100_000]) + pack(whole[100_000:])), Budget(1_000_000, "it"))
    found = b""
    while part := stream.read(rng.randint(1, 90_000)):
        found += part
    assert found == whole
    assert stream.tell() == len(whole)


# --- WARC

DAY = b"2024-05-16T10:11:12Z"


def _record(block: bytes, uri: str = "https://hafen.example/a", kind: str = "response", more: bytes = b"") -> bytes:
    media = b"application/http; msgtype=response" if kind in ("response", "request") else b"text/html"
    head = b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n" % (kind.encode(), uri.encode(), DAY)
    rest = b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n" % (
        media,
        more,
        len(block),
    )
    return head + rest + block + b"\r\n\r\n"


def _answer(body: bytes, media: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])


GZIPPED = gzip.compress(PAGE.encode(), mtime=0)
CODED = {
    "plain": _answer(PAGE.encode()),
    "latin": _answer(PAGE.encode("iso-8859-1"), "text/html; charset=ISO-8859-1"),
    "greek": _answer("<p>Ο Μητσοτάκης στο λιμάνι</p>".encode("iso-8859-7"), 'text/html; charset="iso-8859-7"'),
    "gzip": _answer(GZIPPED, more="Content-Encoding: gzip\r\n"),
    "chunked": _answer(_chunked(PAGE.encode()), more="Transfer-Encoding: chunked\r\n"),
    "both": _answer(_chunked(GZIPPED), more="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    "undone by the crawler": _answer(PAGE.encode(), more="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
}


@pytest.mark.parametrize("coding", CODED)
def test_an_answer_is_decoded(tmp_path: Path, coding: str) -> None:
    pages, unread, passed = _read(_file(tmp_path / "x.warc", _record(CODED[coding])))
    assert (unread, passed) == ([], [])
    assert pages[0].raw == ("<p>Ο Μητσοτάκης στο λιμάνι</p>" if coding == "greek" else PAGE)
    assert (pages[0].metadata.url, pages[0].metadata.fetched) == ("https://hafen.example/a", "2024-05-16")
    assert (pages[0].doc, pages[0].source, pages[0].form) == ("hafen.example/a", "x.warc, record 1", Form.HTML)


MIXED = (
    _record(b"software: x", "", "warcinfo"),
    _record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    _record(_answer(PAGE.encode())),
    _record(_answer(b"\x89PNG", "image/png"), "https://hafen.example/b.png"),
    _record(_answer(b"\x89PNG", "image/png"), "https://hafen.example/c.png"),
    _record(_answer(b"<p>weg", status="404 Not Found"), "https://hafen.example/d"),
    _record(_answer(b"", more="Location: /e\r\n", status="301 Moved"), "https://hafen.example/e"),
    _record(b"<html><p>Der Kai.", "https://hafen.example/f", "resource"),
    _record(_answer(b"<p>Ohne Typ").replace(b"Content-Type: text/html\r\n", b""), "https://hafen.example/g"),
    _record(_answer(b" "), "https://hafen.example/h"),
    _record(_answer(PAGE.encode()), "https://hafen.example/a"),
    _record(_answer(b"<p>Gek", more=""), "https://hafen.example/i?seite=2", more=b"WARC-Truncated: length\r\n"),
)
WARCS = {
    "x.warc": b"".join(MIXED),
    "x.warc.gz": b"".join(gzip.compress(record, mtime=0) for record in MIXED),
    "whole.warc.gz": gzip.compress(b"".join(MIXED), mtime=0),
    "x.dat": b"".join(gzip.compress(record, mtime=0) for record in MIXED),
}


@pytest.mark.parametrize("name", WARCS)
def test_pages_are_read_and_everything_else_is_counted(tmp_path: Path, name: str) -> None:
    pages, unread, passed = _read(_file(tmp_path / name, WARCS[name]))
    docs = [page.doc for page in pages]
    assert docs == ["hafen.example/a", "hafen.example/f", "hafen.example/g", "hafen.example/i?seite=2"]
    assert [(one.source, one.reason) for one in unread] == [(f"{name}, record 10", "the file is empty")]
    assert [one.source for one in passed] == [name]
    assert dict(passed[0].counts) == {
        "image/png": 2,
        "warcinfo records": 1,
        "request records": 1,
        "answers with status 404": 1,
        "answers with status 301": 1,
        "pages that the crawler cut off (read as far as they go)": 1,
    }


def test_the_same_bytes_of_another_day_are_another_page(tmp_path: Path) -> None:
    later = _record(_answer(PAGE.encode())).replace(DAY, b"2024-05-17T00:00:00Z")
    pages, _, _ = _read(_file(tmp_path / "x.warc", _record(_answer(PAGE.encode())) * 2 + later))
    assert [page.metadata.fetched for page in pages] == ["2024-05-16", "2024-05-17"]


GOOD = _record(_answer(PAGE.encode()))
BOMB = _answer(gzip.compress(bytes(30_000_000)), more="Content-Encoding: gzip\r\n")


@pytest.mark.parametrize(
    ("data", "pages", "said"),
    [
        (GOOD + _record(_answer(b"a" * 100_001)) + GOOD, 1, "at most 100,000"),
        (GOOD + _record(BOMB), 1, "unpacks to more than 100,000"),
        (GOOD + GOOD.replace(b"Montag", b"Freitag")[:-40], 1, "cut off"),
        (GOOD + b"kein Archiv\r\n\r\n" + GOOD, 1, "after record 1"),
        (GOOD.replace(b"Content-Length: ", b"Content-Length: 99999999"), 0, "at most 100,000"),
        (GOOD + GOOD.replace(b"Content-Length: ", b"Content-Length: -"), 1, "after record"),
        (GOOD + b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, 1, "after record 1"),
        (gzip.compress(GOOD) + gzip.compress(GOOD.replace(b"Montag", b"Freitag"))[:-20], 1, "cut off"),
        (gzip.compress(GOOD + _record(_answer(bytes(30_000_000), "image/png"))), 1, "unpacks to more than"),
        (b"\r\n" * 100, 0, "no record"),
        (b"", 0, "no record"),
    ],
)  # fmt: skip
def test_a_hostile_archive_has_a_reason(tmp_path: Path, data: bytes, pages: int, said: str) -> None:
    found, unread, _ = _read(_file(tmp_path / "x.warc", data))
    assert len(found) == pages
    assert said in unread[-1].reason
    assert all("\n" not in one.reason for one in unread)


def test_kinds_of_records_are_bounded(tmp_path: Path) -> None:
    odd = b"".join(_record(_answer(b"x", f"x/{number}")) for number in range(300))
    wild = _record(_answer(b"x", "text\x1b[31m/x"))
    _, _, passed = _read(_file(tmp_path / "x.warc", wild + odd))
    assert len(passed[0].counts) == 101
    assert sum(count for _, count in passed[0].counts) == 301
    assert Counter(dict(passed[0].counts))["other records"] == 201


def test_any_damage_of_a_warc_has_a_reason_or_is_read(tmp_path: Path) -> None:
    rng = random.Random(3)
    for _ in range(400):
        data = bytearray(WARCS["x.warc"])
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(data))
            data[place : place + rng.randint(0, 3)] = bytes(rng.choices(b"\r\n: 0Aa-/\xff", k=rng.randint(0, 4)))
        pages, unread, passed = _read(_file(tmp_path / "x.warc", bytes(data)))
        assert pages or unread or passed
