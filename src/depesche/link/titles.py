"""The title of an entry, worded from its parts."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from depesche.link.fields import Fields
from depesche.model.reading import PartyKind
from depesche.packs.linking import TitleRules, Wording


def word_title(fields: Fields, kind: str, rules: TitleRules) -> str:
    """The first template all of whose parts are known; `kind` is "event", "invitation" or "count"."""
    told = [part for part in fields.participants if not part.participant.judged]  # a title is no place for guesses
    leading = [part for part in told if part.participant.name in fields.leading]
    acting = [part.participant for part in leading if part.role == "actor"]
    actors = [party.name for party in acting]
    recipients = [part.participant.name for part in leading if part.role == "recipient"]
    parts = {
        "a": _list(actors, rules),
        "r": _list(recipients, rules),
        "all": ", ".join([*actors, *recipients][: rules.most + 1]),
        "place": fields.place.name if fields.place and not fields.place.assumed else "",
    }
    wording = _wording(fields, kind, rules)
    several = len(actors) > 1 or any(name in rules.plural for name in actors)
    templates = (wording.p if several else wording.s) if wording else ()
    if any(party.kind == PartyKind.GROUP for party in acting):  # a group's name does not tell its number
        templates = tuple(template for template in templates if not template.startswith("{a} "))
    bare = rules.names.get(f"{fields.type}-{fields.mode}") or rules.names.get(fields.type, fields.type)
    title = next((_fill(template, parts) for template in templates if _known(template, parts)), bare)
    return rules.status.get(fields.status, "") + title


def _wording(fields: Fields, kind: str, rules: TitleRules) -> Wording | None:
    if kind == "invitation":
        return rules.invitation
    if kind == "count":
        return rules.aggregate
    return rules.titles.get(f"{fields.type}-{fields.mode}") or rules.titles.get(fields.type)


def _known(template: str, parts: dict[str, str]) -> bool:
    return all(parts.get(name) for _, name, _, _ in Formatter().parse(template) if name)


def _fill(template: str, parts: dict[str, str]) -> str:
    """The parts in their places; names are data and never read as templates."""
    return "".join(text + (parts[name] if name else "") for text, name, _, _ in Formatter().parse(template))


def _list(names: Sequence[str], rules: TitleRules) -> str:
    if len(names) > rules.most:
        return ", ".join(names[: rules.most]) + rules.more
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + rules.conjunction + names[-1]
