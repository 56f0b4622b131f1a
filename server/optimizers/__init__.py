"""How to descend: one optimiser a file, the lecture's form first."""
