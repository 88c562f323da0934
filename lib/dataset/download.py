"""Public data sets, fetched and unpacked into a folder for `~lib.dataset.preprocess`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from lib.dataset.archives import ARCHIVES, Archive, unpack
from lib.dataset.fetch import PAUSES, fetch, kept
from lib.errors import DownloadError
from lib.progress import Progress, silent

_GIGABYTE = 1e9


def download(
    name: str,
    folder: Path,
    *,
    archives: Mapping[str, Sequence[Archive]] = ARCHIVES,
    pauses: Sequence[float] = PAUSES,
    progress: Progress = silent,
) -> Path:
    """Fetch and unpack a public data set; what is there already is not fetched again.

    Parameters
    ----------
    name : str
        One of `ARCHIVES`.
    folder : Path
        Where archives and data sets are kept: the set stands in ``folder / name`` afterwards, the
        archives are gone.
    archives, pauses
        Where from, and seconds between the tries.
    progress : Progress
        ``"Downloading fma_small.zip"``, ``"Checking fma_small.zip"``, ``"Unpacking …"``.

    Returns
    -------
    Path
        The data set's folder, for `~lib.dataset.preprocess`.

    Raises
    ------
    DownloadError
        Where it can't be fetched, is not what it should be, or the disk is too small.  What came is
        kept, and the next call goes on from there.
    """
    if name not in archives:
        raise DownloadError(f"There is no data set {name!r}; there are {', '.join(archives)}.")
    target = folder / name
    missing = [archive for archive in archives[name] if not (target / archive.folder).is_dir()]
    _check_space(folder, missing)
    for archive in missing:
        file = fetch(archive, folder, pauses=pauses, progress=progress)
        unpack(file, archive, target, progress=progress)
        file.unlink()
    return target


def _check_space(folder: Path, missing: Sequence[Archive]) -> None:
    """Raise `DownloadError` where the disk can't hold what is to come."""
    here = sum(kept(archive, folder) for archive in missing)
    needed = sum(a.unpacked for a in missing) + max((a.size for a in missing), default=0) - here
    standing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(standing).free
    if free < needed:
        raise DownloadError(
            f"{folder}: {needed / _GIGABYTE:.1f} GB are needed and {free / _GIGABYTE:.1f} GB free; "
            f"make room, or choose another place by --data."
        )
