"""The Library page's tab Tags: the genre of each file before and after, written, and undone.

``session`` makes all changes to its ``state``; the widgets show it.
"""
