"""The files of the installed wheel that the backbone is made of.

musicnn's own code needs libraries of 2019; its weights need none of it.  So the wheel is installed
without what it asks for, found by its metadata, and never imported.
"""

from __future__ import annotations

import hashlib

from lib.backbone.errors import BackboneError

_PACKAGE, _VERSION = "musicnn", "0.1.0"
_PREFIX = "musicnn/MSD_musicnn/"
INDEX, DATA = ".index", ".data-00000-of-00001"
# SHA-256 of what the wheel holds.
_HASHES = {
    INDEX: "87f3e0f3550c8d3bafc840374003e5c8af5eeb5ecf6add61af09a7822d3282c8",
    DATA: "8579734ee6388f799ed0def4bbd0d1fdcbeaf213ef2a9dc860917bd76a303de6",
}
_WHAT_TO_DO = "Run `make app` with the internet at hand to install it."


def read_checkpoint() -> tuple[bytes, bytes]:
    """Read the checkpoint's index and data from the installed wheel.

    Raises
    ------
    BackboneError
        Where the wheel is missing, of another version, or its files are not those that are known.
    """
    # Slow to import, and needed once, for the conversion.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        wheel = distribution(_PACKAGE)
    except PackageNotFoundError as error:
        raise BackboneError(f"The package {_PACKAGE} is not installed. {_WHAT_TO_DO}") from error
    if wheel.version != _VERSION:
        raise BackboneError(
            f"The package {_PACKAGE} is installed as version {wheel.version}, and its weights are "
            f"known of {_VERSION} only. {_WHAT_TO_DO}"
        )
    contents = []
    for name, known in _HASHES.items():
        try:
            content = wheel.locate_file(_PREFIX + name).read_bytes()  # type: ignore[attr-defined]
        except OSError as error:
            why = error.strerror or str(error)
            raise BackboneError(
                f"The package {_PACKAGE} lacks its file {_PREFIX}{name} ({why}). {_WHAT_TO_DO}"
            ) from error
        if (found := hashlib.sha256(content).hexdigest()) != known:
            raise BackboneError(
                f"The package {_PACKAGE}'s file {_PREFIX}{name} has the SHA-256 {found[:12]}…, not "
                f"the known {known[:12]}…: it is damaged or another one. {_WHAT_TO_DO}"
            )
        contents.append(content)
    return contents[0], contents[1]
