"""Folkmoot runs a member organisation's social-media policy as a fair procedure."""

__version__ = "0.1.0"
