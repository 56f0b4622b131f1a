"""What captions claim, as functions of paths; each surface names its own."""
