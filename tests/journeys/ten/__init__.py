"""Ten matters as people would live them, each in a branch of its own on one real server (docs/journeys.md)."""
