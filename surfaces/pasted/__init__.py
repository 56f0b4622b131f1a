"""Tables of numbers as people paste them: read under one convention, found for the whole."""
