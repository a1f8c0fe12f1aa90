import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from kinnect_app.ingest.files import files_under, passed_over, read_file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.parquet", b""),
        ("cut.parquet", b"PAR1" + b"x" * 100),
        ("cut.json", b'[{"a": 1}, {"a"'),
        ("empty.json", b""),
        ("binary.json", b"\xff\xfe\x00"),
        ("deep.json", b"[" * 200_000),
        ("text.json", b'"hello"'),
        ("rows.json", b'{"rows": [{"a": 1}]}'),
        ("numbers.json", b"[1, 2]"),
        ("none.json", b'{"data": []}'),
        ("cut.json.gz", gzip.compress(b'[{"a": 1}]', mtime=0)[:-12]),
        ("not.json.gz", b"no gzip at all"),
        ("ragged.csv", b"a,b\n1,2,3\n"),
        ("empty.csv", b""),
        ("other.xlsx", b"PK"),
    ],
)
def test_what_cannot_be_read_is_said_to_be_unreadable(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    given = read_file(path)
    assert given.frame is None
    assert given.fault
    assert given.remedy


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    assert read_file(tmp_path / "gone.json").frame is None


def test_the_kinds_that_are_read_give_the_same_rows(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, None], "b": ["x", "y"]})
    frame.write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.json").write_text(json.dumps(frame.to_dicts()))
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(json.dumps(frame.to_dicts()).encode()))
    for name in ("a.parquet", "a.json", "a.json.gz"):
        given = read_file(tmp_path / name).frame
        assert given is not None
        assert given.equals(frame)


def test_values_of_mixed_kinds_are_kept_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "mixed.json"
    path.write_text('[{"a": 1, "b": 1}, {"a": "x"}, {"a": null, "b": 0.5}, {"a": [2]}]')
    huge = tmp_path / "huge.json"
    huge.write_text('[{"a": 0.5}, {"a": 1' + "0" * 400 + "}]")
    text = read_file(huge).frame
    assert text is not None
    assert text["a"].cast(pl.Float64).to_list() == [0.5, float("inf")]
    given = read_file(path).frame
    assert given is not None
    assert given["a"].to_list() == ["1", "x", None, "[2]"]
    assert given["b"].to_list() == [1.0, None, 0.5, None]


def test_a_folder_gives_its_files_by_name_and_says_what_it_passes_over(tmp_path: Path) -> None:
    for name in ("b.json", "a.parquet", "README.md"):
        (tmp_path / name).touch()
    assert [file.name for file in files_under(tmp_path)] == ["a.parquet", "b.json"]
    assert passed_over(tmp_path) == ("README.md",)
