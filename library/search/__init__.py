"""Search in the library, the same on every database: see docs/decisions/0011-search-with-an-index-of-our-own.md."""
