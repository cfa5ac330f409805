"""What is told of each kind of thing: its own columns, and others by their address. The same in every language."""
