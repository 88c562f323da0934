"""Growing a data set from playlists."""
