"""Search in the library, the same on every database: see docs/decisions/0010-search-with-an-index-of-our-own.md."""
