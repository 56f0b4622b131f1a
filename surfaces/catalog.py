"""All surfaces, in the order in which they are shown."""

from surfaces.shapes import Bowl
from surfaces.surface import Surface

SURFACES: tuple[type[Surface], ...] = (Bowl,)
