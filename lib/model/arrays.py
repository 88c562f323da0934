"""Reading the arrays of an npz file that may come from a stranger."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError


def read_arrays(content: bytes) -> dict[str, NDArray[Any]]:
    """Read all arrays of an npz file.

    Parameters
    ----------
    content : bytes
        Of the file.

    Returns
    -------
    dict of str to np.ndarray
        By name, of whatever shape and type; whoever asked checks these.

    Raises
    ------
    ModelError
        If it is something else, is damaged, holds more than fits into memory, or pickled objects,
        which could run code.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays: dict[str, Any] = {name: file[name] for name in file.files}
    # Zip files, four kinds of compression, and numpy's own headers each have errors of their own.
    except Exception as error:
        raise ModelError(str(error) or type(error).__name__) from error
    for name, array in arrays.items():
        if not isinstance(
            array, np.ndarray
        ):  # numpy gives the bytes of what is no array of its own
            raise ModelError(f"{name} is no array")
    return arrays
