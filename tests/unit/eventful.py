"""Long articles that tell an event in almost every line, made by chance; for tests, and for what times them."""

from __future__ import annotations

import random

NAMES = ("Olaf Scholz", "Emmanuel Macron", "Wladimir Putin", "Xi Jinping", "Giorgia Meloni", "Polen", "die Türkei")
ACTS = (
    "{0} traf am {day}. Mai in Rom {1}.",
    "{0} kritisierte {1} am {day}. April 2024 scharf.",
    "Nach dem Treffen mit {1} lobte {0} den Besuch.",
    "{0} sagte, {1} habe {2} am Montag angegriffen.",
    "{0} will {1} am {day}. Juli 2025 besuchen.",
    "Den Vorschlag von {0}, der {1} besuchen will, lehnte {2} ab.",
    "Darüber sprach später niemand mehr in der Stadt.",
)


def eventful(lines: int, seed: int) -> list[str]:
    """So many sentences; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [chance.choice(ACTS).format(*chance.sample(NAMES, 3), day=chance.randint(1, 28)) for _ in range(lines)]
