"""The README's pictures and tables, and the scripts that make them."""
