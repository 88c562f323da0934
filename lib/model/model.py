"""A trained model: everything between a row of features and a genre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.features import REPRESENTATIONS
from lib.model.confidence import Confidence, temper
from lib.model.graph import Graph
from lib.model.inputs import Inputs, prepare
from lib.model.network import Network, Weights, count_members, forward
from lib.model.promises import check_promises
from lib.model.scaler import Scaler
from lib.model.songs import Songs
from lib.model.verdict import Verdict, ballots

FORMAT = 3  # of the folder; raised when an older Earmark could not read a newer model


@dataclass(frozen=True, eq=False)
class Model:
    """A network with its scaler, its labels, and the story of its training.

    Whatever breaks the promises below is refused here, so a `Model` that exists can be used.

    Parameters
    ----------
    name : str
        What the model is called, which is also its folder's name.
    labels : tuple of str
        The genres, sorted, each once: the order of the network's outputs.
    feature_names : tuple of str
        The features that are asked for, in order.
    features_version : str
        Of the code that computed them; see `check_features`.
    scaler : Scaler
        Fitted on the rows that the network was trained on.
    network : Network or Graph
        The shape of a dense network, or a network of another kind whole.
    weights : Weights
        Of a dense network: one float32 kernel and bias a layer, of one network or of several whose
        probabilities are averaged (see `members`).  Of another kind none.
    inputs : {"features", "key-free", "treble-free"}
        What is made of the features before they are scaled; see `~lib.model.inputs.prepare`.
    hears : str
        Which of `~lib.features.REPRESENTATIONS` the features are; of frames, a row holds the
        features of one frame after the other.
    verdict : {"mean", "vote"}
        How rows become a song; see `~lib.model.verdict.ballots`.
    confidence : Confidence or None
        What its probabilities are tempered by, and which answers are to be doubted; None where
        nobody fitted it, and then no answer is.
    own_limit : float or None
        A person's own in place of `Confidence.unsure_below`; it is saved with no model.
    songs : Songs or None
        What it learned from; an outlier is far from all of these.
    training : mapping
        The configuration, the seed, and which rows it was trained on.  For JSON.
    metrics : mapping
        How well it does, by protocol.  For JSON.
    versions : mapping
        Of Python and the libraries that trained it.  For JSON.
    data : mapping
        Name and fingerprint of the table, songs and artists.  For JSON.

    Raises
    ------
    ModelError
        If labels, features, scaler, network and weights do not fit each other.
    """

    name: str
    labels: tuple[str, ...]
    feature_names: tuple[str, ...]
    features_version: str
    scaler: Scaler
    network: Network | Graph
    weights: Weights
    inputs: Inputs = "features"
    hears: str = "windows"
    verdict: Verdict = "mean"
    confidence: Confidence | None = None
    own_limit: float | None = None
    songs: Songs | None = None
    training: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_promises(self)

    @property
    def members(self) -> int:
        """How many networks are asked, and their probabilities averaged."""
        return count_members(self.weights) if self.weights else 1

    @property
    def frames(self) -> int:
        """How many times over a row holds the features."""
        return REPRESENTATIONS[self.hears].frames

    @property
    def shape(self) -> tuple[int, ...]:
        """What the network takes of one row: ``(85,)``, or the shape of a `Graph`'s inputs."""
        inputs = self.network.inputs
        return inputs if isinstance(inputs, tuple) else (inputs,)

    def check_features(self, names: Sequence[str], version: str) -> None:
        """Refuse features that are not those the model learned from.

        Parameters
        ----------
        names : sequence of str
            The features about to be given, in order.
        version : str
            Of the code that computes them.

        Raises
        ------
        ModelError
            If names, their order or the version differ.
        """
        if tuple(names) != self.feature_names:
            differing = sorted(set(names) ^ set(self.feature_names)) or ["their order"]
            raise ModelError(
                f"Model {self.name} was trained on other features; different: "
                f"{', '.join(differing[:5])}. Train it anew with 02_train.py."
            )
        if version != self.features_version:
            raise ModelError(
                f"Model {self.name} was trained on features of version {self.features_version}, "
                f"and this Earmark computes version {version}. Train it anew with 02_train.py."
            )

    def probabilities(self, X: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Say how probable each genre is, tempered by `confidence` where that was fitted.

        Parameters
        ----------
        X : np.ndarray [shape=(n, features)]
            Features as they were computed, unscaled; one row a window.

        Returns
        -------
        np.ndarray [shape=(n, genres)]
            In the order of `labels`; each row sums to 1.

        Raises
        ------
        ModelError
            As `given` and `judge`.
        """
        return self.judge(self.given(X))

    def judge(self, Z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Say how probable each genre is, of what the network is given.

        Parameters
        ----------
        Z : np.ndarray [shape=(n, *inputs)]
            As `given` makes it of features.

        Returns
        -------
        np.ndarray [shape=(n, genres)]
            As `probabilities` does.

        Raises
        ------
        ModelError
            If a row is too large for the network, or a `Graph` can't be run.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            probabilities = self._forward(Z)
        if not np.isfinite(probabilities).all():
            row = int(np.argwhere(~np.isfinite(probabilities))[0][0])
            raise ModelError(f"The features of row {row} are too large for model {self.name}.")
        if self.confidence is None:
            return probabilities
        return temper(probabilities, self.confidence.temperature)

    def ballots(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the rows of a song count for; the song's probabilities are their mean.

        Parameters
        ----------
        probabilities : np.ndarray [shape=(n, genres)]
            As `probabilities` gives them.

        Returns
        -------
        np.ndarray [shape=(n, genres)]
            See `~lib.model.verdict.ballots`.
        """
        return ballots(self.verdict, probabilities)

    def is_unsure(self, probability: float) -> bool:
        """Tell whether an answer of this probability is to be doubted.

        It is below `own_limit`, or where there is none below that of `confidence`: then it is more
        often wrong than right.  Never where `confidence` is missing.
        """
        if self.confidence is None:
            return False
        own = self.own_limit
        return probability < (self.confidence.unsure_below if own is None else own)

    def is_outlier(self, X: NDArray[np.floating[Any]]) -> bool:
        """Tell whether a song is unlike all that was learned: it may be of no genre at all.

        It is if the median over its windows, of the distance to the nearest window that was
        learned, is above `Confidence.outlier_above`.  Never where that or `songs` is missing.

        Parameters
        ----------
        X : np.ndarray [shape=(windows, features)]
            Features of one song's windows, as they were computed.

        Raises
        ------
        ModelError
            As `given`.
        """
        limit = self.confidence.outlier_above if self.confidence is not None else None
        if limit is None or self.songs is None:
            return False
        # np.median would load all of numpy.ma.
        distances: list[float] = self.songs.nearest(self.given(X)).tolist()
        return median(distances) > limit

    def given(self, X: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return what the network is given for features: made, and scaled.

        Parameters
        ----------
        X : np.ndarray [shape=(n, features)]
            Of all frames, where there are several.

        Returns
        -------
        np.ndarray [shape=(n, *inputs)]
            In standard deviations from the mean, over the rows learned from.

        Raises
        ------
        ModelError
            If `X` has the wrong shape or a value that is no finite number.
        """
        rows, names = np.asarray(X, dtype=np.float64), self.feature_names
        size = self.frames * len(names)
        if rows.ndim != 2 or rows.shape[1] != size:
            raise ModelError(
                f"Model {self.name} takes rows of {size} features, not an array of {rows.shape}."
            )
        if not np.isfinite(rows).all():
            row, column = np.argwhere(~np.isfinite(rows))[0]
            raise ModelError(
                f"Feature {names[column % len(names)]} of row {row} is {rows[row, column]}; "
                f"model {self.name} needs finite numbers."
            )
        with np.errstate(over="ignore", invalid="ignore"):
            frames = prepare(self.inputs, rows.reshape(-1, len(names)), names)
            return self.scaler.transform(frames).reshape(len(rows), *self.shape)

    def _forward(self, Z: NDArray[np.float64]) -> NDArray[np.float64]:
        if isinstance(self.network, Graph):
            return self.network.forward(Z)
        return forward(self.network, self.weights, Z)
