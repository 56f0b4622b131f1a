"""Small pure ASGI pieces, each doing one thing."""
