"""Examine photos as received, and prepare them for print."""

from milebook.photos.examination import LEAST_WIDTH, PhotoFacts, examine
from milebook.photos.prepare import Darkroom
from milebook.photos.prepared import Developed, PhotoLost

__all__ = ["LEAST_WIDTH", "Darkroom", "Developed", "PhotoFacts", "PhotoLost", "examine"]
