"""Backups: what is in one, how it is made while the server runs, and how it is brought back."""
