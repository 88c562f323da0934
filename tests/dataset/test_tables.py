"""Tables: every way in which one can be wrong is told, with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lib.dataset.reading import read_dataset
from lib.dataset.tables import read_failed, read_features, read_tracks, write_features, write_rows
from lib.errors import DatasetError
from lib.features import FEATURE_NAMES


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a,blues", "b,blues", r"line 3 \(track 'b'\): this track stands there twice"),
        ("a,blues", ",blues", r"line 2 .*column track is empty"),
        ("a,blues", "a,  ", r"line 2 \(track 'a'\): the column genre is empty; name one"),
        ("120.5", "fast", r"\(track 'a'\), column tempo_true: 'fast' is no number"),
        ("120.5", "nan", r"column tempo_true: 'nan' is no number"),
        ("b,jazz", "b,jazz,jazz", r"line 3 \(track 'b'\): 8 cells under 7 columns"),
        ("b,jazz", "b", r"6 cells under 7 columns"),
        ("track,genre", "track,style", "there is no column 'genre'"),
        ("artist,title", "artist,artist", "the column 'artist' stands twice"),
        ("track,", "track;", "there is no column 'track'"),
        ("a,blues,", 'a,blues,"', "3 cells under 7 columns"),
        ("c,jazz", "x,jazz", r"features.csv: the track 'c' is not in .*tracks.csv"),
    ],
)
def test_a_bad_tracks_table(tables: Path, old: str, new: str, message: str) -> None:
    replace(tables / "tracks.csv", old, new)
    with pytest.raises(DatasetError, match=message):
        read_dataset(tables)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("abc", "'abc' is no number; correct it, or run 00_preprocess.py again"),
        ("nan", "'nan' is no number"),
        ("inf", "'inf' is no number"),
        ("", "'' is no number"),
    ],
)
def test_a_bad_feature(tables: Path, cell: str, message: str) -> None:
    path = tables / "features.csv"
    lines = path.read_text().splitlines()
    cells = lines[2].split(",")
    cells[5] = cell
    path.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]))
    with pytest.raises(
        DatasetError, match=rf"line 3 \(track 'b'\), column mfcc_mean_05: {message}"
    ):
        read_dataset(tables)


def test_a_feature_that_is_missing(tables: Path) -> None:
    replace(tables / "features.csv", "chroma_mean_C#", "chroma_mean_Db")
    with pytest.raises(DatasetError, match=r"features\.csv: there is no column 'chroma_mean_C#'"):
        read_dataset(tables)


@pytest.mark.parametrize("name", ["tracks.csv", "features.csv"])
def test_a_table_that_is_missing(tables: Path, name: str) -> None:
    (tables / name).unlink()
    with pytest.raises(DatasetError, match=f"{name}: there is no such table; make it by 00_pre"):
        read_dataset(tables)


def test_an_empty_table(tables: Path) -> None:
    (tables / "tracks.csv").write_bytes(b"")
    with pytest.raises(DatasetError, match="there is no column 'track'"):
        read_dataset(tables)


def test_a_table_in_another_encoding(tables: Path) -> None:
    (tables / "tracks.csv").write_bytes("track,genre\na,Bossa nóva\n".encode("latin-1"))
    with pytest.raises(DatasetError, match=r"it is not UTF-8 .*save it as CSV UTF-8"):
        read_dataset(tables)


def test_a_folder_in_place_of_a_table(tables: Path) -> None:
    (tables / "tracks.csv").unlink()
    (tables / "tracks.csv").mkdir()
    with pytest.raises(DatasetError, match=r"tracks.csv: it can't be read as a table"):
        read_dataset(tables)


def test_semicolons_are_recognised(tables: Path) -> None:
    (tables / "tracks.csv").write_text("track;genre\na;blues\n")
    with pytest.raises(DatasetError, match="to be separated by commas"):
        read_tracks(tables / "tracks.csv")


def test_what_a_spreadsheet_adds_is_understood(tables: Path) -> None:
    text = "\ufefftrack,genre,mood\r\na, blues ,calm\r\n\r\nb,jazz,\r\n"
    (tables / "tracks.csv").write_text(text, encoding="utf-8", newline="")
    columns, rows = read_tracks(tables / "tracks.csv")
    assert columns[-1] == "mood"
    assert rows["a"]["genre"] == "blues"
    assert rows["a"]["mood"] == "calm"
    assert rows["b"]["artist"] == ""


def test_features_in_another_order(tables: Path) -> None:
    tracks, values = read_features(tables / "features.csv")
    path = tables / "turned.csv"
    lines = (line.split(",") for line in (tables / "features.csv").read_text().splitlines())
    path.write_text("\n".join(",".join(reversed(cells)) for cells in lines))
    turned_tracks, turned = read_features(path)
    assert turned_tracks == tracks
    assert np.array_equal(turned, values)


def test_texts_come_back_as_they_were(tmp_path: Path) -> None:
    texts = ["=1+1", "'=1", "a,b", 'say "so"', "two\nlines", "NA", "", " x ", "😀", "-5", "'tis"]
    rows = [{"audio": text, "reason": text[::-1]} for text in texts]
    write_rows(tmp_path / "failed.csv", ("audio", "reason"), rows)
    assert read_failed(tmp_path / "failed.csv") == rows
    assert b"\n=1" not in (tmp_path / "failed.csv").read_bytes()


def test_no_failed_table_means_no_failure(tmp_path: Path) -> None:
    assert read_failed(tmp_path / "failed.csv") == []


def test_features_come_back_as_they_were(tmp_path: Path) -> None:
    values = np.random.default_rng(0).normal(size=(3, len(FEATURE_NAMES))).astype(np.float32)
    rows = zip(["=a", "=a", "b"], values.astype(np.float64), strict=True)
    write_features(tmp_path / "features.csv", rows)
    tracks, read = read_features(tmp_path / "features.csv")
    assert tracks == ["=a", "=a", "b"]
    assert np.array_equal(read.astype(np.float32), values)


def test_an_empty_features_table_has_no_rows(tmp_path: Path) -> None:
    write_features(tmp_path / "features.csv", [])
    tracks, values = read_features(tmp_path / "features.csv")
    assert tracks == []
    assert values.shape == (0, 85)
