"""The command line: starting and keeping the server, and what whoever runs it does from a terminal."""
