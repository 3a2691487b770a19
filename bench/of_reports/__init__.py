"""`bench/reports`: durable reports a second over HTTP. It begins in `__main__.py`."""
