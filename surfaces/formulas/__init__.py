"""A typed formula becomes a surface, safely: text, tree, instructions, interpreter."""
