"""`bench/paint`: what a phone on a slow line sees first. It begins in `__main__.py`."""
