"""What people come for, done in a real browser on the example pages."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect
from served import Served


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


def test_a_filter_lives_in_the_address(page: Page) -> None:
    page.goto("/chronicle")
    everything = page.locator("article.row").count()
    page.get_by_label("Stand", exact=True).select_option("planned")
    page.get_by_label("Beteiligt").fill("Kasachstan")
    page.get_by_role("button", name="Eingrenzen").click()
    expect(page).to_have_url(re.compile(r"/chronicle\?party=Kasachstan&status=planned$"))
    page.wait_for_load_state()
    narrowed = page.locator("article.row").count()
    assert narrowed < everything
    page.reload()
    assert page.locator("article.row").count() == narrowed
    page.get_by_role("list", name="Eingegrenzt auf").get_by_role("link", name="Stand").click()
    expect(page).to_have_url(re.compile(r"/chronicle\?party=Kasachstan$"))


def test_a_bar_of_the_strip_zooms(page: Page) -> None:
    page.goto("/chronicle")
    page.locator("svg.picture a").nth(1).click()
    expect(page).to_have_url(re.compile(r"from=\d{4}-\d\d-01&to=\d{4}-\d\d-\d\d"))
    page.wait_for_load_state()
    assert page.locator("article.row").count() > 0
    page.get_by_text("Zeiträume als Liste").or_(page.get_by_text("Eingegrenzt auf")).first.wait_for(state="attached")


def test_leafing_forth_and_back(page: Page) -> None:
    page.goto("/chronicle")
    first = page.locator("article.row a").first.inner_text()
    page.get_by_role("link", name="Spätere").click()
    expect(page).to_have_url(re.compile("after="))
    expect(page.locator("article.row a").first).not_to_have_text(first)
    page.get_by_role("link", name="Frühere").click()
    expect(page.locator("article.row a").first).to_have_text(first)


def test_the_language_stays_chosen(page: Page) -> None:
    page.goto("/chronicle?status=planned")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chronicle")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Stories").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stories")


def test_search_marks_the_words_and_narrows(page: Page) -> None:
    page.goto("/chronicle")
    page.keyboard.press("/")
    page.keyboard.type("staatsbesuch")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?text=staatsbesuch$"))
    expect(page.locator("blockquote.hit mark").first).to_have_text(re.compile("staatsbesuch", re.IGNORECASE))
    page.get_by_role("complementary").get_by_role("link", name="geschehen").click()
    expect(page).to_have_url(re.compile(r"/search\?text=staatsbesuch&status=occurred$"))


def test_from_a_dossier_to_a_pair(page: Page) -> None:
    page.goto("/parties?name=Krivec")
    page.get_by_role("link", name="Tomaž Krivec").first.click()
    expect(page.get_by_role("heading", name="Ämter und Schreibweisen")).to_be_visible()
    page.get_by_role("link", name=re.compile("als Paar: .*Etcheverry")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tomaž Krivec – Ramiro Etcheverry")
    rows = page.locator("article.row")
    expect(rows.first).to_be_visible()
    for who in ("Krivec", "Etcheverry"):
        expect(rows.first.locator(".who")).to_contain_text(who)


def test_what_somebody_said_and_where_it_is_printed(page: Page) -> None:
    page.goto("/quotes")
    page.get_by_label("Wer", exact=True).fill("Krivec")
    page.get_by_role("button", name="Finden").click()
    expect(page).to_have_url(re.compile(r"speaker=Krivec$"))
    quote = page.locator("article.quote").first
    words = quote.locator("blockquote").inner_text().strip("„“»« ")
    quote.locator("p.soft a").first.click()
    expect(page.locator("mark:target")).to_be_visible()
    assert words.split(" […] ")[0][:20] in page.locator(".text").inner_text().replace("\n", " ")


def test_what_was_planned_moves_with_the_day(page: Page) -> None:
    page.goto("/upcoming?day=2025-05-10")
    expect(page.get_by_role("link", name=re.compile("Etcheverry besucht Ljubljana"))).to_be_visible()
    page.get_by_label("Gesehen vom").fill("2025-06-30")
    page.get_by_role("button", name="Ansehen").click()
    expect(page).to_have_url(re.compile(r"day=2025-06-30"))
    expect(page.get_by_role("link", name=re.compile("Etcheverry besucht Ljubljana"))).to_have_count(0)


def test_the_briefing_tells_what_changed(page: Page) -> None:
    page.goto("/briefing?day=2025-05-06")
    changed = page.get_by_role("region", name="Anders als zuvor")
    expect(changed.get_by_role("link", name=re.compile("Etcheverry besucht Ljubljana"))).to_be_visible()
    expect(changed.locator(".before")).to_contain_text("14.–15. Mai 2025")
    page.get_by_role("link", name="Spätere").click()
    expect(page).not_to_have_url(re.compile("2025-05-06"))


def test_layers_are_switched_and_stay_in_the_address(page: Page) -> None:
    page.goto("/pages")
    page.get_by_role("link", name="Krivec empfängt Etcheverry mit militärischen Ehren").click()
    mark = page.locator("mark.times").first
    expect(mark).to_have_attribute("title", re.compile(r"\d{4}"))
    page.wait_for_load_state()
    shadow = "getComputedStyle(document.querySelector('mark.times')).boxShadow"
    assert page.evaluate(shadow) != "none"
    page.get_by_label(re.compile("Zeiten")).uncheck()
    assert page.evaluate(shadow) == "none"
    page.reload()
    assert page.evaluate(shadow) == "none"


def test_dropped_lines_unfold_with_their_reasons(page: Page) -> None:
    page.goto("/pages")
    page.get_by_role("link", name="Krivec empfängt Etcheverry mit militärischen Ehren").click()
    page.get_by_text("weggelassene Zeilen").click()
    row = page.locator("#dropped tbody tr").first
    expect(row).to_be_visible()
    expect(row.locator("code")).to_have_text(re.compile(r"^[a-z]+\.[a-z-]+"))


def test_a_copy_shows_what_it_changed(page: Page, site: Served) -> None:
    stories = [one["id"] for one in site.json("/api/v1/stories")["stories"]]
    told = (site.json(f"/api/v1/stories/{id}") for id in stories)
    page.goto(f"/story/{next(one['id'] for one in told if any(page['copy_of'] for page in one['pages']))}")
    expect(page.get_by_text("hat den Text einer anderen Seite").first).to_be_visible()
    page.locator("li", has_text="hat den Text einer anderen Seite").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Seiten mit demselben Text")).to_be_visible()
    page.get_by_text(re.compile("Stellen? nur (hier|dort)")).first.click()
    expect(page.locator("ul.changes li").first).to_be_visible()


def test_from_the_world_to_a_country(page: Page) -> None:
    page.goto("/world")
    expect(page.locator(".figure svg").last).to_be_visible()
    page.locator("table").get_by_role("link", name="Slowenien").click()
    expect(page).to_have_url(re.compile(r"/chronicle\?country=SVN$"))
    expect(page.get_by_role("list", name="Eingegrenzt auf")).to_contain_text("Slowenien")


def test_keys_lead_from_row_to_row(page: Page) -> None:
    page.goto("/chronicle")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("article.row h4 a").nth(1)
    expect(second).to_be_focused()
    title = second.inner_text()
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_without_javascript_everything_is_there(browser: Browser, site: Served) -> None:
    context = browser.new_context(base_url=site.url, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    page.goto("/chronicle")
    page.get_by_label("Text", exact=True).fill("Gipfel")
    page.get_by_role("button", name="Eingrenzen").click()
    expect(page.get_by_role("status")).to_contain_text("Eintr")
    page.locator("article.row a").first.click()
    page.locator("a.evidence").first.click()
    expect(page.locator("mark:target")).to_be_visible()
    box = page.get_by_label(re.compile("Ereignisse"))
    expect(box).to_be_checked()
    box.uncheck()
    expect(box).not_to_be_checked()
    context.close()
