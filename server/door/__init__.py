"""What stands between the connection and the routes: who may come in, and what is known already."""
