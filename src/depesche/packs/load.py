"""All knowledge in one value, each part loaded when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from depesche import __version__
from depesche.errors import PackError
from depesche.packs.attachments import AttachmentModel, load_attachments
from depesche.packs.clusters import Clusters, load_clusters
from depesche.packs.files import DATA, knowledge_digest
from depesche.packs.frames import Frames, load_frames
from depesche.packs.furniture import Furniture, load_furniture
from depesche.packs.grammar import Grammar, load_grammar
from depesche.packs.heads import Heads, load_heads
from depesche.packs.judges import Judges, load_judges
from depesche.packs.linking import LinkRules, load_linking
from depesche.packs.names import NameModel, load_name_model
from depesche.packs.ontology import Ontology, load_ontology
from depesche.packs.outlets import Outlets, load_outlets
from depesche.packs.parties import PartyBook
from depesche.packs.party_lists import load_parties
from depesche.packs.quotes import QuoteRules, load_quotes
from depesche.packs.status import StatusRules, load_status
from depesche.packs.tagger import Tagger, load_tagger
from depesche.packs.tense import TenseWords, load_tense
from depesche.packs.times import TimeRules, load_times
from depesche.packs.world import World, load_world

READ = "de"
"""The language whose events and quotations are read; others are cleaned, dated and linked."""


class Language:
    """What is known of one language."""

    def __init__(self, code: str, reads: bool) -> None:
        self.code = code
        self.reads = reads
        """Whether there are frames and grammar, so that events and quotations can be read."""

    @cached_property
    def tagger(self) -> Tagger:
        """Tags and lemmas."""
        return load_tagger(self.code)

    @cached_property
    def clusters(self) -> Clusters:
        """Clusters of words that are used alike."""
        return load_clusters(self.code)

    @cached_property
    def attachments(self) -> AttachmentModel:
        """The trained weights that attach words to each other."""
        return load_attachments(self.code)

    @cached_property
    def judges(self) -> Judges:
        """The trained weights that decide on parties, days and status of events."""
        return load_judges(self.code)

    @cached_property
    def furniture(self) -> Furniture:
        """What page furniture says in this language."""
        return load_furniture(self.code)

    @cached_property
    def times(self) -> TimeRules:
        """Rules for time expressions."""
        return load_times(self.code)

    @cached_property
    def grammar(self) -> Grammar:
        """Closed lists of grammar."""
        return load_grammar(self.code)

    @cached_property
    def tense(self) -> TenseWords:
        """What shows tense without tagging."""
        return load_tense(self.code)

    @cached_property
    def names(self) -> NameModel:
        """What finds names."""
        return load_name_model(self.code, clusters=self.clusters)

    @cached_property
    def quotes(self) -> QuoteRules:
        """Cues of quotations."""
        return load_quotes(self.code)

    @cached_property
    def status(self) -> StatusRules:
        """Words that make an event planned, cancelled, denied or hypothetical."""
        return load_status(self.code)

    @cached_property
    def frames(self) -> Frames:
        """Frames of events."""
        return load_frames(self.code)


class Packs:
    """All knowledge. `knowledge` is its digest: a reading made with another one is stale."""

    def __init__(self, root: Path = DATA) -> None:
        self.codes = tuple(sorted(path.parent.name for path in (root / "languages").glob("*/pack.toml")))
        self._languages = {code: Language(code, code == READ) for code in self.codes}
        self._foreign = Language(READ, reads=False)
        if READ not in self._languages:
            raise PackError(f"{root}: no folder languages/{READ} with a pack.toml")

    @cached_property
    def knowledge(self) -> str:
        """Digest of every data file."""
        return knowledge_digest()

    @property
    def version(self) -> str:
        """What every reason names: the package's version and the first letters of the knowledge's digest."""
        return f"{__version__}+{self.knowledge[:8]}"

    @property
    def german(self) -> Language:
        """The language that is read natively."""
        return self._languages[READ]

    def language(self, code: str) -> Language:
        """A language by its code; one without a folder is not read, German's times and tags stand in."""
        return self._languages.get(code, self._foreign)

    @cached_property
    def furniture(self) -> dict[str, Furniture]:
        """Furniture words of all languages, by code."""
        return {code: self._languages[code].furniture for code in self.codes}

    @cached_property
    def outlets(self) -> Outlets:
        """Hosts, houses and agencies."""
        return load_outlets()

    @cached_property
    def heads(self) -> Heads:
        """What the heads of HTML pages call things."""
        return load_heads()

    @cached_property
    def world(self) -> World:
        """Widely known dated events."""
        return load_world(book=self.parties)

    @cached_property
    def parties(self) -> PartyBook:
        """Countries, bodies, offices and who held them."""
        return load_parties()

    @cached_property
    def ontology(self) -> Ontology:
        """Types, modes and families of events."""
        return load_ontology()

    @cached_property
    def linking(self) -> LinkRules:
        """Weights and thresholds of linking."""
        return load_linking(READ)


def load_packs(root: Path = DATA) -> Packs:
    """All knowledge under a folder; parts load when first used and raise PackError if they are wrong."""
    return Packs(root)
