"""How much each of a few players brought to what they reached together, exactly."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Value = Callable[[frozenset[int]], NDArray[np.float64]]
"""What a coalition of players, by their numbers from 0, reaches without the others."""


def shapley(value: Value, players: int) -> NDArray[np.float64]:
    r"""Compute the Shapley values of a game, by asking all of its coalitions.

    ``phi[i] = sum_S |S|! (n - |S| - 1)! / n! * (v(S + {i}) - v(S))`` over all coalitions S without
    i: what a player adds, averaged over all orders in which the n players can come (Shapley, "A
    value for n-person games", 1953).  They are the only shares that add up to ``v(all) - v(none)``,
    give equal players the same and a player who changes nothing none, and add where games are added
    (Štrumbelj and Kononenko, "Explaining prediction models and individual predictions with feature
    contributions", Knowl. Inf. Syst. 41, 2014; Lundberg and Lee, "A unified approach to
    interpreting model predictions", NeurIPS 2017).

    Parameters
    ----------
    value : callable
        v; asked ``2 ** players`` times.
    players : int
        n; a few.

    Returns
    -------
    np.ndarray [shape=(players, ...)]
        Each of the shape that `value` gives.

    Examples
    --------
    Whoever has the left glove needs the one with the right glove, and the third has a left one too.

    >>> pairs = lambda coalition: np.array(float(1 in coalition and len(coalition) > 1))
    >>> shapley(pairs, 3).round(3).tolist()
    [0.167, 0.667, 0.167]
    """
    everybody = range(players)
    coalitions = (c for size in range(players + 1) for c in combinations(everybody, size))
    reached = {members: value(members) for members in map(frozenset, coalitions)}
    shares = []
    for player in everybody:
        terms = [
            (reached[without | {player}] - v) / (players * comb(players - 1, len(without)))
            for without, v in reached.items()
            if player not in without
        ]
        shares.append(np.sum(terms, axis=0))
    return np.array(shares)
