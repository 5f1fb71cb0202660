"""A real browser on a store of the example pages. Chromium comes from the system; CI installs it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "unit"))

from built import depesche
from served import TOKEN, Served, serving

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "pages"
expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "examples.db"
    assert depesche("--quiet", "build", EXAMPLES, "--store", path).exit_code == 0
    return path


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[Served]:
    with serving(store, token=TOKEN) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("DEPESCHE_NEEDS_BROWSER"):
            pytest.fail("no Chromium is installed")
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def context(site: Served, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site.url, locale="de-DE")
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, site: Served) -> Iterator[Page]:
    """A tab; the test fails if a script or the policy complains, or if anything but the site is asked."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda one: None if one.url.startswith(site.url) else complaints.append(one.url))
    yield opened
    assert complaints == []
