"""Journeys through the whole software: a real server, a real mail server, a real browser."""
