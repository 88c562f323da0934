"""The window: give it a song, see its genre.

``app`` puts the parts together; ``controller`` makes all changes to the one ``state``; the widgets
show it.  The page for data sets is ``data``, with a controller of its own.  What takes long runs in
threads (``worker``) that hand ``messages`` to the window.  At the start nothing is imported here
but Tk: numpy, the decoders and matplotlib come in a thread, after the window stands.
"""

from lib.gui.app import App
from lib.gui.asking import Asking
from lib.gui.training import Teaching

__all__ = ["App", "Asking", "Teaching"]
