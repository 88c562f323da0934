"""Reading the fields of a JSON object, each of the type it has to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast, get_args

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.model.inputs import Inputs
from lib.model.network import Activation
from lib.model.verdict import Verdict

_T = TypeVar("_T")


class Fields:
    """The fields of one JSON object.

    Parameters
    ----------
    value : object
        What json.loads gave.
    where : str, optional
        The path to it from the top, for messages: ``"network.layers[2]"``.

    Raises
    ------
    ModelError
        If `value` is no object; and, from each method, if the field is missing or of another type.
    """

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            raise ModelError(f"{where or 'the whole'} must be an object, not {_short(value)}.")
        self._values = value
        self._where = where

    def text(self, key: str) -> str:
        """Return a text."""
        return self._get(key, str, "a text")

    def integer(self, key: str) -> int:
        """Return a whole number."""
        return self._get(key, int, "a whole number")

    def number(self, key: str) -> float:
        """Return a number."""
        value = self._get(key, (int, float), "a number")
        try:
            return float(value)
        except OverflowError as error:
            raise ModelError(f"{self._name(key)} is too large.") from error

    def activation(self) -> Activation:
        """Return the field ``activation``, which must be one that a layer can have."""
        return cast("Activation", self._choice("activation", get_args(Activation)))

    def inputs(self) -> Inputs:
        """Return the field ``inputs``, which must be one that a model can have."""
        return cast("Inputs", self._choice("inputs", get_args(Inputs)))

    def kind(self) -> str:
        """Return the field ``kind``, which must be one that a network can be of."""
        return self._choice("kind", ("dense", "onnx"))

    def verdict(self) -> Verdict:
        """Return the field ``verdict``, which must be one that a model can have."""
        return cast("Verdict", self._choice("verdict", get_args(Verdict)))

    def integers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers above 0."""
        values = self._get(key, list, "a list")
        for value in values:
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ModelError(
                    f"{self._name(key)} must hold whole numbers above 0, not {_short(value)}."
                )
        return tuple(values)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty."""
        values = self._get(key, list, "a list")
        for value in values:
            if not isinstance(value, str) or not value:
                raise ModelError(f"{self._name(key)} must hold texts, not {_short(value)}.")
        return tuple(values)

    def numbers(self, key: str) -> NDArray[np.float64]:
        """Return a list of numbers [shape=(n,)]."""
        values = self._get(key, list, "a list")
        for value in values:
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ModelError(f"{self._name(key)} must hold numbers, not {_short(value)}.")
        try:
            return np.array(values, dtype=np.float64)
        except OverflowError as error:
            raise ModelError(f"{self._name(key)} holds a number that is too large.") from error

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return an object as it stands."""
        return self._get(key, dict, "an object")

    def inner(self, key: str) -> Fields:
        """Return an object to read the fields of."""
        return Fields(self._get(key, dict, "an object"), self._name(key))

    def has(self, key: str) -> bool:
        """Tell whether a field is there, and not null."""
        return self._values.get(key) is not None

    def optional(self, key: str) -> Fields | None:
        """Return an object to read the fields of, or None where it is missing or null."""
        return self.inner(key) if self.has(key) else None

    def each(self, key: str) -> tuple[Fields, ...]:
        """Return a list of objects to read the fields of."""
        values = self._get(key, list, "a list")
        return tuple(Fields(value, f"{self._name(key)}[{i}]") for i, value in enumerate(values))

    def _choice(self, key: str, known: tuple[str, ...]) -> str:
        text = self.text(key)
        if text not in known:
            raise ModelError(
                f"{self._name(key)} is {text!r}, which is unknown; known are {', '.join(known)}."
            )
        return text

    def _name(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _get(self, key: str, kind: type[_T] | tuple[type[_T], ...], called: str) -> _T:
        if key not in self._values:
            raise ModelError(f"{self._name(key)} is missing.")
        value = self._values[key]
        # JSON's true is an int to Python, but no number to a person.
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ModelError(f"{self._name(key)} must be {called}, not {_short(value)}.")
        return value


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
