"""What a person can make the window do.  All changes of its state are made here, and no Tk is."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from lib.errors import EarmarkError
from lib.gui.drawing import warm_up
from lib.gui.facts import ModelFacts
from lib.gui.failures import explain
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message, Part, Step
from lib.gui.playing import Playing
from lib.gui.state import Page, Phase, State, Store
from lib.gui.told import About, Heard, Results, Songs
from lib.gui.wish import Wish
from lib.gui.worker import Lane, Workers
from lib.wording import clean


class Controller:
    """Turns what a person asks for, and what the threads report, into changes of the state.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    ear : Ear
        Hears the songs.
    browse : callable
        Opens a link in the browser; returns False if that did not work.
    """

    def __init__(
        self, store: Store[State], workers: Workers, ear: Ear, *, browse: Callable[[str], object]
    ) -> None:
        self._store = store
        self._ear = ear
        self._browse = browse
        self._hearing = Lane(workers, self._on_hearing)
        self._reading = Lane(workers, self._on_model)
        self._warming = Lane(workers, self._on_warm)
        self._browsing = Lane(workers, self._on_browsing)
        self._wish = Wish("")
        self._granted = Wish("")  # what the last result came of
        self._settled = State()  # the last face that stays: what cancelling returns to
        self.playing = Playing(store, workers, ear, on_face=self._settle, on_fail=self._fail)

    def prepare(self) -> None:
        """Read the model, so that it is there before the first song is."""
        self._reading.start(self._ear.facts)

    def turn(self, page: Page) -> None:
        """Turn to another page; what goes on there goes on."""
        self._store.change(page=page, notice="")

    def hear(self, text: str) -> None:
        """Do what a line of text asks for, in place of what is being heard."""
        if not text.strip():
            self.notify(
                "Type or paste a path, a link or the name of a song first, or press Ctrl+O to "
                "choose a file."
            )
            return
        run = self._store.state.run
        going_on = run is not None and run.running
        self._begin(Wish(text.strip(), origin=Phase.PLAYLIST if going_on else None))

    def hear_first(self, texts: list[str]) -> None:
        """Hear the first of several things that were given at once, and say so."""
        if not texts:
            return
        self.hear(texts[0])
        if len(texts) > 1 and self._store.state.phase is Phase.HEARING:
            things = "links" if "://" in texts[0] else "files"
            self.notify(f"Hearing the first of {len(texts)} {things}.")

    def pick(self, number: int) -> None:
        """Hear one of what a search found, counted from 0."""
        state = self._store.state
        if state.phase is not Phase.CHOOSING or state.results is None:
            return
        if number < len(state.results.videos):
            video = state.results.videos[number]
            self._begin(Wish(state.source, video.id, video.title, Phase.CHOOSING, number))

    def open_song(self, number: int) -> None:
        """Show what came of one song of the playlist, counted from 0."""
        run = self._store.state.run
        if run is None or number >= len(run.outcomes):
            self.notify("This song has not been heard yet.")
            return
        outcome, video = run.outcomes[number], run.listing.entries[number]
        wish = Wish(run.listing.link, video.id, video.title, Phase.PLAYLIST, number)
        if isinstance(outcome.result, EarmarkError):
            self._wish = wish
            self._fail(outcome.result)
        else:
            self._begin(wish)

    def hear_all_the_same(self) -> None:
        """Hear what failed for its length or size only."""
        failure = self._store.state.failure
        if failure is not None and failure.beyond_limits:
            self._begin(replace(self._wish, unlimited=True))

    def hurry(self) -> None:
        """Hear no more than the middle of the long song that is being heard."""
        if self._store.state.phase is Phase.HEARING:
            self._begin(replace(self._wish, quick=True))
            self.notify("Only the 30 s in its middle are heard.")

    def cancel(self) -> None:
        """Stop hearing, and show what was there before; of a playlist what was heard stays."""
        state = self._store.state
        if state.phase is Phase.PLAYLIST:
            self.playing.stop()
        elif state.phase is Phase.HEARING:
            self._hearing.cancel()
            self.playing.give_up()
            name = state.about.title if state.about is not None else state.source
            self._back(notice=f"Stopped hearing “{clean(name)}”.")

    def dismiss(self) -> None:
        """Step back: put a failure away, return to the list, or put the offer away."""
        state = self._store.state
        if state.phase is Phase.FAILED:
            self._back(notice="")
        elif state.phase is Phase.HEARD and state.origin is not None:
            self.return_to_list()
        elif state.phase is Phase.CHOOSING:
            phase = Phase.HEARD if state.heard else Phase.EMPTY
            self._settle(phase, state.heard.prediction.source if state.heard else "")
        else:
            self.dismiss_offer()

    def return_to_list(self) -> None:
        """Show the list again that the song was picked from."""
        state = self._store.state
        if state.origin is Phase.CHOOSING and state.results is not None:
            self._settle(Phase.CHOOSING, state.results.words)
        elif state.origin is Phase.PLAYLIST and state.run is not None:
            self._settle(Phase.PLAYLIST, state.run.listing.link)

    def offer(self, link: str) -> None:
        """Offer to hear a link that lies in the clipboard, or take the offer back."""
        self._store.change(offer=link)

    def take_offer(self) -> None:
        """Hear the link that was offered."""
        self.hear(self._store.state.offer)

    def dismiss_offer(self) -> None:
        """Put the offer away."""
        self._store.change(offer="")

    def browse(self, link: str) -> None:
        """Open a link in the browser."""
        # In a thread: starting a browser can take seconds.
        self._browsing.start(lambda _progress: self._browse(link))

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self._store.change(theme="light" if self._store.state.theme == "dark" else "dark")

    def answer_with(self, facts: ModelFacts) -> None:
        """Let another model answer from now on: the song that is shown as well, heard again."""
        self._reading.cancel()
        self._store.change(model=facts)
        self.hear_again()
        self._store.change(heard=None, notice=f"{clean(facts.name)} answers from now on.")

    def hear_again(self) -> None:
        """Hear the song that is shown anew: by another model, or with other settings."""
        state = self._store.state
        again = {Phase.HEARING: self._wish, Phase.HEARD: self._granted}.get(state.phase)
        if state.phase is Phase.HEARD:
            self.return_to_list()
        if self._settled.phase is Phase.HEARD:  # by the model before
            self._settled = State()
        if again is not None:
            self._begin(again, page=state.page)

    def notify(self, notice: str) -> None:
        """Say something in the quiet line at the foot of the window."""
        self._store.change(notice=notice)

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected."""
        self._hearing.cancel()
        self._fail(error)

    def _begin(self, wish: Wish, *, page: Page = Page.LISTEN) -> None:
        """Start to hear what is wished for."""
        self._wish = wish
        self.playing.give_up()
        self._store.change(
            page=page,
            phase=Phase.HEARING,
            source=wish.source,
            about=About(wish.title or wish.video) if wish.video else None,
            origin=wish.origin,
            step="Opening",
            fraction=None,
            failure=None,
            offer="",
            notice="",
        )
        if wish.video:
            self._hearing.start(
                lambda progress: self._ear.hear_video(
                    wish.video, progress, unlimited=wish.unlimited
                )
            )
        else:
            self._hearing.start(
                lambda progress: self._ear.listen(
                    wish.source, progress, unlimited=wish.unlimited, quick=wish.quick
                )
            )

    def _settle(
        self,
        phase: Phase,
        source: str,
        origin: Phase | None = None,
        *,
        notice: str = "",
        **values: object,
    ) -> None:
        """Turn to a face that stays until a person wants another, with what it shows."""
        self._settled = State(phase=phase, source=source, origin=origin)
        self._back(notice=notice, **values)

    def _back(self, *, notice: str, **values: object) -> None:
        """Return to the last face that stays."""
        self._store.change(
            phase=self._settled.phase,
            source=self._settled.source,
            origin=self._settled.origin,
            about=None,
            step="",
            fraction=None,
            failure=None,
            notice=notice,
            **values,
        )

    def _fail(self, error: BaseException) -> None:
        self._store.change(
            phase=Phase.FAILED, step="", fraction=None, failure=explain(error), notice=""
        )

    def _on_hearing(self, message: Message) -> None:
        match message:
            case Step():
                self._store.change(step=message.name, fraction=message.fraction)
            case Part() | Done() if message.result is not None:
                self._take(message.result)
            case Failed():
                self._fail(message.error)
            case _:
                pass

    def _take(self, told: object) -> None:
        """Take in what the hearing thread tells."""
        match told:
            case About():
                self._store.change(about=told)
            case Results():
                self._settle(Phase.CHOOSING, self._wish.source, results=told)
            case Songs():
                self.playing.start(told.link)
            case Heard():
                self._heard(told)

    def _heard(self, heard: Heard) -> None:
        """Show a result."""
        wish = self._granted = self._wish
        if wish.origin is Phase.PLAYLIST and wish.video:
            self.playing.correct(wish.number, heard.prediction)
        source = wish.source if wish.video else heard.prediction.source
        notice = self._store.state.notice  # that it was the first of several
        self._settle(Phase.HEARD, source, wish.origin, notice=notice, heard=heard)

    def _on_model(self, message: Message) -> None:
        match message:
            case Done():
                facts = cast("ModelFacts", message.result)
                self._store.change(model=facts, notice=facts.instead or self._store.state.notice)
                self._warming.start(warm_up)
            case Failed() if self._store.state.phase is Phase.EMPTY:
                self._fail(message.error)
            case _:
                pass  # a song that is being heard fails for the same reason, and says so

    def _on_warm(self, message: Message) -> None:
        """Leave it to the first plot to say what is wrong with drawing."""
        if not isinstance(message, Step):
            # All libraries are loaded now: to look through them for garbage, again and again,
            # would hold the window up for a tenth of a second each time.
            gc.freeze()

    def _on_browsing(self, message: Message) -> None:
        if isinstance(message, Failed) or (isinstance(message, Done) and message.result is False):
            self.notify("No browser could be opened. Copy the link instead.")
