"""How often a song keeps its genre when its sound is changed: ``make robustness SONGS=folder``.

Each song is heard as it is and changed in each way of `~tests.bench.changes`, by the same code as
any song; what was heard is kept, so that the same command goes on where it was stopped.  Then the
recipes of the models learn over folds that keep artists apart, and say the genre of the songs that
they have not learned from, as they are and changed; the shipped models do beside them, which have
learned from some.  Writes ``docs/robustness.json`` and prints a table.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.backbone import ACTIVATION_NAMES, load_backbone
from lib.dataset import hear_song, preprocess, read_dataset
from lib.dataset.activation_table import ACTIVATIONS, read_activations
from lib.dataset.layout import read_layout
from lib.dataset.store import open_store
from lib.dataset.tables import FEATURES, TRACKS, Row, read_tracks
from lib.features import FEATURE_NAMES
from lib.files import write_text
from lib.judgement import Rows, Scorer, folds_by, refuse_leaks, song_means, wilson_interval
from lib.model import MODELS_FOLDER, load_model
from lib.progress import silent
from lib.training import RecipeLearner, TrainingConfig, recipe_of
from tests.bench.changes import CHANGES, hear_changed

ROOT = Path(__file__).resolve().parents[2]
NAMES = (*FEATURE_NAMES, *ACTIVATION_NAMES)
AS_IT_IS = "as it is"
MOVED = 5  # features that are told of each change
RECIPES = ("ear", "mlp85", "mlp85 treble-free")

Called = dict[str, str]
"""The genre that each track is called."""


@dataclass(frozen=True)
class Kept:
    """What a change does to the answers.

    Parameters
    ----------
    songs, kept : int
        How many there are, and how many of them keep the genre that they are called.
    before, after : float
        Accuracy on the songs as they are, and changed.
    """

    songs: int
    kept: int
    before: float
    after: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them."""
        share = self.kept / self.songs
        interval = wilson_interval(self.kept, self.songs)
        return {"songs": self.songs, "kept": self.kept, "share": round(share, 4),
                "interval": [round(end, 4) for end in interval],
                "before": round(self.before, 4), "after": round(self.after, 4)}  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Hear, judge, write the figures."""
    arguments = parse(argv)
    load_backbone()  # without it all else would be in vain, and it says what to do
    known: Mapping[str, Row] = read_tracks(arguments.tracks)[1] if arguments.tracks else {}
    heard = {}
    for name in (AS_IT_IS, *arguments.changes):
        folder = arguments.work / re.sub(r"\W+", "-", name)
        if not arguments.judge:
            hear(arguments.songs, folder, name, workers=arguments.workers)
        heard[name] = rows_in(folder, known)
        print(f"{name}: {len(set(heard[name].track))} songs heard", flush=True)
    table = arguments.tracks.with_name(FEATURES) if arguments.tracks else None
    found = {}
    for asked in arguments.recipes:
        config = recipe_of(*asked.split())
        learned = heard[AS_IT_IS]
        if config.needs_keras and table is not None and table.is_file():
            learned = Rows.of(read_dataset(table.parent))  # as many songs as there are
        found[asked] = over_folds(config, learned, heard, folds=arguments.folds)
        if (shipped := arguments.models / asked).is_dir():
            found[f"{asked} as shipped"] = by_shipped(shipped, heard)
        write(found, moved(heard), arguments.docs / "robustness.json")
    print(tabulated(found))
    return 0


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", type=Path, help="a folder of songs: GENRE/song.flac")
    parser.add_argument(
        "--tracks",
        type=Path,
        help=f"{TRACKS} of a data set of these songs, which tells their artists (else their tags "
        f"do); mlp85 learns from all songs of the {FEATURES} beside it",
    )
    parser.add_argument("--changes", nargs="*", choices=CHANGES, default=list(CHANGES))
    parser.add_argument("--judge", action="store_true", help="only judge what has been heard")
    parser.add_argument(
        "--recipes", nargs="*", default=RECIPES, help="a network, and a recipe if not its usual one"
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--models", type=Path, default=MODELS_FOLDER)
    parser.add_argument("--work", type=Path, default=ROOT / "data" / "robustness")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    parser.add_argument("--workers", type=int, help="processes that hear (default: one per core)")
    return parser.parse_args(argv)


def hear(songs: Path, folder: Path, name: str, *, workers: int | None) -> None:
    """Hear all songs, changed as the name says, into a data set of its own."""
    job = partial(hear_song, by_backbone=True)
    if name != AS_IT_IS:
        job = partial(hear_changed, change=name)
    preprocess(songs, folder, workers=workers, hear=job)
    cut_off = set(read_dataset(folder).track) - read_activations(folder / ACTIVATIONS).keys()
    if cut_off:  # a kill cost them what the backbone had heard, not yet written
        with open_store(folder.resolve(), source=songs.resolve()) as store:
            found = read_layout(songs.resolve()).songs
            store.forget(song.relative for song in found if song.track in cut_off)
        preprocess(songs, folder, workers=workers, hear=job)


def rows_in(folder: Path, known: Mapping[str, Row]) -> Rows:
    """Read what was heard: the features and, beside them, what the backbone heard.

    Songs that lack the one are left out; `hear` makes up for it.
    """
    dataset, found = read_dataset(folder), read_activations(folder / ACTIVATIONS)
    rows = Rows.of(dataset)
    rows = rows.of_songs(found)
    windows = {track: iter(heard.X) for track, heard in found.items()}
    X = [np.append(x, next(windows[t])) for t, x in zip(rows.track, rows.X, strict=True)]
    told = [known.get(track, {}) for track in rows.track]
    artists = [row.get("artist", a) for row, a in zip(told, rows.artist, strict=True)]
    return replace(
        rows,
        X=np.array(X),
        artist=np.array(artists, dtype=object),
        split=np.array([row.get("split", "") for row in told], dtype=object),
    )


def over_folds(
    config: TrainingConfig, learned: Rows, heard: Mapping[str, Rows], *, folds: int
) -> dict[str, Kept]:
    """Let a recipe learn over folds by artist, and compare what it calls the songs left out."""
    labels = sorted(set(learned.genre))
    learned = columns(learned, config.feature_names)
    called: dict[str, Called] = {name: {} for name in heard}
    divided = folds_by("artist", learned, folds=folds, seed=config.seed, lone_artists=True)
    for fold in divided:
        refuse_leaks(learned, fold.training, fold.judged, by_artist=True)
        scorer = RecipeLearner(config).learn(
            learned.at(fold.training), labels=labels, progress=silent
        )
        judged = set(learned.track[fold.judged])
        for name, rows in heard.items():
            some = columns(rows.of_songs(judged), config.feature_names)
            called[name] |= call(scorer, some, labels)
    return compared(called, heard[AS_IT_IS])


def by_shipped(folder: Path, heard: Mapping[str, Rows]) -> dict[str, Kept]:
    """Compare what a model that is there calls all songs."""
    model = load_model(folder)

    def scorer(X: NDArray[np.float64]) -> NDArray[np.float64]:
        return model.ballots(model.probabilities(X))

    called = {
        name: call(scorer, columns(rows, model.feature_names), model.labels)
        for name, rows in heard.items()
    }
    return compared(called, heard[AS_IT_IS])


def columns(rows: Rows, names: Iterable[str]) -> Rows:
    """Return the rows with these of the features alone."""
    return replace(rows, X=rows.X[:, [NAMES.index(name) for name in names]])


def call(scorer: Scorer, rows: Rows, labels: Sequence[str]) -> Called:
    """Say the genre of each song, by all its windows together."""
    if not len(rows):
        return {}
    first, means = song_means(rows.track, scorer(rows.X))
    return dict(
        zip(rows.track[first], (labels[best] for best in means.argmax(axis=1)), strict=True)
    )


def compared(called: Mapping[str, Called], songs: Rows) -> dict[str, Kept]:
    """Compare what the songs are called with what they are called as they are."""
    truth = dict(zip(songs.track, songs.genre, strict=True))
    plain = called[AS_IT_IS]
    found = {}
    for name in called.keys() - {AS_IT_IS}:
        both = sorted(plain.keys() & called[name].keys())
        before = np.mean([plain[track] == truth[track] for track in both])
        after = np.mean([called[name][track] == truth[track] for track in both])
        kept = sum(plain[track] == called[name][track] for track in both)
        found[name] = Kept(len(both), kept, float(before), float(after))
    return {name: found[name] for name in called if name in found}


def moved(heard: Mapping[str, Rows]) -> dict[str, dict[str, float]]:
    """Tell of each change which features it moves most: by how many deviations of the songs'."""
    plain = _of_songs(heard[AS_IT_IS])
    deviation = np.std(list(plain.values()), axis=0)
    found = {}
    for name, rows in heard.items():
        changed = _of_songs(rows)
        steps = [changed[track] - plain[track] for track in changed.keys() & plain.keys()]
        mean = np.mean(steps, axis=0) / np.where(deviation > 0, deviation, np.inf)
        most = np.argsort(-np.abs(mean))[:MOVED]
        found[name] = {FEATURE_NAMES[i]: round(float(mean[i]), 2) for i in most}
    return {name: found[name] for name in found if name != AS_IT_IS}


def _of_songs(rows: Rows) -> dict[str, NDArray[np.float64]]:
    """Return the features of each song, the mean over its windows."""
    first, means = song_means(rows.track, columns(rows, FEATURE_NAMES).X)
    return dict(zip(rows.track[first], means, strict=True))


def write(
    found: Mapping[str, Mapping[str, Kept]], moves: Mapping[str, Mapping[str, float]], path: Path
) -> None:
    """Write the figures."""
    told = {
        judge: {change: kept.to_dict() for change, kept in changes.items()}
        for judge, changes in found.items()
    }
    write_text(path, json.dumps({"kept": told, "moved": moves}, indent=2) + "\n")


def tabulated(found: Mapping[str, Mapping[str, Kept]]) -> str:
    """Return the shares of songs that keep their genre, a line a change, a column a judge."""
    lines = [f"| changed to | {' | '.join(found)} |", "| --- |" + " --- |" * len(found)]
    for change in next(iter(found.values()), {}):
        shares = [f"{judged[change].kept / judged[change].songs:.0%}" for judged in found.values()]
        lines.append(f"| {change} | {' | '.join(shares)} |")
    return "\n".join(lines).replace("%", " %")


if __name__ == "__main__":
    sys.exit(main())
