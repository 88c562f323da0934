"""Earmark: hears a song and says its genre, how sure it is, and why.

The folders follow the data: ``audio`` and ``youtube`` → ``features`` → ``dataset`` and
``collecting`` → ``model``, ``judgement`` and ``training`` → ``prediction`` → ``plots``, ``gui`` and
``console``.  A package imports only from those before it.
"""

import os

from lib.interrupts import end_quietly

end_quietly()

__version__ = "0.1.0"

# The matrices here are small: shared out among threads, they cost several times the work (73 ms
# instead of 15 for the features of a window, on two cores).  numpy's libraries read this when they
# are first loaded, so it stands before any import of theirs; a person's own setting is left alone.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")

# ONNX Runtime would report to its makers that it is used, and on what machine.  What is heard here
# is nobody else's business, so this is no default that a setting could undo.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
