"""What is due, looked up in plans and groups. Nothing is stored ahead, so moving a thing moves its reminder."""
