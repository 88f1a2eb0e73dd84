"""Photos: a path comes in, facts and findings (`examine`) or a picture fit for print (`Darkroom`) go out."""

from milebook.pictures.darkroom import Darkroom
from milebook.pictures.examining import LEAST_WIDTH, PhotoFacts, examine
from milebook.pictures.prints import Developed, PhotoLost

__all__ = ["LEAST_WIDTH", "Darkroom", "Developed", "PhotoFacts", "PhotoLost", "examine"]
