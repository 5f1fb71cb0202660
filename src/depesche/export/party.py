"""A party for people and programs: `PARTY_EXPORTS[name](answer)`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from depesche.answers.party import PartyAnswer
from depesche.export.markdown import quoted
from depesche.export.plain import json_line, plain
from depesche.model.decisions import Decision, Merge
from depesche.model.parties import Role, Spelling


def party_table(answer: PartyAnswer) -> str:
    """The party in lines, for a terminal."""
    record = answer.record
    lines = [plain(record.name), f"  {plain(record.id)}", f"  {plain(_about(answer))}"]
    if record.spellings:
        lines += ["", "written"]
        lines += [f"  {plain(f'{one.text} ({_on(one.pages)}: {_docs(one)})')}" for one in record.spellings]
    if record.roles:
        lines += ["", "offices"]
        for role in record.roles:
            lines.append(f"  {plain(f'{_day(role)}: {role.office} ({role.country})')}")
            lines.append(f"    {plain(f'“{role.sentence}” — {role.doc}')}")
    if record.others:
        lines += ["", "also known as", *(f"  {plain(f'{id}: {why}')}" for id, why in record.others)]
    return "".join(f"{line}\n" for line in lines)


def party_markdown(answer: PartyAnswer) -> str:
    """The party as Markdown."""
    record = answer.record
    lines = [f"# {quoted(record.name)}", "", f"{quoted(record.id)}; {quoted(_about(answer))}"]
    if record.spellings:
        lines += ["", "## Written", ""]
        lines += [f"- {quoted(one.text)} ({_on(one.pages)}: {quoted(_docs(one))})" for one in record.spellings]
    if record.roles:
        lines += ["", "## Offices", ""]
        for role in record.roles:
            said = f"“{quoted(role.sentence)}” — {quoted(role.doc)}"
            lines.append(f"- {_day(role)}: {quoted(role.office)} ({role.country}): {said}")
    if record.others:
        lines += ["", "## Also known as", "", *(f"- {quoted(id)}: {quoted(why)}" for id, why in record.others)]
    return "".join(f"{line}\n" for line in lines)


def party_record(answer: PartyAnswer) -> str:
    """The party as a line of JSON."""
    record = answer.record
    return json_line(
        {
            "id": record.id,
            "name": record.name,
            "kind": record.kind.value,
            "country": record.country,
            "pages": record.pages,
            "entries": answer.entries,
            "spellings": [{"text": s.text, "pages": s.pages, "docs": list(s.docs)} for s in record.spellings],
            "offices": [_role(role) for role in record.roles],
            "others": [{"id": id, "why": why} for id, why in record.others],
        }
    )


def _role(role: Role) -> dict[str, object]:
    return {
        "office": role.office,
        "country": role.country,
        "earliest": role.earliest or None,
        "latest": role.latest or None,
        "doc": role.doc,
        "start": role.span.start,
        "end": role.span.end,
        "sentence": role.sentence,
    }


PARTY_EXPORTS: Mapping[str, Callable[[PartyAnswer], str]] = {
    "table": party_table,
    "md": party_markdown,
    "jsonl": party_record,
}


def decision_in_words(number: int, decision: Decision) -> str:
    """What was decided, in a line with its number."""
    if isinstance(decision, Merge):
        return f"{number}  merge  {plain(decision.other)} is {plain(decision.party)} ({plain(decision.name)})\n"
    where = f"where it is written {decision.spelling}" if decision.spelling else f"on {_on(len(decision.pages))}"
    return f"{number}  split  {plain(decision.party)} is {plain(decision.other)} {plain(where)}\n"


def decision_records(decisions: list[tuple[int, Decision]]) -> Iterator[str]:
    """A line of JSON for each decision."""
    for number, decision in decisions:
        told: dict[str, object] = {"number": number, "party": decision.party, "other": decision.other}
        if isinstance(decision, Merge):
            yield json_line({"kind": "merge", **told, "name": decision.name})
        else:
            pages = {"pages": list(decision.pages), "spelling": decision.spelling or None}
            yield json_line({"kind": "split", **told, "name": decision.name, **pages})


def _about(answer: PartyAnswer) -> str:
    record = answer.record
    entries = "1 entry" if answer.entries == 1 else f"{answer.entries} entries"
    return ", ".join(part for part in (record.kind.value, record.country, _on(record.pages), entries) if part)


def _docs(spelling: Spelling) -> str:
    return ", ".join(spelling.docs) + (", …" if spelling.pages > len(spelling.docs) else "")


def _on(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"


def _day(role: Role) -> str:
    """The days in which the page was published that tells the office."""
    if not role.earliest and not role.latest:
        return "undated"
    return role.earliest if role.earliest == role.latest else f"{role.earliest or '…'} to {role.latest or '…'}"
