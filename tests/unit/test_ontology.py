"""Types of event: families, codes, scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from depesche.errors import PackError
from depesche.packs.ontology import load_ontology

ONTOLOGY = load_ontology()


def test_the_types_are_those_of_plover_and_two_more() -> None:
    assert len(ONTOLOGY.types) == 18
    assert [name for name, kind in ONTOLOGY.types.items() if kind.plover is None] == ["OFFICE", "INCIDENT"]


@pytest.mark.parametrize(
    ("type", "mode", "family"),
    [
        ("CONSULT", "visit", "meeting"),
        ("AGREE", None, "deal"),
        ("SUPPORT", None, "support"),
        ("SUPPORT", "sign", "deal"),
        ("RETREAT", "resign", "office"),
        ("RETREAT", "withdraw", "retreat"),
    ],
)
def test_a_mode_may_belong_to_another_family(type: str, mode: str | None, family: str) -> None:
    assert ONTOLOGY.family(type, mode) == family


def test_a_planned_meeting_exports_as_an_agreement() -> None:
    assert ONTOLOGY.plover("CONSULT") == "CONSULT"
    assert ONTOLOGY.plover("CONSULT", planned=True) == "AGREE"
    assert ONTOLOGY.plover("RETREAT", planned=True) == "CONCEDE"
    assert ONTOLOGY.plover("ACCUSE", planned=True) == "ACCUSE"


def test_modes_have_their_own_scores_and_codes() -> None:
    assert (ONTOLOGY.score("CONSULT"), ONTOLOGY.score("CONSULT", "phone")) == (2.5, 1.5)
    assert (ONTOLOGY.score("REQUEST"), ONTOLOGY.score("REQUEST", "yield")) == (0.0, -1.0)
    assert (ONTOLOGY.cameo("COERCE"), ONTOLOGY.cameo("COERCE", "arrest")) == ("17", "173")
    assert ONTOLOGY.cameo("OFFICE", "election") is None


def test_scores_of_cooperation_and_conflict_have_their_sign() -> None:
    for name, kind in ONTOLOGY.types.items():
        assert kind.score >= 0 if "cooperation" in kind.quad else kind.score <= 0, name


def test_unknown_modes_are_not_known() -> None:
    assert ONTOLOGY.knows("CONSULT", "visit")
    assert not ONTOLOGY.knows("AGREE", "visit")
    assert not ONTOLOGY.knows("GOSSIP")


def test_planned_roots_must_exist(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    text = '[AGREE]\nsays = "x"\nfamily = "deal"\nneeds = []\nscore = 1.0\nquad = "none"\nplover_planned = "GOSSIP"\n'
    (tmp_path / "ontology" / "events.toml").write_text(text, "utf-8")
    with pytest.raises(PackError, match=r"AGREE\.plover_planned"):
        load_ontology(tmp_path)


def test_what_is_done_on_the_ground() -> None:
    there = ONTOLOGY.on_the_ground()
    assert {("ASSAULT", None), ("PROTEST", "demo"), ("SANCTION", "convict"), ("AID", "humanitarian")} <= there
    assert not there & {("SANCTION", None), ("COERCE", "cyber"), ("PROTEST", "boycott"), ("ACCUSE", None)}
