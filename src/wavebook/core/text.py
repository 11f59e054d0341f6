"""Text that people write and others read."""

import re

# Characters that no reader sees: XML, hence SVG, a workbook and a feed, cannot hold some of them, a terminal obeys
# others, and the last turn the text around them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
