"""`bench/steps`: decisions a second and floods of overdue cases. It begins in `__main__.py`."""
