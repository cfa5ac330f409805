"""Input of pages: cleaned here, kept by services."""
