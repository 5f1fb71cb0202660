from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.errors import PageError, UsageError
from depesche.ingest import Limits, read
from depesche.ingest.decode import decode, refuse_form
from depesche.ingest.jsonl import record_pages
from depesche.model.page import Form, Metadata, Page, Unread


def _read(*paths: Path, limits: Limits = Limits()) -> tuple[list[Page], list[Unread]]:
    found = list(read(paths, limits))
    return [one for one in found if isinstance(one, Page)], [one for one in found if isinstance(one, Unread)]


def _put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_folder_is_read_below_and_in_order(tmp_path: Path) -> None:
    _put(tmp_path, {"b.txt": b"zwei", "a/c.html": b"<p>drei</p>", "a/.hidden.txt": b"x", "d.md": b"vier"})
    pages, unread = _read(tmp_path)
    assert [(page.doc, page.source, page.form) for page in pages] == [
        ("c", "a/c.html", Form.HTML),
        ("b", "b.txt", Form.TEXT),
        ("d", "d.md", Form.TEXT),
    ]
    assert unread == []


@pytest.mark.parametrize(
    ("name", "doc"),
    [("x.html.gz", "x"), ("x.txt.txt", "x.txt"), ("seite.de.htm", "seite.de"), ("bare", "bare"), ("X.HTML", "X")],
)
def test_doc_is_the_name_less_one_ending(tmp_path: Path, name: str, doc: str) -> None:
    data = gzip.compress(b"<p>eins</p>", mtime=0) if name.endswith(".gz") else b"<p>eins</p>"
    pages, _ = _read(_put(tmp_path, {name: data}))
    assert [page.doc for page in pages] == [doc]


def test_names_that_collide_become_paths(tmp_path: Path) -> None:
    _put(tmp_path, {"a/x.txt": b"1", "b/x.txt": b"2", "b/x.html": b"<p>3", "y.txt": b"4"})
    pages, _ = _read(tmp_path)
    assert [page.doc for page in pages] == ["a/x", "b/x.html", "b/x.txt", "y"]


def test_names_do_not_depend_on_order(tmp_path: Path) -> None:
    one = _put(tmp_path / "one", {"x.txt": b"1", "z.txt": b"3"})
    other = _put(tmp_path / "other", {"x.txt": b"2"})
    assert _read(one, other) == _read(other, one)
    assert [page.doc for page in _read(one, other)[0]] == ["one/x.txt", "other/x.txt", "z"]


def test_the_same_bytes_are_one_page(tmp_path: Path) -> None:
    pages, unread = _read(_put(tmp_path, {"a/x.txt": b"gleich", "b/y.txt": b"gleich"}))
    assert [page.doc for page in pages] == ["x"]
    assert unread == []


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    _put(tmp_path, {"a/x.txt": b"eins"})
    pages, _ = _read(tmp_path, tmp_path / "a", tmp_path / "a" / "x.txt")
    assert [page.doc for page in pages] == ["x"]


