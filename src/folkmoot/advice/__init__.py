"""Advice to people who write: what a text may run into, before it is posted. It decides nothing and keeps nothing."""
