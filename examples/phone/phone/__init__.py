"""A phone in a few files: the sign-in, a store, an outbox, and the client that is generated from the document."""
