"""Every kind of page: nothing serious for axe-core, by day and night; nothing sticks out of a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from kinds import kinds
from playwright.sync_api import Browser, expect
from served import TOKEN, Served

GRAVE = ("serious", "critical")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave(browser: Browser, site: Served, scheme: str) -> None:
    context = browser.new_context(base_url=site.url, locale="de-DE", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/signin")
    page.get_by_label("Kennwort").fill(TOKEN)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(f"{site.url}/review")
    found: dict[str, list[str]] = {}
    for name, address in kinds(site).items():
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        results = Axe().run(page).response
        assert results["passes"], name
        grave = [one for one in results["violations"] if one["impact"] in GRAVE]
        if grave:
            found[name] = [
                f"{one['id']}: {node['target']} {node['html'][:120]}" for one in grave for node in one["nodes"][:3]
            ]
    context.close()
    assert found == {}


def test_nothing_sticks_out_of_a_phone(browser: Browser, site: Served) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wide = {}
    for name, address in kinds(site).items():
        page.goto(address)
        if over := page.evaluate(SIDEWAYS):
            wide[name] = over
    context.close()
    assert wide == {}
