"""Brings a filled database up to date with the software: `python -m bench.of_desk.ready`, with its environment."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from folkmoot.config.readiness import bring_up_to_date  # noqa: E402  its models load only now

if __name__ == "__main__":
    bring_up_to_date()
