from __future__ import annotations

import optuna
import pytest

from lib.search.space import MEMBERS, config_of, final, space, widths
from lib.training import TrainingConfig
from lib.training.networks import network_of


def test_every_draw_is_a_configuration_that_makes_a_network() -> None:
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
    seen = set()
    for _ in range(60):
        choices = study.ask(space()).params
        config = config_of(choices, epochs=3, members=2, seed=1)
        assert isinstance(config, TrainingConfig)
        assert network_of(config, inputs=75, genres=10).outputs == 10
        assert len(config.hidden) == choices["depth"]
        settings = config.regularisation
        assert settings is not None
        assert (settings.members, config.epochs, config.seed) == (2, 3, 1)
        # A song in another key is another song only to a network that hears the key.
        assert settings.augmentation.transpose == (config.inputs == "features")
        seen |= {config.activation, config.optimizer, config.inputs}
    assert {"relu", "elu", "tanh", "silu", "adam", "sgd", "key-free", "features"} <= seen


@pytest.mark.parametrize(
    ("depth", "first", "last", "expected"),
    [(1, 64, 16, (64,)), (3, 64, 16, (64, 32, 16)), (2, 32, 128, (32, 32))],
)
def test_widths_fall_evenly(depth: int, first: int, last: int, expected: tuple[int, ...]) -> None:
    assert widths(depth, first, last) == expected


def test_the_winner_averages_more_networks() -> None:
    choices = optuna.create_study().ask(space()).params
    trial = config_of(choices, epochs=3, members=1, seed=0)
    settings = final(trial).regularisation
    assert settings is not None
    assert settings.members == MEMBERS > 1