def test_identity_is_that_of_bytes_and_sidecar(tmp_path: Path) -> None:
    first = _read(_put(tmp_path / "1", {"x.txt": b"eins"}))[0][0]
    renamed = _read(_put(tmp_path / "2", {"y.txt": b"eins"}))[0][0]
    noted = _read(_put(tmp_path / "3", {"x.txt": b"eins", "x.meta.json": b'{"published": "2023-05-01"}'}))[0][0]
    assert first.id == renamed.id
    assert first.id != noted.id
    assert len(first.id) == 32


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeffMünchen".encode(), "München"),
        ("München „sagt“".encode("cp1252"), "München „sagt“"),
        ("München".encode("utf-16"), "München"),
        (b'<html><meta charset="iso-8859-2">\xb3\xf3d\xbc', '<html><meta charset="iso-8859-2">łódź'),
        (b'<html><meta charset="utf-8">M\xfcnchen', '<html><meta charset="utf-8">München'),
        (b'<html><meta charset="nonsense">M\xfcnchen', '<html><meta charset="nonsense">München'),
        ("ä".encode() * 50 + b"\xff", "ä" * 50 + "\ufffd"),
        (b"a\x81\xe4", "a\x81ä"),
        (b"a\x00b", "a\x00b"),
    ],
)
def test_decoding(data: bytes, text: str) -> None:
    assert decode(data, is_html=data.startswith(b"<html")) == text


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.pdf", b"%PDF-1.7 abc", "PDF"),
        ("x.txt", b"%PDF-1.7 abc", "PDF"),
        ("x.docx", b"PK\x03\x04abc", "DOCX"),
        ("x.mhtml", b"MIME-Version: 1.0\n", "MHTML"),
        ("x.html", b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "MHTML"),
        ("x.zip", b"PK\x03\x04abc", "ZIP"),
        ("x.tar", b"abc", "TAR"),
        ("x.warc.gz", b"abc", "WARC"),
        ("x.txt", b"WARC/1.0\r\n", "WARC"),
        ("x.txt", b"", "empty"),
        ("x.txt", b" \r\n\t", "empty"),
        ("x.txt", b"\xef\xbb\xbf \n", "empty"),
        ("x.txt", bytes(range(32)) * 20, "binary"),
        ("x.html.gz", gzip.compress(b"<p>eins</p>", mtime=0)[:-6], "damaged"),
        ("x.html.gz", gzip.compress(b"a" * 200_000, mtime=0), "unpacks to more than"),
        ("x.txt", b"a" * 60_000, "at most 50,000"),
        ("x.json", b"[1, 2", "JSON"),
        ("x.json", b'{"title": "kein Text"}', "no text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    pages, unread = _read(_put(tmp_path, {name: data}), limits=Limits(50_000, 100_000))
    assert pages == []
    assert [one.source for one in unread] == [name]
    assert said in unread[0].reason
    assert "\n" not in unread[0].reason


def test_paths_that_hold_nothing_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="empty"):
        read([tmp_path])


def test_sidecars_named_by_a_wildcard_are_no_pages(tmp_path: Path) -> None:
    _put(tmp_path, {"x.txt": b"eins", "pages.csv": b"file,published\nx.txt,2020-01-01\n"})
    pages, unread = _read(*tmp_path.iterdir())
    assert [page.metadata.published for page in pages] == ["2020-01-01"]
    assert unread == []
    with pytest.raises(UsageError, match="no page"):
        read([tmp_path / "pages.csv"])


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    _put(tmp_path, {"a/x.txt": b"eins"})
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    pages, unread = _read(tmp_path)
    assert [page.doc for page in pages] == ["x"]
    assert [one.source for one in unread] == ["gone.txt", "self.txt"]


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    _, unread = _read(tmp_path)
    assert [one.reason for one in unread] == ["not a regular file"]


def test_table_beside_the_pages(tmp_path: Path) -> None:
    table = "file,url,outlet,published,fetched,title\nx.txt,https://a.example/1,Blatt,2023-05-04T10:00,,Ein Titel\n"
    pages, _ = _read(_put(tmp_path, {"x.txt": b"eins", "y.txt": b"zwei", "pages.csv": table.encode()}))
    assert pages[0].metadata == Metadata("https://a.example/1", "Blatt", "2023-05-04", title="Ein Titel")
    assert pages[1].metadata == Metadata()


def test_own_sidecar_wins(tmp_path: Path) -> None:
    note = json.dumps({"published": "2023-05", "url": "https://a.example"}).encode()
    table = b"file,published\nx.txt,2020-01-01\n"
    pages, _ = _read(_put(tmp_path, {"x.txt": b"eins", "x.txt.meta.json": note, "pages.csv": table}))
    assert pages[0].metadata == Metadata("https://a.example", published="2023-05")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.meta.json", b"{nothing"),
        ("x.meta.json", b"[]"),
        ("pages.csv", b"name\nx\n"),
        ("pages.csv", b"file,url\nx\n"),
    ],
)
def test_broken_sidecar_is_listed_and_the_page_read(tmp_path: Path, name: str, data: bytes) -> None:
    pages, unread = _read(_put(tmp_path, {"x.txt": b"eins", name: data}))
    assert [page.doc for page in pages] == ["x"]
    assert len(unread) == 1
    assert name in unread[0].reason


