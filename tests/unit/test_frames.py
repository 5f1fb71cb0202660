"""Look-up of frames, and the complaints about wrong ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from depesche.errors import PackError
from depesche.packs.files import DATA
from depesche.packs.frames import Frames, load_frames, phrase_key

FRAME = """
type = "{type}"
[[frame]]
id = "{id}"
{keys}
yes = [
    {{ text = "Paris mahnt Rom.", trigger = "mahnt", actors = ["Paris"]{example} }},
    {{ text = "Wien mahnt Bern.", trigger = "mahnt" }},
]
no = ["Der Regen fällt."]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "ontology").mkdir()
    shutil.copy(DATA / "ontology" / "events.toml", tmp_path / "ontology" / "events.toml")
    folder = tmp_path / "languages" / "xx"
    (folder / "events").mkdir(parents=True)
    for name in ("frames.toml", "judgements.tsv"):
        shutil.copy(DATA / "languages" / "de" / name, folder / name)
    return tmp_path


def load(root: Path, keys: str, type: str = "REQUEST", id: str = "request.mahnen", example: str = "") -> Frames:
    text = FRAME.format(type=type, id=id, keys=keys, example=example)
    (root / "languages" / "xx" / "events" / f"{type}.toml").write_text(text, "utf-8")
    return load_frames("xx", root)


def ids(found: tuple[tuple[str, object], ...]) -> list[str]:
    return [f"{type} {frame.id}" for type, frame in found]  # type: ignore[attr-defined]


def test_verbs_are_found_by_lemma(root: Path) -> None:
    frames = load(root, 'verbs = ["mahnen", "abschließen"]')
    assert ids(frames.for_verb("mahnen")) == ["REQUEST request.mahnen"]
    assert ids(frames.for_verb("abschliessen")) == ["REQUEST request.mahnen"]
    assert frames.for_verb("ermahnen") == ()


@pytest.mark.parametrize("lemma", ["Ruf", "Hilferuf", "Hilfe-Ruf"])
def test_nouns_match_the_end_of_a_compound(root: Path, lemma: str) -> None:
    assert ids(load(root, 'nouns = ["Ruf"]').for_noun(lemma)) == ["REQUEST request.mahnen"]


@pytest.mark.parametrize("lemma", ["Anruf", "Beruf", "Rufer", "Weckruf"])
def test_particles_and_listed_words_make_no_compound(root: Path, lemma: str) -> None:
    assert load(root, 'nouns = ["Ruf"]\nnot_compounds = ["Weckruf"]').for_noun(lemma) == ()


def test_compounds_can_be_switched_off(root: Path) -> None:
    frames = load(root, 'nouns = ["Ruf"]\ncompounds = false')
    assert frames.for_noun("Hilferuf") == ()
    assert len(frames.for_noun("Ruf")) == 1


def test_the_longest_noun_wins(root: Path) -> None:
    load(root, 'nouns = ["Konferenz"]')
    frames = load(root, 'nouns = ["Videokonferenz"]', type="CONSULT", id="consult.video")
    assert ids(frames.for_noun("Sondervideokonferenz")) == ["CONSULT consult.video"]
    assert ids(frames.for_noun("Geberkonferenz")) == ["REQUEST request.mahnen"]


def test_old_spelling_and_cut_endings_are_met(root: Path) -> None:
    frames = load(root, 'nouns = ["Prozess", "Attacke", "Terrorakt"]')
    assert all(frames.for_noun(lemma) for lemma in ("Prozeß", "Attack", "Terrorakte"))


def test_phrases_need_their_preposition(root: Path) -> None:
    frames = load(root, 'phrases = ["in Kraft setzen", "Kritik üben"]')
    assert len(frames.for_phrase("setzen", "Kraft", "in")) == 1
    assert frames.for_phrase("setzen", "Kraft") == ()
    assert len(frames.for_phrase("üben", "Selbstkritik")) == 1


def test_copulas_keep_their_nouns_to_themselves(root: Path) -> None:
    frames = load(root, 'copula = "werden"\nnouns = ["Minister"]', type="OFFICE", id="office.become")
    assert len(frames.for_copula("werden", "Außenminister")) == 1
    assert frames.for_copula("sein", "Außenminister") == ()
    assert frames.for_noun("Außenminister") == ()


def test_phrase_of_one_word_is_refused() -> None:
    with pytest.raises(ValueError, match="preposition"):
        phrase_key("üben")


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ('verbs = ["mahnen"]\nmode = "visit"', "mode 'visit'"),
        ('verbs = ["mahnen"]\nstatus = "perhaps"', "status 'perhaps'"),
        ('verbs = ["mahnen"]\nactors = ["subject"]', "actors: 'subject'"),
        ('verbs = ["mahnen"]\nneeds = ["obj|obl:qua"]', "needs: 'obl:qua'"),
        ('nouns = ["Ruf"]\nnoun_actors = ["obl:von"]', "noun_actors: 'obl:von'"),
        ('phrases = ["qua Amt mahnen"]', "'qua' is no preposition"),
        ('phrases = ["mahnen"]', "phrases: 'mahnen'"),
        ('mode = "change"', "no verbs, nouns or phrases"),
        ('verbs = ["mahnen"]\nverb = "mahnen"', "unknown field"),
    ],
)
def test_wrong_keys_are_named(root: Path, keys: str, complaint: str) -> None:
    with pytest.raises(PackError, match=r"REQUEST\.toml") as caught:
        load(root, keys)
    assert complaint in str(caught.value)


def test_unknown_types_are_named(root: Path) -> None:
    with pytest.raises(PackError, match="type 'GOSSIP' is not one of AGREE"):
        load(root, 'verbs = ["mahnen"]', type="GOSSIP", id="gossip.mahnen")


def test_ids_begin_with_their_type(root: Path) -> None:
    with pytest.raises(PackError, match="id should begin with"):
        load(root, 'verbs = ["mahnen"]', id="accuse.mahnen")


def test_ids_are_unique(root: Path) -> None:
    load(root, 'verbs = ["mahnen"]')
    path = root / "languages" / "xx" / "events" / "REQUEST.toml"
    text = path.read_text("utf-8")
    path.write_text(text + text[text.index("[[frame]]") :], "utf-8")
    with pytest.raises(PackError, match=r"stands in REQUEST\.toml already"):
        load_frames("xx", root)


def test_examples_must_hold_what_they_name(root: Path) -> None:
    with pytest.raises(PackError, match="'Berlin' does not stand in"):
        load(root, 'verbs = ["mahnen"]', example=', recipients = ["Berlin"]')


def test_a_language_without_frames_is_refused(root: Path) -> None:
    with pytest.raises(PackError, match="no frames"):
        load_frames("xx", root)
