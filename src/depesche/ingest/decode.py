"""Bytes to characters, and bytes that are none."""

from __future__ import annotations

import codecs
import re

from depesche.errors import EmptyPage, UndecodablePage, UnsupportedForm

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FORMS = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX or EPUB archives"),
    (b"PK\x05\x06", "ZIP archives"),
    (b"\xd0\xcf\x11\xe0", "old Office documents"),
    (b"{\\rtf", "RTF"),
    (b"WARC/", "WARC"),
    (b"\x1f\x8b", "gzip inside gzip"),
    (b"BZh", "bzip2 archives"),
    (b"\xfd7zXZ", "xz archives"),
    (b"(\xb5/\xfd", "zstd archives"),
    (b"7z\xbc\xaf", "7z archives"),
    (b"Rar!", "RAR archives"),
    (b"\x89PNG", "pictures"),
    (b"\xff\xd8\xff", "pictures"),
    (b"GIF8", "pictures"),
    (b"SQLite format 3", "SQLite files"),
    (b"PAR1", "Parquet files"),
    (b"\x7fELF", "programs"),
)
ENDINGS_NOT_READ = {
    ".pdf": "PDF", ".docx": "DOCX", ".doc": "DOC", ".odt": "ODT", ".rtf": "RTF", ".epub": "EPUB", ".xlsx": "XLSX",
    ".pptx": "PPTX", ".mhtml": "MHTML", ".mht": "MHTML", ".7z": "7z archives", ".rar": "RAR archives",
    ".tar.zst": "zstd archives", ".arc.gz": "ARC archives", ".wacz": "WACZ archives", ".parquet": "Parquet files",
    ".csv": "CSV files", ".tsv": "TSV files", ".xml": "XML files",
    ".css": "style sheets", ".js": "scripts", ".py": "scripts", ".eml": "mail files", ".msg": "mail files",
    ".png": "pictures", ".jpg": "pictures", ".jpeg": "pictures", ".gif": "pictures", ".webp": "pictures",
    ".svg": "pictures", ".mp3": "sound files", ".mp4": "films",
}  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Those of the web that say more than our guess would. Python knows others that take a time that grows with the square
# of the text (punycode), or that obey it (unicode_escape).
_CHARSETS = re.compile(
    r"windows-?\d{3,4}|cp\d{3,4}|iso-?8859-(?!1\b)\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|"
    r"shift_jis|tis-620|(?:x-)?mac-?(?:cyrillic|roman)|latin-?[2-9]"
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_SURROGATE = re.compile("[\ud800-\udfff]")


def refuse_ending(name: str) -> None:
    """Raises UnsupportedForm for a file whose ending names a form that is not read."""
    low = name.lower()
    for ending, form in ENDINGS_NOT_READ.items():
        if low.endswith(ending):
            raise UnsupportedForm(f"{form} cannot be read; save the page as .html, .txt or .jsonl")


def refuse_form(data: bytes) -> None:
    """Raises for bytes that are plainly no text: empty, a known form of file, or full of control characters."""
    if not data.strip():
        raise EmptyPage("the file is empty")
    for mark, form in _FORMS:
        if data.startswith(mark):
            raise UnsupportedForm(f"{form} cannot be read; save the page as .html, .txt or .jsonl")
    head = data[:4096].lower()
    if head.startswith((b"mime-version:", b"from: <saved by")) or b"\nmime-version: 1." in head[:1000]:
        raise UnsupportedForm("MHTML cannot be read; save the page as .html, .txt or .jsonl")
    if data[257:262] == b"ustar":
        raise UnsupportedForm("TAR archives cannot be read; save the page as .html, .txt or .jsonl")
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return
    sample = data[:65536]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 10:
        raise UndecodablePage("the file is binary, not text")


def decode(data: bytes, is_html: bool = False, charset: str = "") -> str:
    """The characters of a page.

    In turn: byte order mark, UTF-8, the `charset` that its server told, the one that HTML declares, mostly UTF-8,
    windows-1252. Lone surrogates become U+FFFD, one for one, since nothing can write them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole(data[len(mark) :].decode(encoding, "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _whole(_otherwise(data, is_html, charset))


def _otherwise(data: bytes, is_html: bool, charset: str) -> str:
    declared = _META_CHARSET.search(data[:4096]) if is_html else None
    for name in (charset.lower(), declared[1].decode("ascii", "replace").lower() if declared else ""):
        if _CHARSETS.fullmatch(name):
            try:
                return data.decode(name)
            except (UnicodeError, LookupError, ValueError):  # a charset that is unknown, or wrongly named
                continue
    return data.decode("utf-8", "replace") if _mostly_utf8(data) else windows_1252(data)


def _mostly_utf8(data: bytes) -> bool:
    """Whether a few bytes are broken in a text that is UTF-8 otherwise, rather than another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(ch > "\x7f" for ch in text[:200_000]) - min(broken, text[:200_000].count("\ufffd"))
    return good > 4 * broken


def windows_1252(data: bytes) -> str:
    """The bytes as windows-1252, with the five bytes it leaves open as the controls that browsers see there."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)
