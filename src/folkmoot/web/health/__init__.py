"""How the server is: alive, ready, and its numbers. For machines; no word about anybody."""
