"""Loading TensorFlow and Keras: late, quietly, and with a plain word where they are missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from lib.errors import TrainingError


@cache
def load_keras() -> Any:  # noqa: ANN401 (Keras has no types)
    """Return the module ``keras``, running on TensorFlow.

    It takes about four seconds the first time, which is why nothing imports it at the top of a
    file.

    Raises
    ------
    TrainingError
        If it is not installed, which is so after ``make run``.
    """
    # These are read when TensorFlow loads.  It would greet everybody on standard error, and oneDNN
    # would announce that it rounds differently from run to run.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    # Whatever ~/.keras/keras.json says: determinism below is TensorFlow's.
    os.environ["KERAS_BACKEND"] = "tensorflow"
    try:
        with _hidden("sklearn", "matplotlib"):
            import keras
        import tensorflow as tf
    except ImportError as error:
        raise TrainingError(
            f"Training needs TensorFlow, which is not installed here ({error}): run `make dev`."
        ) from error
    keras.config.set_floatx("float32")
    keras.config.disable_traceback_filtering()
    # Each fold traces a network of its own, which TensorFlow would take for an oversight.
    tf.get_logger().setLevel("ERROR")
    tf.config.experimental.enable_op_determinism()
    return keras


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Let libraries that are not loaded yet seem to be missing for a while.

    Keras does without these two, which it would load for wrappers and pictures that are not used
    here: a third of its loading.
    """
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def versions(*, keras: bool = True) -> dict[str, str]:
    """Return the versions of what trains: Earmark, Python, numpy, and where asked Keras as well."""
    import platform

    import numpy as np

    import lib

    found = {
        "earmark": lib.__version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
    }
    if keras:
        found["keras"] = load_keras().__version__
        found["tensorflow"] = sys.modules["tensorflow"].__version__
    return found
