"""The policy as rules: stages, steps, roles, limits, quorum. Pure data and functions: no Django, no database."""
