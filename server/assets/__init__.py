"""Static files: compressed once, answered from memory."""
