"""Hear a song of YouTube's: fetch it, hear the file, and tell of it as YouTube does.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lib.audio import Window
from lib.errors import AudioError, YouTubeError
from lib.features import Analysis
from lib.model import Model
from lib.prediction.given import Given, Hearing
from lib.prediction.hearing import hear
from lib.prediction.prediction import Prediction
from lib.progress import Progress, silent
from lib.youtube import Video, YouTube


def hear_video(
    video_id: str,
    youtube: YouTube,
    model: Model,
    *,
    why: bool = False,
    on_window: Callable[[Window, Analysis], None] | None = None,
    on_given: Callable[[Given], None] | None = None,
    progress: Progress = silent,
) -> Prediction:
    """Fetch a song from YouTube, or from the cache of what was fetched, and name its genre.

    Parameters
    ----------
    video_id : str
        As in `lib.youtube.Video.id`.
    youtube : YouTube
        Where it comes from.
    model, why, on_window, on_given
        See `hear`.
    progress : Progress
        Called while the song is fetched, with steps such as "Downloading 1.2 of 3.4 MB, 5 s left",
        and then as `hear` does.  Each step counts from 0 to 1.  May raise
        `~lib.errors.Cancelled`; what was downloaded by then is kept.

    Returns
    -------
    Prediction
        With `Prediction.video`, its title, and its channel for the artist.

    Raises
    ------
    Refusal
        If YouTube, the network, the limits or the disk refuse.
    YouTubeError
        If what was fetched can't be heard.
    ModelError
        If the model was made with features that this version doesn't compute; nothing is fetched.
    BackboneError
        If the model hears by the backbone, and that can't be had; nothing is fetched.
    """
    Hearing(model)  # raises before anything is fetched
    with youtube.fetch(video_id, progress=progress) as song:
        try:
            heard = hear(
                song.path,
                model,
                why=why,
                on_window=on_window,
                on_given=on_given,
                progress=progress,
            )
        except AudioError as error:
            raise YouTubeError(
                f"{Video(video_id).link}: {error.reason} (What was downloaded is {error.path}; "
                "delete it to have it downloaded anew.)"
            ) from error
    video = song.entry
    return replace(
        heard,
        source=video.link,
        title=video.title or heard.title,
        artist=video.channel,
        video=video,
    )
