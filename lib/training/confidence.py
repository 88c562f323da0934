"""What makes a model's confidence mean something, found by songs that it did not learn from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lib.dataset import Dataset
from lib.errors import TrainingError
from lib.features import REPRESENTATIONS
from lib.judgement import (
    FoldScores,
    Judgement,
    Rows,
    fit_temperature,
    judge_songs,
    of_learned_genres,
    outlier_above,
    song_medians,
    unsure_below,
)
from lib.model import Confidence, Model, Scaler, Song, Songs, nearest, prepare, temper
from lib.training.config import TrainingConfig

_LARGEST = 6e4  # float16 ends at 65,504


def with_confidence(
    model: Model,
    dataset: Dataset,
    learned: NDArray[np.intp],
    held_out: Rows,
    P: NDArray[np.float64],
) -> Model:
    """Give a model the songs that it learned from, and a confidence fitted on those held out.

    Parameters
    ----------
    model : Model
        Without either.
    dataset : Dataset
        The table.
    learned : np.ndarray [shape=(k,)]
        Numbers of the rows that it learned from.
    held_out : Rows
        Songs that the network which judged them had not learned from.
    P : np.ndarray [shape=(n, genres)]
        What they were given by that network, or their ballots; a share of votes is not tempered.
    """
    tempers = model.verdict == "mean"
    temperature = fit_temperature(held_out, P, labels=model.labels) if tempers else 1.0
    tempered = temper(P, temperature)
    judged = judge_songs(held_out.track, held_out.genre, tempered, labels=model.labels)
    songs, limit = None, None
    # What is near in all frames one by one is only what is played at the same moment.
    if model.frames == 1:
        every = Rows.of(dataset)
        if not REPRESENTATIONS[model.hears].segments:
            every = replace(every, X=dataset.values(model.feature_names))
        rows = every.at(learned)
        songs = _songs(dataset, rows, np.clip(model.given(rows.X), -_LARGEST, _LARGEST))
        limit = outlier_above(rows, songs.Z.astype(np.float64))
    confidence = _confidence(judged, temperature, limit, "validation")
    return replace(model, songs=songs, confidence=confidence)


def confident_by_folds(
    model: Model, dataset: Dataset, scores: FoldScores, calibrated: Judgement
) -> Model:
    """Fit a model's confidence anew, on all songs of folds by artist.

    There are five times as many as those held out, and none is by an artist that the network which
    judged it knew.

    Parameters
    ----------
    model : Model
        As `with_confidence` left it.
    dataset : Dataset
        The table.
    scores : FoldScores
        Of the recipe that the model was made by, over folds by artist.
    calibrated : Judgement
        See `~lib.judgement.cross_fitted`; by this is chosen when to be unsure.

    Raises
    ------
    TrainingError
        If the model has no confidence yet.
    """
    if model.confidence is None:
        raise TrainingError(f"Model {model.name} has no confidence that could be fitted anew.")
    scores = of_learned_genres(Rows.of(dataset), scores, labels=model.labels)
    rows = Rows.of(dataset).at(scores.judged)
    temperature = fit_temperature(rows, scores.scores, labels=model.labels)
    limit = model.confidence.outlier_above
    return replace(model, confidence=_confidence(calibrated, temperature, limit, "artist_folds"))


def share_of_outliers(rows: Rows, scores: FoldScores, config: TrainingConfig) -> float:
    """Tell how many songs of folds would wrongly be called unlike all that was learned.

    In each fold songs, scaling and limit are those of its training side.

    Parameters
    ----------
    rows : Rows
        The table.
    scores : FoldScores
        Over folds by artist; says which rows each judged.
    config : TrainingConfig
        Which features the rows hold, and what the network is given of them.

    Returns
    -------
    float
        Of all songs judged, the share.
    """
    X, flags = prepare(config.inputs, rows.X, config.feature_names), []
    for fold in np.unique(scores.fold):
        judged, learned = scores.judged[scores.fold == fold], scores.judged[scores.fold != fold]
        Z = Scaler.fit(X[learned]).transform(X)
        limit = outlier_above(rows.at(learned), Z[learned])
        far = song_medians(rows.track[judged], nearest(Z[judged], Z[learned]))
        flags.append(far > (np.inf if limit is None else limit))
    return float(np.mean(np.concatenate(flags)))


def _confidence(
    judged: Judgement, temperature: float, limit: float | None, fitted_on: str
) -> Confidence:
    least = unsure_below(judged.certainty) if judged.certainty else 0.0
    return Confidence(temperature, least, limit, fitted_on, judged.n)


def _songs(dataset: Dataset, rows: Rows, Z: NDArray[np.float64]) -> Songs:
    number = {track: i for i, track in enumerate(dict.fromkeys(rows.track))}
    columns = dataset.tracks.loc[list(number), ["title", "artist", "genre"]].astype(str)
    return Songs(
        tuple(Song(track, *row) for track, row in zip(number, columns.to_numpy(), strict=True)),
        np.array([number[track] for track in rows.track], dtype=np.int32),
        Z.astype(np.float16),
    )
