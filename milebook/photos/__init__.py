"""Examine photos as received, and prepare them for print."""

from milebook.photos.examination import LEAST_WIDTH, PhotoFacts, examine
from milebook.photos.prepare import PhotoPreparer
from milebook.photos.prepared import PhotoLost, PreparedPhoto
from milebook.photos.seen import SeenPhotos
from milebook.photos.thumbnails import thumbnail

__all__ = [
    "LEAST_WIDTH", "PhotoFacts", "PhotoLost", "PhotoPreparer", "PreparedPhoto", "SeenPhotos", "examine", "thumbnail",
]  # fmt: skip
