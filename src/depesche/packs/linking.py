"""What linking weighs (`ontology/linking.toml`) and how a language words it (`linking.toml`, `titles.toml`)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.packs.files import DATA, read_toml


class CopyRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two texts are copies; lengths in words, shares in per cent."""

    seed: int
    proof: int
    share: int
    share_related: int
    whole: int
    least: int
    least_whole: int
    sample: int
    crowd: int
    furniture: int


class StoryRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two pages belong to one story; likeness in thousandths."""

    keep: int
    common: int
    rare: int
    fresh: int
    half: int
    least: int
    mean: int
    title: int
    window: int
    meant_least: int
    meant_share: int
    alike: int


class EntryRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two mentions are one event; points and days."""

    threshold: int
    mean: int
    within_page: int
    window: int
    moved_gap: int
    moved_length: int
    brief: int
    stay: int
    memory: int
    memory_lasting: int


class Scores(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points that each feature of a pair of mentions gives."""

    party: int
    party_near: int
    party_most: int
    party_clash: int
    context: int
    context_most: int
    roles_swapped: int
    mode: int
    mode_other: int
    place: int
    place_within: int
    place_country: int
    place_apart: int
    days_close: int
    days_week: int
    days_season: int
    days_year: int
    moved: int
    ongoing: int
    invitation: int
    news_near: int
    news_away: int
    news_far: int
    lemma: int
    lemma_group: int
    lemma_apart: int
    lemma_other: int
    words_most: int
    number: int
    same_words: int
    stance: int


class TypeSets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sets of types (and of modes, in `lasting`) that linking treats alike."""

    mutual: frozenset[str]
    ongoing: frozenset[str]
    territorial: frozenset[str]
    lasting: frozenset[str]
    spoken: frozenset[str]
    place_apart: frozenset[str]
    personal: frozenset[str]
    parts: frozenset[str]
    replies: frozenset[str]
    reactions: frozenset[str]
    provocations: frozenset[str]


class _Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `ontology/linking.toml`: what holds in every language."""

    copies: CopyRules
    stories: StoryRules
    entries: EntryRules
    thresholds: dict[str, int]
    scores: Scores
    types: TypeSets
    modes: dict[str, tuple[frozenset[str], ...]]
    regions: dict[str, frozenset[str]]


class _Stems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stems: tuple[str, ...]


class Examples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wordings that a rule must and must not meet."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


class Denial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that deny a claim in its own sentence."""

    words: frozenset[str]
    examples: Examples


class LinkWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words for linking. `groups` are beginnings of triggers that name one kind of act."""

    groups: dict[str, tuple[str, ...]]
    exclusive: dict[str, tuple[str, ...]]
    postponed: _Stems
    denial: Denial
    stop: _Stems


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates of a title for one who acts (`s`) and for several (`p`); the first that fits wins."""

    s: tuple[str, ...]
    p: tuple[str, ...]


class TitleRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"conjunction": "and"}):
    """How a language words the title of an entry."""

    conjunction: str
    most: int
    more: str
    status: dict[str, str]
    invitation: Wording
    aggregate: Wording
    titles: dict[str, Wording]
    names: dict[str, str]
    plural: frozenset[str]


class LinkRules(_Ontology, frozen=True):
    """All that linking knows: the weights of every language, and the words, titles and country names of one."""

    words: LinkWords
    titles: TitleRules
    countries: frozenset[str]

    def threshold(self, type_: str) -> int:
        """Points at which two mentions of the type are one event."""
        return self.thresholds.get(type_, self.entries.threshold)


def load_linking(language: str = "de", root: Path = DATA) -> LinkRules:
    """The weights, the language's words and titles, and the names of countries."""
    weights = read_toml(root / "ontology" / "linking.toml", _Ontology)
    return LinkRules(
        copies=weights.copies,
        stories=weights.stories,
        entries=weights.entries,
        thresholds=weights.thresholds,
        scores=weights.scores,
        types=weights.types,
        modes=weights.modes,
        regions={name.casefold(): isos for name, isos in weights.regions.items()},
        words=read_toml(root / "languages" / language / "linking.toml", LinkWords),
        titles=read_toml(root / "languages" / language / "titles.toml", TitleRules),
        countries=_country_names(root / "parties" / "countries.tsv"),
    )


def _country_names(path: Path) -> frozenset[str]:
    """Every name of a country in lower case: a place so named is no place in the country but the whole of it."""
    lines = [line for line in path.read_text("utf-8").split("\n") if line.strip() and not line.startswith("#")]
    columns = lines[0].split("\t")
    if not {"name", "forms"} <= set(columns):
        raise PackError(f"{path.name}: the header should name the columns name and forms")
    rows = (dict(zip(columns, line.split("\t"), strict=False)) for line in lines[1:])
    names = (name for row in rows for name in [row.get("name", ""), *row.get("forms", "").split(";")])
    return frozenset(name.strip().casefold() for name in names if name.strip())
