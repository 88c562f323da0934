"""Networks that TensorFlow has traced, kept for the next fit of the same shape.

Tracing takes a second or two, which is more than the training itself where songs are few, and one
training fits many networks of one shape: one for each fold, and again on all songs.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from lib.training.backend import load_keras

_MOST = 4  # the recipe and the one it is judged beside, each with rows left over and without


@dataclass(frozen=True, eq=False)
class _Traced:
    """A compiled Keras model, what `prepare` returned, and what its optimiser began with."""

    model: Any
    prepared: Any
    beginning: tuple[Any, ...]


_kept: OrderedDict[Hashable, _Traced] = OrderedDict()


@contextmanager
def fresh_network(
    shape: Hashable, *, seed: int, build: Callable[[], Any], prepare: Callable[[Any], Any]
) -> Iterator[tuple[Any, Any]]:
    """Give a network that has learned nothing, compiled.

    It begins with the weights, and draws what is left out, as one just built does; what comes of it
    is the same, bit by bit, whatever was trained before.

    Parameters
    ----------
    shape : hashable
        Whatever the graph of a step is made from; what may differ between two fits of the same
        `shape` stands in variables.
    seed : int
        Weights and all else are drawn from it.
    build : callable
        Builds it in Keras.
    prepare : callable
        Compiles it and makes the optimiser's variables, unless it was kept from an earlier fit.

    Yields
    ------
    model : keras.Model
    prepared : Any
        What `prepare` returned when it was compiled.
    """
    keras = load_keras()
    # Taken away: what a fit broke off, whose end is not reached, is in no known state.
    traced = _kept.pop(shape, None)
    if traced is None:
        keras.backend.clear_session()  # what earlier fits left in memory goes
    _begin_to_draw(seed, anew=traced is None)
    built = build()
    if traced is None:
        prepared = prepare(built)
        beginning = tuple(each.numpy() for each in built.optimizer.variables)
        traced = _Traced(built, prepared, beginning)
    else:
        _begin_anew(traced, built)
    yield traced.model, traced.prepared
    _kept[shape] = traced
    if len(_kept) > _MOST:
        _kept.popitem(last=False)


def _begin_to_draw(seed: int, *, anew: bool) -> None:
    """Let what is drawn start from the same state each time: weights and all else.

    TensorFlow draws the order of the songs by a seed that it keeps.  Given the same one once more
    it would forget how the graphs that are kept run best, and that takes half as long as tracing.
    """
    import tensorflow as tf

    if anew or tf.compat.v1.get_seed(0)[0] != seed:
        load_keras().utils.set_random_seed(seed)
    else:
        random.seed(seed)  # from which Keras takes the seeds of a network's layers


def _begin_anew(traced: _Traced, built: Any) -> None:  # noqa: ANN401 (Keras has no types)
    """Put a network that was kept where one that was just built begins, its random seeds too."""
    model = traced.model
    for variable, first in zip(model.variables, built.variables, strict=True):
        variable.assign(first)
    for variable, start in zip(model.optimizer.variables, traced.beginning, strict=True):
        variable.assign(start)
    model.reset_metrics()
