"""One file a resource: request model, answer model, route. No maths here."""
