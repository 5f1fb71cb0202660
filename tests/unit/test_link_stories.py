from __future__ import annotations

from link_pages import RULES, days

from depesche.link.stories import StoryText, find_stories
from depesche.model.days import Days

STRIKE = "Die Lokführer der Alpenbahn streiken für höhere Löhne, die Gewerkschaft Schiene fordert neun Prozent."
STRIKE_AGAIN = (
    "Im Streit um Löhne hat die Gewerkschaft Schiene der Lokführer bei der Alpenbahn neue Streiks beschlossen."
)
FLOOD = "Das Hochwasser der Drau hat in Villach Keller geflutet, die Feuerwehr pumpt und stapelt Sandsäcke."
FLOOD_AGAIN = "Nach dem Hochwasser an der Drau räumt Villach auf; Feuerwehr und Heer tragen Sandsäcke fort."
FILLERS = [
    "Der Chor probt ein Oratorium.",
    "Ein Museum zeigt Uhren aus Holz.",
    "Schüler bauen eine Sternwarte.",
    "Die Ernte der Marillen beginnt früh.",
    "Ein Wirt verkauft sein Gasthaus.",
]


def texts(shift: int = 0) -> list[StoryText]:
    told = [("s1", STRIKE, 1), ("s2", STRIKE_AGAIN, 3), ("f1", FLOOD, 2), ("f2", FLOOD_AGAIN, 5)]
    pile = [StoryText(id_, text.split(",")[0], text, days(f"2030-05-{day:02}")) for id_, text, day in told]
    return pile + [StoryText(f"x{i}", "", text, Days()) for i, text in enumerate(FILLERS)]


def test_follow_ups_join_and_others_stay_alone() -> None:
    found = {story.pages for story in find_stories(texts(), RULES.stories)}
    assert ("s1", "s2") in found
    assert ("f1", "f2") in found
    assert ("x0",) in found


def test_every_page_is_in_one_story() -> None:
    pages = [page for story in find_stories(texts(), RULES.stories) for page in story.pages]
    assert sorted(pages) == sorted(text.id for text in texts())


def test_years_between_pages_part_them() -> None:
    late = [
        StoryText(text.id, text.title, text.text, days("2049-05-01") if text.id == "s2" else text.days)
        for text in texts()
    ]
    assert ("s1", "s2") not in {story.pages for story in find_stories(late, RULES.stories)}


def test_order_leaves_no_trace() -> None:
    assert find_stories(texts(), RULES.stories) == find_stories(texts()[::-1], RULES.stories)


def test_no_pages_no_stories() -> None:
    assert find_stories([], RULES.stories) == ()
