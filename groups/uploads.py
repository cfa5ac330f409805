"""Taking pictures: in memory alone, so that what a camera wrote into them is on no disk."""

from core.uploads import InMemory, taken_by
from groups.reencoding import MOST_BYTES

MOST_PICTURES = 4


class Pictures(InMemory):
    """As many as a post holds."""

    most_files = MOST_PICTURES
    most_bytes = MOST_BYTES


pictures_in_memory = taken_by(Pictures)
