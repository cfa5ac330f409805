"""Health stores of phones: their words for kinds of movement, in ours (docs/health-stores.md). No Django here."""
