"""My calendar: what I did, what my plans put ahead, and the events I said I come to."""
