"""Ids, time arithmetic, tokens, errors: what every room may use. Standard library only."""
