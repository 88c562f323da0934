"""One thread for each process that learns: there are as many processes as cores to keep busy."""

from __future__ import annotations

import os
from contextlib import suppress

from lib.errors import TrainingError
from lib.training.backend import load_keras


def with_one_thread() -> None:
    """Load TensorFlow, where it is installed, with one thread of its own.

    Such small matrices would only be slowed by more, and several processes by each other.  Loading
    takes seconds, which don't belong to what is learned first.
    """
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    with suppress(TrainingError):
        load_keras()
