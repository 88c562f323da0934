"""The Data page: a data set's genres and songs, and songs added to it from YouTube.

``controller`` makes all changes to its part of the state; ``shelf`` does the work, in threads; the
widgets show it.
"""
