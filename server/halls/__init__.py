"""A lecture's answers from the hall: the only state that the server keeps."""
