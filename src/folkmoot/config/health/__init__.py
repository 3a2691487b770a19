"""Is everything working? Each check looks once and says one plain sentence; page, command and `/readyz` share them.

`everything.py` puts them together: `server_lights` and `office_lights` for people, `what_stops` for machines.
"""
