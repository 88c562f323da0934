"""Earmark: hears a song and says its genre, how sure it is, and why.

The folders follow the data: ``audio`` → ``features`` → ``dataset`` → ``model``, ``judgement`` and
``training`` → ``prediction`` → ``plots``, ``gui`` and ``console``.  A package imports only from
those before it.
"""

__version__ = "0.1.0"
