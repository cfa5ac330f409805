"""Reading GPX, TCX and FIT files: pure, bounded, and with nothing left but a summary."""
