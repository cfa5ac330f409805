"""Web Push: where it may go, how it is encrypted and signed, and what it says."""
