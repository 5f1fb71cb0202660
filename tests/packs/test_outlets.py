from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from depesche.errors import PackError
from depesche.packs.outlets import load_outlets

OUTLETS = load_outlets()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.spiegel.de/ausland/x-1.html", "DER SPIEGEL"),
        ("https://sport.orf.at/stories/1", "ORF"),
        ("zeit.de/politik", "DIE ZEIT"),
        ("http://WWW.FAZ.NET./aktuell", "Frankfurter Allgemeine Zeitung"),
    ],
)
def test_host_names_the_outlet(url: str, name: str) -> None:
    found = OUTLETS.by_url(url)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("url", [None, "", "https://unknown.example/", "notspiegel.de", "http://[", "de"])
def test_other_hosts_name_none(url: str | None) -> None:
    assert OUTLETS.by_url(url) is None


def test_house_groups_outlets() -> None:
    one, other = OUTLETS.by_url("https://web.de"), OUTLETS.by_url("https://www.gmx.net")
    assert one is not None
    assert other is not None
    assert one.name != other.name
    assert one.house == other.house


@pytest.mark.parametrize(
    ("mark", "agency"),
    [
        ("dpa", "dpa"),
        ("dpa/lby", "dpa"),
        ("APA/dpa", "APA"),
        ("dpa-AFX", "dpa"),
        ("© AFP", "AFP"),
        ("Keystone-SDA", "Keystone-SDA"),
        ("REUTERS", "Reuters"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("Anna", None),
        ("", None),
        ("wie immer", None),
    ],
)
def test_mark_names_the_agency(mark: str, agency: str | None) -> None:
    assert OUTLETS.agency_of(mark) == agency


def test_there_are_enough_german_outlets_and_their_clocks_exist() -> None:
    outlets = list({id(outlet): outlet for outlet in OUTLETS.hosts.values()}.values())
    assert sum(outlet.language == "de" for outlet in outlets) >= 60
    assert all(ZoneInfo(outlet.zone) for outlet in outlets)
    assert all(host == host.lower() and not host.startswith("www.") for host in OUTLETS.hosts)


def test_a_host_of_two_outlets_is_an_error(tmp_path: Path) -> None:
    row = '[[outlet]]\nname = "{}"\nhouse = "H"\nlanguage = "de"\nzone = "Europe/Berlin"\nhosts = ["a.example"]\n'
    (tmp_path / "x.toml").write_text(row.format("A") + row.format("B"), "utf-8")
    (tmp_path / "agencies.toml").write_text("agency = []\n", "utf-8")
    with pytest.raises(PackError, match=r"a\.example"):
        load_outlets(tmp_path)
