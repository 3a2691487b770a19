"""The models in a process of their own behind a Unix socket: whoever asks loads none, and texts are nowhere kept.

`client.py` asks, and starts the process where none listens; `server.py` is it; `protocol.py` says what goes between.
"""
