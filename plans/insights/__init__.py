"""Statistics of one person's own numbers. Plain values in and out: no ORM, no words."""
