"""Data sets: folders of songs made into tables, tables read, public archives fetched."""

from lib.dataset.activations import as_backbone_hears, hear_activations
from lib.dataset.archives import ARCHIVES, Archive
from lib.dataset.dataset import Dataset
from lib.dataset.download import download
from lib.dataset.examples import examples
from lib.dataset.extraction import Heard, Unheard, hear_song, song_hearer
from lib.dataset.genre_folders import doubts, found_line
from lib.dataset.layout import Layout
from lib.dataset.learnable import FEWEST_SONGS, count_learnable, learnable
from lib.dataset.preprocess import preprocess
from lib.dataset.reading import read_dataset, write_dataset
from lib.dataset.remote import Address, Place, read_place
from lib.dataset.segments import as_heard, cache_path, write_json
from lib.dataset.summary import GenreSummary, Summary

__all__ = [
    "ARCHIVES",
    "FEWEST_SONGS",
    "Address",
    "Archive",
    "Dataset",
    "GenreSummary",
    "Heard",
    "Layout",
    "Place",
    "Summary",
    "Unheard",
    "as_backbone_hears",
    "as_heard",
    "cache_path",
    "count_learnable",
    "doubts",
    "download",
    "examples",
    "found_line",
    "hear_activations",
    "hear_song",
    "learnable",
    "preprocess",
    "read_dataset",
    "read_place",
    "song_hearer",
    "write_dataset",
    "write_json",
]
