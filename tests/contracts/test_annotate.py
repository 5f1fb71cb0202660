"""`depesche annotate`: a filter whose lines other programs rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from built import depesche, records

TEXT = (
    " Der finnische Präsident Alexander Stubb traf am Montag in Oslo Ministerpräsident Jonas Gahr Støre. "
    "„Wir stehen zusammen“, sagte Stubb. Nach Angaben der Polizei wurden 12 Menschen bei einem Unfall verletzt. "
)
LAYERS = ["times", "parties", "quotes", "events"]
EVENT = [
    "id", "type", "mode", "evidence", "trigger", "actors", "recipients", "place", "time", "time_text", "start", "end",
    "precision", "status", "attribution", "numbers", "reasons",
]  # fmt: skip


def _line(**fields: Any) -> str:
    return json.dumps({"doc": "d", "text": TEXT, "published": "2024-03-13"} | fields) + "\n"


def _only(**fields: Any) -> dict[str, Any]:
    (record,) = records(depesche("annotate", input=_line(**fields)).stdout)
    return record


def test_all_layers_with_all_fields() -> None:
    record = _only()
    assert list(record) == ["doc", "text", *LAYERS]
    assert record["text"] == TEXT
    assert list(record["times"][0]) == ["start", "end", "type", "value", "mod", "earliest", "latest", "precision"]
    assert list(record["parties"][0]) == ["start", "end", "kind", "name", "country", "id"]
    assert list(record["quotes"][0]) == [
        "type", "quote", "speaker", "speaker_name", "cue", "addressee", "frame", "medium", "nested",
    ]  # fmt: skip
    assert all(list(event) == EVENT for event in record["events"])


def test_every_span_is_verbatim() -> None:
    record = _only()
    meeting = next(event for event in record["events"] if event["type"] == "CONSULT")
    assert TEXT[slice(*meeting["trigger"])] == "traf"
    for party in meeting["actors"] + meeting["recipients"]:
        assert list(party) == ["span", "text", "name", "country", "kind"]
        assert TEXT[slice(*party["span"])] == party["text"]
    assert {party["country"] for party in meeting["actors"] + meeting["recipients"]} == {"FIN", "NOR"}
    assert TEXT[slice(*meeting["time"])] == meeting["time_text"]
    assert (meeting["start"], meeting["end"]) == ("2024-03-11", "2024-03-11")
    assert meeting["place"]["country"] == "NOR"
    assert TEXT[slice(*meeting["place"]["span"])] == meeting["place"]["text"]
    for quote in record["quotes"]:
        assert all(TEXT[start:end].strip() for start, end in quote["quote"])


def test_a_layer_not_asked_for_is_absent_and_one_found_empty_is_an_empty_list() -> None:
    done = depesche("annotate", "--layers", "quotes, times", input=_line(text="Es regnet."))
    (record,) = records(done.stdout)
    assert record == {"doc": "d", "text": "Es regnet.", "times": [], "quotes": []}


@pytest.mark.parametrize("text", ["", "  \n ", "a\u2028b\u2029c\x85d", "\x00\x1b[31m", "„" * 30])
def test_a_text_is_given_back_as_it_came(text: str) -> None:
    assert _only(text=text)["text"] == text


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    line = '{"doc": "\\ud801", "text": "Stubb \\ud800 reiste am 3. Mai 2021 nach Oslo."}\n'
    done = depesche("annotate", input=line)
    (record,) = records(done.stdout)
    assert done.exit_code == 0
    assert record["text"] == "Stubb \ufffd reiste am 3. Mai 2021 nach Oslo."
    assert record["text"][record["times"][0]["start"] :].startswith("3. Mai 2021")


def test_bad_lines_have_their_place_and_the_others_are_read() -> None:
    lines = [
        "{broken",
        "[1, 2]",
        '{"doc": "no text"}',
        '{"text": "no doc"}',
        '{"doc": "day", "text": "x", "published": "2024-5-1"}',
        '{"doc": "days", "text": "x", "published_earliest": "2024-05-02", "published_latest": "2024-05-01"}',
        '{"doc": 7, "text": "x"}',
        '{"doc": "deep", "text": ' + "[" * 100_000,
        '{"doc": "good", "text": "x", "unknown": 1}',
    ]
    done = depesche("annotate", input="\n".join(lines))
    found = records(done.stdout)
    assert [one["doc"] for one in found] == [None, None, "no text", None, "day", "days", None, None, "good"]
    assert ["error" in one for one in found] == [True] * 8 + [False]
    assert all(list(one) == ["doc", "error"] for one in found[:8])
    assert done.exit_code == 3
    assert done.stderr.count("\n") == 8


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    done = depesche("annotate", input=b'{"doc": "a", "text": "\xff"}\n' + _line().encode())
    assert ["error" in one for one in records(done.stdout)] == [True, False]


def test_blank_lines_and_a_byte_order_mark_mean_nothing() -> None:
    done = depesche("annotate", input=b"\xef\xbb\xbf" + _line().encode() + b"\n \n" + _line().encode())
    assert [one["doc"] for one in records(done.stdout)] == ["d", "d"]
    assert done.exit_code == 0


def test_a_known_day_goes_before_a_range_and_a_range_before_nothing() -> None:
    text = "Am Montag regnete es."
    assert _only(text=text, published_earliest="2023-01-01")["times"][0]["earliest"] == "2024-03-11"
    ranged = _only(text=text, published=None, published_earliest="2024-03-01", published_latest="2024-03-20")
    (time,) = ranged["times"]
    assert time["earliest"] < "2024-03-04" < time["latest"] <= "2024-03-20"
    (time,) = _only(text=text, published=None)["times"]
    assert (time["value"], time["earliest"], time["latest"]) == ("XXXX-WXX-1", None, None)


def test_the_title_is_context_and_is_not_annotated() -> None:
    record = _only(text="Es regnet.", title="Finnland verhängt am Montag Sanktionen gegen Russland")
    assert record["times"] == record["events"] == record["parties"] == []


def test_a_file_may_be_named_and_equal_input_gives_equal_bytes(tmp_path: Any) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(_line() * 2, "utf-8")
    one, other = depesche("annotate", path), depesche("annotate", "-", input=_line() * 2)
    assert one.stdout_bytes == other.stdout_bytes
    first, second = one.stdout.splitlines()
    assert first == second


def test_an_unknown_layer_is_wrong_use() -> None:
    done = depesche("annotate", "--layers", "times,moods", input="")
    assert done.exit_code == 2
    assert "moods" in done.stderr and "parties" in done.stderr
