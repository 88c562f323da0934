"""Public data sets that can be fetched, and how their archives are unpacked."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from lib.dataset.cells import one_line
from lib.errors import DownloadError
from lib.progress import Progress, silent

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Archive:
    """A file on the web with a folder in it.

    Parameters
    ----------
    name : str
        Of the file.
    urls : tuple of str
        Where it is to be had, the best first.
    algorithm, checksum : str
        ``"md5"`` or ``"sha1"``, and what it must give, in hexadecimal.
    size, unpacked : int
        Bytes, for the progress bar and to look for space; the server's word on the size counts.
    folder : str
        The top folder in it that is kept.
    members : tuple of str
        The only files that are taken out of it; empty for all.
    """

    name: str
    urls: tuple[str, ...]
    algorithm: str
    checksum: str
    size: int
    unpacked: int
    folder: str
    members: tuple[str, ...] = ()


# GTZAN: its own server is gone for months at a time (mirdata's issues 242, 549 and 659), the copy
# of the same authors at Hugging Face is not.  Checksum: mirdata's and torchaudio's loaders.
# FMA: addresses and checksums from https://github.com/mdeff/fma; its archives are packed by bzip2.
ARCHIVES: dict[str, tuple[Archive, ...]] = {
    "gtzan": (
        Archive(
            name="genres.tar.gz",
            urls=(
                "https://huggingface.co/datasets/marsyas/gtzan/resolve/main/data/genres.tar.gz",
                "http://opihi.cs.uvic.ca/sound/genres.tar.gz",
            ),
            algorithm="md5",
            checksum="5b3d6dddb579ab49814ab86dba69e7c7",
            size=1_225_571_541,
            unpacked=1_330_000_000,
            folder="genres",
        ),
    ),
    "fma_small": (
        Archive(
            name="fma_metadata.zip",
            urls=("https://os.unil.cloud.switch.ch/fma/fma_metadata.zip",),
            algorithm="sha1",
            checksum="f0df49ffe5f2a6008d7dc83c6915b31835dfe733",
            size=358_412_441,
            unpacked=260_414_445,
            folder="fma_metadata",
            members=("fma_metadata/tracks.csv",),
        ),
        Archive(
            name="fma_small.zip",
            urls=("https://os.unil.cloud.switch.ch/fma/fma_small.zip",),
            algorithm="sha1",
            checksum="ade154f733639d52e35e32f5593efe5be76c6d70",
            size=7_679_594_875,
            unpacked=7_700_000_000,
            folder="fma_small",
        ),
    ),
}


def unpack(file: Path, archive: Archive, folder: Path, *, progress: Progress = silent) -> Path:
    """Unpack an archive's folder, which appears when it is whole.

    Parameters
    ----------
    file : Path
        The archive: tar (however compressed) or zip, by its content.
    archive : Archive
        What is to come out of it.
    folder : Path
        Where its folder is to stand.  What an interrupted unpacking left there is thrown away.
    progress : Progress
        Gets the bytes of the archive that are read.

    Returns
    -------
    Path
        The unpacked folder.

    Raises
    ------
    DownloadError
        Where the archive is broken, lacks the folder, would write outside of it, or the disk is
        full.
    """
    workplace = folder / f".unpacking-{archive.folder}"
    shutil.rmtree(workplace, ignore_errors=True)
    try:
        workplace.mkdir(parents=True)
        for name, content, fraction in _members(file):
            progress(f"Unpacking {archive.name}", fraction)
            if not archive.members or name in archive.members:
                _extract(content, _inside(workplace, name, file))
        whole = workplace / archive.folder
        if not whole.is_dir():
            raise DownloadError(f"{file}: there is no folder {archive.folder!r} in it.")
        return whole.rename(folder / archive.folder)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        reason = one_line(str(error), longest=100)
        raise DownloadError(f"{file}: it can't be unpacked ({reason}); delete it.") from error
    except OSError as error:
        reason = f"{error.strerror or error}; make room or check the folder's permissions"
        raise DownloadError(f"{file}: it can't be unpacked into {folder} ({reason}).") from error
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _members(file: Path) -> Iterator[tuple[str, IO[bytes], float]]:
    """Yield name, content and the fraction read of each plain file; links are passed over."""
    size = max(file.stat().st_size, 1)
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            for entry in packed.infolist():
                if not entry.is_dir():
                    with packed.open(entry) as content:
                        yield entry.filename, content, entry.header_offset / size
        return
    with file.open("rb") as raw, tarfile.open(fileobj=raw) as tar:
        for member in tar:
            plain = tar.extractfile(member) if member.isreg() else None
            if plain is not None:
                with plain:
                    yield member.name, plain, min(raw.tell() / size, 1.0)


def _inside(folder: Path, name: str, file: Path) -> Path:
    """Return where a member goes, or raise where that is outside of the folder."""
    parts = PurePosixPath(name)
    target = folder / parts
    if parts.is_absolute() or ".." in parts.parts or not target.is_relative_to(folder):
        raise DownloadError(f"{file}: its member {name!r} would be written outside of {folder}.")
    return target


def _extract(content: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(content, out, _CHUNK)
