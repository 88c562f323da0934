"""Which songs may be learned from."""

from __future__ import annotations

from pathlib import Path

from lib.dataset import Dataset, count_learnable, learnable, read_dataset


def marked(tables: Path, **splits: str) -> Dataset:
    """Return the tables of four windows of three songs, with other splits."""
    dataset = read_dataset(tables)
    tracks = dataset.tracks.copy()
    for track, split in splits.items():
        tracks.loc[track, "split"] = split
    return Dataset(dataset.folder, tracks, dataset.features)


def test_songs_count_once_however_long_they_are(tables: Path) -> None:
    assert count_learnable(marked(tables)) == {"blues": 1, "jazz": 2}


def test_neither_test_songs_nor_excluded_ones_are_learned_from(tables: Path) -> None:
    dataset = marked(tables, a="excluded", c="test")
    assert learnable(dataset).tolist() == [1, 2]
    assert count_learnable(dataset) == {"blues": 0, "jazz": 1}
