"""The worker process: `python -m folkmoot.worker`."""

import os
from importlib import import_module

import django


def main() -> None:
    """Deliver and sweep until the process, or its parent, ends."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    django.setup()
    import_module("folkmoot.worker.loop").run()  # its models load only now


if __name__ == "__main__":
    main()
