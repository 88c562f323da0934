"""One thread for each process that learns: there are as many processes as cores to keep busy."""

from __future__ import annotations

import os
from contextlib import suppress

from lib.errors import TrainingError
from lib.training.backend import load_keras


def with_one_thread(*, networks: bool) -> None:
    """Keep this process to one thread, whatever library learns.

    Such small matrices would only be slowed by more, and several processes by each other.

    Parameters
    ----------
    networks : bool
        Whether networks will be trained: then TensorFlow is loaded, where it is installed.  That
        takes seconds, which don't belong to what is learned first.
    """
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    if networks:
        with suppress(TrainingError):
            load_keras()
