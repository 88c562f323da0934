from __future__ import annotations

from lib.training.stopping import Stopping


def epochs_until_enough(accuracies: list[float], patience: int) -> tuple[int, int]:
    stopping = Stopping(patience)
    for accuracy in accuracies:
        stopping.see(accuracy)
        if stopping.enough:
            break
    return stopping.epoch, stopping.best_epoch


def test_a_lucky_epoch_is_not_the_best() -> None:
    accuracies = [0.3] * 5 + [0.5] + [0.3] * 4 + [0.4] * 6
    assert epochs_until_enough(accuracies, 99) == (16, 16)


def test_it_stops_after_the_patience_and_no_sooner() -> None:
    accuracies = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] + [0.0] * 50
    assert epochs_until_enough(accuracies, 7) == (13, 6)


def test_of_equal_epochs_the_last_is_the_best() -> None:
    assert epochs_until_enough([0.5] * 12, 3) == (12, 12)
    # The same five figures in another order sum to something else in floating point.
    assert epochs_until_enough([0.1, 0.2, 0.3, 0.4, 0.7, 0.1, 0.2, 0.3, 0.4], 20)[1] == 9


def test_is_best_follows_the_best_epoch() -> None:
    stopping = Stopping(5)
    best = []
    for accuracy in (0.2, 0.4, 0.1, 0.9):
        stopping.see(accuracy)
        best.append(stopping.is_best)
    assert best == [True, True, False, True]
