"""What people come for, done in a real browser on the example pages."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_from_the_chronicle_to_the_sentence_on_the_page(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Ramiro Etcheverry besucht Ljubljana", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ramiro Etcheverry besucht Ljubljana")
    evidence = page.locator("a.evidence").first
    words = evidence.inner_text()
    evidence.click()
    expect(page).to_have_url(re.compile(r"/page/\w+#c\d+$"))
    target = page.locator("mark:target")
    expect(target).to_be_visible()
    told = page.locator(".text").inner_text()
    at = told.index(target.inner_text())
    assert told[at:].startswith(words)
