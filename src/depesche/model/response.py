"""What a web server answered."""

from __future__ import annotations

import msgspec

HTML_TYPES = ("text/html", "application/xhtml+xml")
"""The media types of pages."""


class Response(msgspec.Struct, frozen=True):
    """An answer: the address that gave it, its head, its body without coding, and when it was fetched (ISO, UTC)."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: str | None = None

    def header(self, name: str) -> str:
        """The first value of a header, named in small letters; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The media type without parameters, in small letters; "" where none is told."""
        return self.header("content-type").partition(";")[0].strip().lower()
