"""Many requests in one: what a phone gathered while it was offline."""
