"""`bench/archive`: copies found, posts taken in, words found. It begins in `__main__.py`."""