def test_records_of_four_makes() -> None:
    records = [
        {"doc": "eigen", "text": "Text", "published": "2023-05-01", "authors": ["A"], "outlet": "Blatt"},
        {"maintext": "Text", "date_publish": "2023-05-02 10:00:00", "source_domain": "a.example", "title": "T",
         "url": "https://a.example/2", "date_download": "2023-05-03 11:00:00", "authors": [], "filename": "f"},
        {"id": 7, "raw_text": "Text", "text": "Text", "date": "2023-05-04", "sitename": "S", "author": "A B; C",
         "source": "https://a.example/3", "source-hostname": "h"},
        {"title": "T", "body": {"summary": ["S."], "sections": [{"headline": ["H"], "paragraphs": ["P.", "Q."]}]},
         "publishing_date": "2023-05-05 08:00:00+02:00", "authors": ["A"], "topics": [], "free_access": True},
    ]  # fmt: skip
    data = "\n".join(json.dumps(record) for record in records).encode()
    pages = [page for page in record_pages(data, "datei", "datei.jsonl", False) if isinstance(page, Page)]
    assert [page.doc for page in pages] == ["eigen", "datei-2", "7", "datei-4"]
    assert [page.metadata.published for page in pages] == ["2023-05-01", "2023-05-02", "2023-05-04", "2023-05-05"]
    assert [page.metadata.outlet for page in pages] == ["Blatt", "a.example", "S", None]
    assert [page.metadata.authors for page in pages] == [("A",), (), ("A B", "C"), ("A",)]
    assert pages[1].metadata.fetched == "2023-05-03"
    assert pages[2].metadata.url == "https://a.example/3"
    assert pages[3].raw == "S.\n\nH\n\nP.\n\nQ."


def test_bad_lines_name_file_and_line(tmp_path: Path) -> None:
    data = b'{"doc": "a", "text": "eins"}\n\nkaputt\n{"text": 5}\n[1]\n{"doc": "b", "text": "zwei\\u2028drei"}\n'
    pages, unread = _read(_put(tmp_path, {"x.jsonl": data}))
    assert [page.doc for page in pages] == ["a", "b"]
    assert [one.reason.split(":")[0] for one in unread] == [f"x.jsonl, line {n}" for n in (3, 4, 5)]


def test_lone_surrogates_in_a_record_can_be_written() -> None:
    page = next(record_pages(b'{"doc": "a\\ud800", "text": "x\\udfffy"}', "d", "d.jsonl", False))
    assert isinstance(page, Page)
    assert page.raw == "x\ufffdy"
    assert page.doc.encode() == "a\ufffd".encode()


def test_single_object_and_list() -> None:
    one = list(record_pages(b'\xef\xbb\xbf{"text":\n "eins"}', "d", "d.json", True))
    both = list(record_pages(b'[{"text": "eins"}, {"text": "zwei"}]', "d", "d.json", True))
    assert [page.doc for page in one] == ["d"]
    assert [page.doc for page in both] == ["d-1", "d-2"]


BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=60).map(lambda text: text.encode("utf-16")),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
FIELDS = st.sampled_from(["text", "body", "summary", "sections", "authors", "date", "id", "url"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(BYTES, st.booleans())
def test_any_bytes_are_text_or_refused(data: bytes, is_html: bool) -> None:
    try:
        refuse_form(data)
    except PageError:
        return
    decode(data, is_html).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.one_of(BYTES, VALUES.map(lambda value: json.dumps(value).encode())), st.booleans())
def test_any_record_is_a_page_or_unread(data: bytes, one: bool) -> None:
    for found in record_pages(data, "d", "d.jsonl", one):
        if isinstance(found, Page):
            assert found.raw.strip()
            found.raw.encode("utf-8")
        else:
            assert found.reason
