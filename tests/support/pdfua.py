"""PDF/UA-1 as its validators read it. Its module has the name of one of these helpers, hence the process of its own."""

from __future__ import annotations

import subprocess
import sys

_READ = """
import page, sys
report = page.validate_pdf_bytes(sys.stdin.buffer.read(), profile="ua1")
print(report.rules.total, *(f"{fault.rule_id}: {fault.message}" for fault in report.failures), sep="\\n")
"""


def faults(pdf: bytes) -> list[str]:
    """The rules that a PDF breaks, each with the first place where it does; all of veraPDF's but two are read."""
    run = subprocess.run([sys.executable, "-c", _READ], input=pdf, capture_output=True, check=True, cwd="/")
    rules, *found = run.stdout.decode().splitlines()
    assert int(rules) > 100
    return found
