"""The Library page: the songs of a folder, heard by several processes, as a table.

``session`` makes all changes to its ``state``; the widgets show it.
"""
