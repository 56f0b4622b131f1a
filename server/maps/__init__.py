"""Maps: what becomes of a run from every start, or with every pair of numbers."""
