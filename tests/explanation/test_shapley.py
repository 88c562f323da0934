"""Shares of what players reach together: the axioms that only Shapley's values satisfy."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.explanation.shapley import Value, shapley


def game(players: int, seed: int) -> Value:
    """Return a game by chance, of two results at once."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(1 << players, 2))
    return lambda coalition: values[sum(1 << i for i in coalition)]


@given(st.integers(1, 5), st.integers(0, 1000))
def test_the_shares_add_up(players: int, seed: int) -> None:
    v = game(players, seed)
    gained = v(frozenset(range(players))) - v(frozenset())
    assert np.allclose(shapley(v, players).sum(axis=0), gained, atol=1e-12)


@given(st.integers(1, 4), st.integers(0, 1000))
def test_they_are_the_means_over_all_orders(players: int, seed: int) -> None:
    v, shares = game(players, seed), np.zeros((players, 2))
    orders = list(permutations(range(players)))
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            shares[player] += (v(before | {player}) - v(before)) / len(orders)
    assert np.allclose(shapley(v, players), shares, atol=1e-12)


def test_equal_players_get_the_same_and_who_changes_nothing_gets_none() -> None:
    def v(coalition: frozenset[int]) -> np.ndarray:  # 0 and 1 are equal, 3 changes nothing
        return np.array(float(len(coalition & {0, 1})) ** 2 + 3 * (2 in coalition))

    first, second, third, none = shapley(v, 4)
    assert first == pytest.approx(second)
    assert third == pytest.approx(3)
    assert none == pytest.approx(0, abs=1e-12)


def test_games_that_are_added_add_their_shares() -> None:
    one, two = game(3, 1), game(3, 2)
    both = shapley(lambda c: one(c) + two(c), 3)
    assert np.allclose(both, shapley(one, 3) + shapley(two, 3))


def test_it_asks_every_coalition_once() -> None:
    asked = []
    shapley(lambda c: (asked.append(c), np.zeros(1))[1], 4)
    assert len(asked) == len(set(asked)) == 16
