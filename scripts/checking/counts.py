"""Adds up what several runs of pytest say, from their reports."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass
class Counts:
    """Tests by outcome, over all runs."""

    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add one JUnit report; a run that wrote none counts as one error."""
        if not report.exists():
            self.errors += 1
            return
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  pytest wrote it just now
            failed, errors, skipped = (int(suite.get(name, "0")) for name in ("failures", "errors", "skipped"))
            self.failed += failed
            self.errors += errors
            self.skipped += skipped
            self.passed += int(suite.get("tests", "0")) - failed - errors - skipped

    def line(self, seconds: float) -> str:
        """Return one closing line as pytest writes it."""
        parts = [
            f"{count} {name}"
            for name, count in (
                ("failed", self.failed),
                ("passed", self.passed),
                ("skipped", self.skipped),
                ("error" if self.errors == 1 else "errors", self.errors),
            )
            if count
        ]
        return f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")
