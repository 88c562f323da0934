"""A song of each genre for the gallery, as long as there is one that can be heard."""

from __future__ import annotations

from pathlib import Path

from lib.dataset import examples, read_dataset


def test_one_song_of_each_genre(made: tuple[Path, Path]) -> None:
    songs, target = made
    (songs / "blues" / "0.wav").unlink()
    (songs / "jazz" / "0.wav").write_text("no sound any more")
    for path in (songs / "metal").iterdir():
        path.unlink()
    steps: list[float | None] = []
    found = examples(read_dataset(target), progress=lambda _, fraction: steps.append(fraction))
    assert [(genre, title) for genre, title, _ in found] == [
        ("blues", "Song 1"),
        ("jazz", "Song 1"),
    ]
    assert found[0][2].chroma.shape[0] == 12
    assert abs(found[0][2].times[-1] - 3.5) < 0.1
    assert steps == [0, 1 / 3, 2 / 3]


def test_a_long_song_only_where_there_is_no_other(made: tuple[Path, Path]) -> None:
    dataset = read_dataset(made[1])
    dataset.tracks.loc[["blues/0.wav", "blues/1.flac"], "seconds"] = 3_600.0
    titles = {genre: title for genre, title, _ in examples(dataset)}
    assert titles == {"blues": "Song 2", "jazz": "0", "metal": "0"}
