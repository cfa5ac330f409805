"""What changes in plans."""
