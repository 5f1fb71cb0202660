"""People decide: signing in, confirming by key, rejecting and taking back. Each on a store of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from served import TOKEN, Served, serving


@pytest.fixture(scope="module")
def own(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    copy = tmp_path_factory.mktemp("deciding") / "own.db"
    shutil.copy(store, copy)
    with serving(copy, token=TOKEN) as served:
        yield served


@pytest.fixture
def context(own: Served, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=own.url, locale="de-DE")
    made.set_default_timeout(15_000)  # a decision links the pile anew
    yield made
    made.close()


def _sign_in(page: Page) -> None:
    page.goto("/review")
    page.get_by_role("main").get_by_role("link", name="Zum Entscheiden anmelden").click()
    page.get_by_label("Kennwort").fill(TOKEN)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(re.compile(r"/review$"))


def test_a_wrong_token_lets_nobody_in(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/signin")
    page.get_by_label("Kennwort").fill("nonsense-nonsense")
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Das ist nicht erlaubt")
    page.goto("/review")
    assert page.locator("form[action='/decide']").count() == 0


def test_confirmed_by_key_and_taken_back(context: BrowserContext) -> None:
    page = context.new_page()
    _sign_in(page)
    page.goto("/review?kind=day")
    titles = page.locator(".doubt h2 a")
    before, first = titles.count(), titles.first.get_attribute("href")
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(titles).to_have_count(before - 1)
    assert first not in [one.get_attribute("href") for one in titles.all()]
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_have_count(0)
    page.goto("/review?kind=day")
    expect(titles).to_have_count(before)


def test_rejected_it_is_gone_and_comes_back(context: BrowserContext) -> None:
    page = context.new_page()
    _sign_in(page)
    page.goto("/chronicle?text=Staatsbesuch")
    page.locator("article.row a").first.click()
    expect(page).to_have_url(re.compile(r"/entry/"))
    address = page.url
    page.get_by_text("Entscheiden", exact=True).click()
    page.get_by_label("Wer entscheidet").fill("Prüferin")
    page.get_by_label("Warum").fill("nur ein Beispiel")
    page.get_by_role("button", name="Verwerfen").click()
    decided = page.get_by_role("region", name="Was entschieden wurde")
    expect(decided).to_contain_text("Prüferin")
    expect(decided).to_contain_text("nur ein Beispiel")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    page.goto("/review")
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_role("button", name="Zurücknehmen")).to_have_count(0)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200


def test_who_signed_out_decides_no_more(context: BrowserContext) -> None:
    page = context.new_page()
    _sign_in(page)
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile(r"/chronicle$"))
    page.goto("/review?kind=day")
    assert page.locator("form[action='/decide']").count() == 0
