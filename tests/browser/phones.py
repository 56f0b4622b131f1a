"""A phone in a hall: its screen, and when its landscape has been drawn."""

PHONE = (390, 844)
LANDSCAPE_DRAWN = "() => document.getElementById('landscape')?.width === 480"
"""Its own size says that the landscape has been drawn."""
