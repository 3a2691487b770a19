"""Django's SQLite backend, with a fair queue before the one lock for writing."""
