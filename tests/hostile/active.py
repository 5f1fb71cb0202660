"""Finds in HTML what a browser would run, fetch or follow elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, document_fromstring

OUR_SCRIPT = "/static/script.js"
"""The one script of the served pages."""

ACTIVE = frozenset((
    "script", "iframe", "frame", "object", "embed", "applet", "base", "form", "input", "button", "textarea", "select",
    "meta", "link", "style", "audio", "video", "source", "track", "img", "image", "picture", "portal", "foreignobject",
    "animate", "set", "use",
))  # fmt: skip
OF_OUR_PAGES = frozenset(("form", "input", "button", "textarea", "select", "meta", "link", "style", "img", "source"))
ADDRESSES = frozenset(("href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset"))
_SAFE = re.compile(r"https?://|mailto:|[/#?]|\.{0,2}/|[\w.-]+$", re.IGNORECASE)
_FROM_HERE = re.compile(r"/(?!/)[\w./?=&%;,:+#-]*$|data:image/(?:svg\+xml|png)[,;]")


def acts(html: str, *, ours: bool = False) -> Iterator[str]:
    """What acts in a page, in words; `ours`: it is served, so that forms and the one script of ours may be in it."""
    if not html.strip():
        return
    for element in document_fromstring(html).iter():
        if isinstance(element.tag, str):
            yield from _of_element(element, ours)


def _of_element(element: HtmlElement, ours: bool) -> Iterator[str]:
    tag, told = element.tag.lower(), f"<{element.tag} {dict(element.attrib)}>"[:200]
    for name, value in element.attrib.items():
        bare = "".join(ch for ch in value if ch > " ").lower()
        runs = name.lower().startswith("on") or name.lower() == "srcdoc"
        refreshes = name.lower() == "http-equiv" and bare != "content-security-policy"
        if runs or refreshes or (name.lower() in ADDRESSES and not _SAFE.match(bare)):
            yield told
    if tag == "script":
        if not (ours and element.get("src") == OUR_SCRIPT and not (element.text or "").strip()):
            yield told
    elif tag in ACTIVE and not (tag in OF_OUR_PAGES and _is_plain(element)):
        yield told


def _is_plain(element: HtmlElement) -> bool:
    """Whether a form, picture, style or the like leads nowhere else."""
    addresses = [value for name, value in element.attrib.items() if name.lower() in ADDRESSES]
    return all(_FROM_HERE.match(value) for value in addresses) and "url(" not in (element.text or "")
