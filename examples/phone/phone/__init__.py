"""A phone in a few files: the sign-in, a store, an outbox, and the client that is generated from the document."""

VERSION = "0.1.0"
APP = {
    "MindMove-App": f"mindmove-phone/{VERSION}"
}  # goes with every request: a version that is too old is told so (426)
