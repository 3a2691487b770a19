"""`bench/desk`: the pages of the desk with very many posts and open cases. It begins in `__main__.py`."""
