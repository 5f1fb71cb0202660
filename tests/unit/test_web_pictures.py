"""Pictures: SVG that a strict policy lets stand, whatever the names in it, with links that stay on the site."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from depesche.answers.browse import Asked
from depesche.answers.catalogue import Party
from depesche.answers.dossier import Counterpart, Dossier, Tone
from depesche.answers.overview import Bucket, Facets, Strip, Unit
from depesche.answers.told import Turn
from depesche.answers.world import CountryLine, World
from depesche.model.days import Days
from depesche.model.linkage import Change
from depesche.model.reading import PartyKind, Status
from depesche.web.pictures.draw import draw, here
from depesche.web.pictures.globe import globe_picture
from depesche.web.pictures.life import life_picture
from depesche.web.pictures.strip import strip_picture
from depesche.web.pictures.ties import ties_picture
from depesche.web.pictures.tone import tone_picture
from depesche.web.tongue import tongue

HOSTILE = "</text><script>alert(1)</script>\x01\u202e javascript:alert(1)' : '"
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "g", "path", "text", "line", "a", "rect", "circle", "defs", "clipPath"}


def _checked(picture: str) -> etree._Element:
    tree = etree.fromstring(picture)
    assert {str(one.tag).removeprefix(SVG) for one in tree.iter()} <= ALLOWED
    for one in tree.iter():
        assert not {"style", "role"} & set(one.attrib)
        assert not [name for name in one.attrib if str(name).startswith("on")]
    assert all(link.get("href", "").startswith("/") for link in tree.iter(f"{SVG}a"))
    assert tree.get("aria-hidden") == "true"
    return tree


def _strip() -> Strip:
    months = [(date(2024, month, 1), date(2024, month, 28)) for month in (1, 2, 3)]
    return Strip(Unit.MONTH, tuple(Bucket(*days, {Status.OCCURRED: 2, Status.PLANNED: 1}) for days in months), 0)


def test_each_bar_of_the_strip_leads_to_its_period() -> None:
    tree = _checked(strip_picture(_strip(), Asked(text=HOSTILE), tongue("de")))
    links = [link.get("href", "") for link in tree.iter(f"{SVG}a")]
    assert len(links) == 3
    assert all("from=2024-0" in link and "&to=2024-0" in link for link in links)
    assert "<script" not in "".join(links)


def test_one_bar_is_no_picture() -> None:
    assert strip_picture(Strip(Unit.DAY, _strip().buckets[:1], 3), Asked(), tongue("de")) == ""


def test_hostile_names_stay_words() -> None:
    other = Counterpart(Party(HOSTILE, HOSTILE, PartyKind.PERSON), 3, 2, 1)
    nothing = Facets((), (), (), (), ())
    party = Party("person:x", HOSTILE, PartyKind.PERSON)
    dossier = Dossier(party, None, None, 3, 1, nothing, _strip(), Unit.MONTH, (), (other,), ())
    tree = _checked(ties_picture(dossier))
    assert any("<script>" in "".join(text.itertext()) for text in tree.iter(f"{SVG}text"))


def test_life_tone_and_globe_are_drawn() -> None:
    turns = [
        Turn(
            "p", HOSTILE, Change.ANNOUNCED, Status.PLANNED, Days(date(2024, 5, 1), None), "2024-04-01", None, None, None
        ),
        Turn("q", "b", Change.OCCURRED, Status.OCCURRED, Days(None, date(2024, 5, 9)), None, "2024-05-01", None, None),
        Turn("r", "c", Change.OCCURRED, Status.OCCURRED, Days(), None, None, None, None),
    ]
    _checked(life_picture(turns, tongue("de")))
    assert life_picture(turns[2:], tongue("de")) == ""
    tones = (Tone(date(2024, 1, 1), date(2024, 1, 31), 2, 1, 5), Tone(date(2024, 2, 1), date(2024, 2, 29), 0, 0, 0))
    _checked(tone_picture(tones, Unit.MONTH, tongue("en")))
    assert tone_picture(tones[1:], Unit.MONTH, tongue("en")) == ""
    world = World(Asked(), 4, 0, (CountryLine("CHN", 3, 1, 1), CountryLine("ZZZ", 1, 0, 0)), _strip())
    links = [link.get("href") for link in _checked(globe_picture(world)).iter(f"{SVG}a")]
    assert links == ["/chronicle?country=CHN"]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_link_that_leaves_the_site_is_none(target: str) -> None:
    encoding = {"description": {"field": "to"}, "x": {"field": "n", "type": "quantitative"}}
    tree = etree.fromstring(
        draw({"data": {"values": [{"n": 1, "to": here(target)}]}, "mark": "bar", "encoding": encoding})  # type: ignore[dict-item]
    )
    assert list(tree.iter(f"{SVG}a")) == []
