"""A playlist run in a process of its own, for tests that kill it: two workers, and no pauses."""

from __future__ import annotations

import multiprocessing
from multiprocessing.process import BaseProcess
from pathlib import Path

from lib.collecting import Options, collect
from lib.youtube import Network, YouTube


def run(link: str, genre: str, target: Path, cache: Path, proxy: str) -> None:
    """Collect a playlist."""
    network = Network(proxy=proxy, verify=False, first_pause=0.02, longest_pause=0.1)
    with YouTube(cache, network=network, log=cache / "youtube.log") as youtube:
        options = Options(pause=0.0, shortest=3.0, workers=2)
        collect(link, genre, target, youtube=youtube, options=options)


def start(link: str, genre: str, target: Path, cache: Path, proxy: str) -> BaseProcess:
    """Start a process that collects a playlist.

    It is forked from one that has imported everything: for a test that starts a dozen, importing
    would be most of the work.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "yt_dlp"])
    process = context.Process(target=run, args=(link, genre, target, cache, proxy))
    process.start()
    return process
