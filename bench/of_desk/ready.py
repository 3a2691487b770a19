"""Brings a filled database up to date with the software: `python -m bench.of_desk.ready`, with its environment."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
django.setup()

from folkmoot.archive.very_many import learn_sizes  # noqa: E402  its models load only now
from folkmoot.config.readiness import bring_up_to_date  # noqa: E402

if __name__ == "__main__":
    bring_up_to_date()
    learn_sizes()  # as the worker does soon after a start
