"""`depesche explain`: the evidence for a page's day, what became of it, and the lines that tell facts."""

from __future__ import annotations

from pathlib import Path

from built import PAGES, depesche, records

BODY = (
    "Der Rat der Stadt Lindenau hat am Dienstag über die neue Brücke am Fluss gesprochen. Die Mitglieder sprachen "
    "lange über die Kosten des Baus.\n"
    "Die Bürgermeisterin sagte, der Bau solle im Herbst beginnen. Eine Mehrheit stimmte nach langer Beratung dafür.\n"
    "Ein Sprecher der Opposition nannte den Plan zu teuer, weil die Stadt schon jetzt viele Schulden habe.\n"
)


def _explained(folder: Path, text: str, *words: str) -> dict[str, object]:
    (folder / "a.txt").write_text(text, "utf-8")
    done = depesche("explain", folder / "a.txt", "--format", "jsonl", *words)
    assert (done.exit_code, done.stderr) == (0, "")
    (record,) = records(done.stdout)
    return record


def test_every_piece_of_evidence_has_its_weight_days_line_and_verdict() -> None:
    (record,) = records(depesche("explain", PAGES / "abendblatt.txt", "--format", "jsonl").stdout)
    assert list(record) == [
        "doc", "published", "published_earliest", "published_latest", "grounds", "candidates", "told"
    ]  # fmt: skip
    first = record["candidates"][0]
    assert (first["verdict"], first["kind"], first["words"], first["line"]) == ("used", "header", "12.03.2024", 2)
    assert first["days"] == [["2024-03-12", "2024-03-12"]]
    assert first["weight"] > max(one["weight"] for one in record["candidates"][1:])
    assert "12.03.2024" in record["grounds"][1]
    lines = (PAGES / "abendblatt.txt").read_text("utf-8").split("\n")
    placed = [one for one in record["candidates"] if one["line"] is not None]
    assert all(one["words"] in lines[one["line"]] for one in placed) and len(placed) > 1


def test_the_day_is_that_of_extract() -> None:
    fields = ("doc", "published", "published_earliest", "published_latest")
    told = [[one[field] for field in fields] for one in records(depesche("extract", PAGES).stdout)]
    explained = records(depesche("explain", PAGES, "--format", "jsonl").stdout)
    assert [[one[field] for field in fields] for one in explained] == told


def test_a_date_among_furniture_is_ruled_out_with_its_line(tmp_path: Path) -> None:
    text = f"Stadtrat berät über die Brücke\n{BODY}Mehr zum Thema\n03.02.2021 Brücke gesperrt\n"
    record = _explained(tmp_path, text)
    (ruled_out,) = [one for one in record["candidates"] if one["words"] == "03.02.2021"]
    assert (ruled_out["verdict"], ruled_out["line"], ruled_out["weight"]) == ("furniture", 5, 0)
    assert "dropped" in ruled_out["why"]
    assert record["published"] is None


def test_what_contradicts_the_day_is_overruled_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"published": "2024-03-12", "url": "https://x.example/2023/01/05/a"}')
    record = _explained(tmp_path, f"Stadtrat berät über die Brücke\n{BODY}")
    (address,) = [one for one in record["candidates"] if one["kind"] == "address"]
    assert address["verdict"] == "overruled"
    assert "2024-03-12" in address["why"] and "8000" in address["why"]
    assert record["published"] == "2024-03-12"


def test_text_is_not_needed_beside_a_told_day_and_says_whether_it_agrees(tmp_path: Path) -> None:
    for day, agrees in (("2024-03-12", True), ("2024-03-16", False)):
        (tmp_path / "a.meta.json").write_text(f'{{"published": "{day}"}}')
        record = _explained(tmp_path, f"Stadtrat berät über die Brücke\n{BODY}")
        (weekday,) = [one for one in record["candidates"] if one["kind"] == "weekday"]
        assert weekday["verdict"] == "not needed"
        assert weekday["why"].endswith("this agrees with it") is agrees


def test_a_range_says_what_limits_it_and_nothing_says_so(tmp_path: Path) -> None:
    record = _explained(tmp_path, BODY.replace("Dienstag", "3. März 2024"), "--not-after", "2024-05-20")
    assert record["published"] is None
    assert any("2024-05-20" in ground and "last day" in ground for ground in record["grounds"])
    plain = BODY.replace(" am Dienstag", "").replace(" im Herbst", "")
    assert _explained(tmp_path, plain)["grounds"] == ["Nothing on the page tells when it was published."]


def test_title_author_and_agency_name_the_line_that_tells_them(tmp_path: Path) -> None:
    text = f"Stadtrat berät über die Brücke\nVon Grete Holm\nLindenau (dpa) - {BODY}"
    told = {one["field"]: one for one in _explained(tmp_path, text)["told"]}
    assert [(told[field]["value"], told[field]["line"]) for field in ("title", "author", "agency")] == [
        ("Stadtrat berät über die Brücke", 0),
        ("Grete Holm", 1),
        ("dpa", 2),
    ]
    (tmp_path / "a.meta.json").write_text('{"outlet": "Der Lindenauer"}')
    told = {one["field"]: one for one in _explained(tmp_path, text)["told"]}
    assert (told["outlet"]["where"], told["outlet"]["line"]) == ("head", None)


def test_lines_tell_of_each_line_whether_it_is_kept_and_by_which_rule(tmp_path: Path) -> None:
    text = f"Stadtrat berät über die Brücke\n\n{BODY}\nMehr zum Thema\n"
    lines = _explained(tmp_path, text, "--lines")["lines"]
    assert [one["line"] for one in lines] == [0, 2, 3, 4, 6]
    assert [one["kept"] for one in lines] == [True, True, True, True, False]
    assert all(one["reason"] and one["role"] for one in lines)
    assert lines[0]["text"] == "Stadtrat berät über die Brücke"


def test_the_table_counts_lines_from_one_and_obeys_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Stadtrat \x1b[31mberät über die Brücke am Fluss\n12.03.2024\n{BODY}", "utf-8")
    done = depesche("explain", tmp_path / "a.txt", "--lines", COLUMNS="160")
    assert done.exit_code == 0
    assert "published: 2024-03-12" in done.stdout
    (row,) = [line for line in done.stdout.split("\n") if "●" in line and "header" in line]
    assert row.split()[-2:] == ["2", "used"]
    assert "\x1b" not in done.stdout


def test_a_page_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n")
    (tmp_path / "b.txt").write_text("Haus\n")
    done = depesche("explain", tmp_path, "--format", "jsonl")
    assert done.exit_code == 3
    assert [list(one) for one in records(done.stdout)] == [["doc", "error"]] * 2
    assert "not read: " in depesche("explain", tmp_path).stdout
