"""Maps: one request model and route a kind; ``telling`` streams each of them."""
