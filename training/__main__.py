"""Makes all that triage loads: python -m training [DATA], some two hours on two processors.

The light model, the transformer, what Folkmoot loads of it, and how the evidence of both is weighed, one after
the other; each is a command of its own. The models need the packages of `training/requirements.txt`.
"""

import subprocess
import sys

ORDER = ("training.check_pairs", "training.linear", "training.transformer", "training.export", "training.weigh")
_READS_DATA = {"training.linear", "training.transformer", "training.weigh"}


def main() -> None:
    """Run each command in its turn, and stop at the first that fails."""
    for module in ORDER:
        print(f"== {module}", flush=True)
        said = sys.argv[1:] if module in _READS_DATA else []
        done = subprocess.run([sys.executable, "-m", module, *said], check=False)
        if done.returncode:
            sys.exit(f"{module} failed")


if __name__ == "__main__":
    main()
