"""The worker process: `python -m folkmoot.worker`."""

import os
import signal
import sys
from importlib import import_module

import django


def main() -> None:
    """Deliver and sweep until the process, or its parent, ends."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))  # until the loop listens: nothing is in hand
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    django.setup()
    import_module("folkmoot.worker.loop").run()  # its models load only now


if __name__ == "__main__":
    main()
