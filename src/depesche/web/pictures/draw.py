"""Draws a Vega-Lite specification as SVG that can stand in a page under a strict policy."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Spec: TypeAlias = Mapping[str, Json]

KEPT = 512
"""Pictures that are kept."""

SVG = "{http://www.w3.org/2000/svg}"

LEADS = "leads to "
"""Begins the description of a mark that is to be a link. Links of the library's own take ten times as long to draw."""

_DROPPED = ("style", "role", "class", "cursor", "pointer-events", "aria-roledescription", "aria-label", "aria-hidden")
_TAIL = re.compile(r"(\.\d)\d+")

CONFIG: Spec = {
    "background": "transparent",
    "view": {"stroke": None},
    "font": "sans-serif",
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 11,
        "titleFontSize": 11,
    },
    "legend": {"labelColor": "var(--ink)", "titleColor": "var(--soft)"},
    "text": {"color": "var(--ink)", "fontSize": 12},
}


def here(path: str) -> str:
    """The description of a mark that leads to an address on the site."""
    return LEADS + path


def draw(spec: Spec) -> str:
    """The picture as an SVG element without script, style or foreign address; "" without the extra `charts`."""
    return _drawn(json.dumps({**spec, "config": CONFIG}, sort_keys=True, ensure_ascii=False))


@lru_cache(KEPT)
def _drawn(spec: str) -> str:
    try:
        import vl_convert  # slow to load, and an extra of its own
    except ImportError:
        return ""
    # No base address is allowed: a specification carries its data, and nothing is fetched.
    return _clean(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _clean(svg: str) -> str:
    tree = etree.fromstring(
        svg.encode(), etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    )
    for element in list(tree.iter(f"{SVG}*")):
        path = element.get("aria-label", "").removeprefix(LEADS)
        leads = path != element.get("aria-label", "") and path.startswith("/") and not path.startswith("//")
        for name in _DROPPED:
            if name in element.attrib:
                del element.attrib[name]
        if element.tag == f"{SVG}path" and element.get("d"):
            element.set("d", _TAIL.sub(r"\1", element.get("d", "")))
        if leads:
            _lead(element, path)
    tree.set("class", "picture")
    tree.set("aria-hidden", "true")
    tree.set("focusable", "false")
    etree.cleanup_namespaces(tree)
    return str(etree.tostring(tree, encoding="unicode"))


def _lead(element: etree._Element, path: str) -> None:
    """Makes the element a link; the keyboard reaches the same by the list beside the picture."""
    parent = element.getparent()
    if parent is not None:
        link = etree.Element(f"{SVG}a", {"href": path, "tabindex": "-1"})
        parent.replace(element, link)
        link.append(element)
