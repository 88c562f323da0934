"""How what is heard in the parts of a song becomes what is said of the song."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Verdict: TypeAlias = Literal["mean", "vote"]

_DECIDES_TIES = 1e-9  # share of a ballot: far less than one part of any song, and than what is told


def ballots(verdict: Verdict, P: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each part of a song counts for; the song's probabilities are their mean.

    With ``"mean"`` the probabilities themselves.  With ``"vote"`` one for the likeliest genre of
    the part, so that the song's genre is the most frequent one and its probability the share of
    parts that say so (plurality voting; see Kittler et al., "On Combining Classifiers", IEEE Trans.
    PAMI 20(3), 1998).  Where two are as frequent, the one with more probability comes first.

    Parameters
    ----------
    verdict : {"mean", "vote"}
        Which.
    P : np.ndarray [shape=(n, genres)]
        Probabilities of each part.

    Returns
    -------
    np.ndarray [shape=(n, genres)]
        Each row sums to 1.

    Examples
    --------
    >>> P = np.array([[0.9, 0.1], [0.4, 0.6], [0.4, 0.6]])
    >>> ballots("vote", P).mean(axis=0).round(6)
    array([0.333333, 0.666667])
    """
    if verdict == "mean":
        return P
    chosen = np.eye(P.shape[1])[P.argmax(axis=1)]
    return np.asarray((1 - _DECIDES_TIES) * chosen + _DECIDES_TIES * P)
