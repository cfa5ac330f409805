"""What a device needs to work without a connection, and what changed of it since it last asked (decision 0020)."""
