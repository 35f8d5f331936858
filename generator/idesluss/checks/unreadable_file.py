"""A file that cannot be read as text.

The file is too large, is not saved as UTF-8, or holds a character that some programs take for the end of a line. Such a
file cannot be shown safely, and the line numbers of its other faults would be wrong. Save it again as UTF-8 from an
ordinary text editor, with line ends as they come (LF or CRLF).

Right:
    a file saved as "UTF-8" in the editor
Wrong:
    a file saved as "ANSI", "Latin-1" or "UTF-16"
"""

from __future__ import annotations

from idesluss.problem import Severity

CODE = "unreadable-file"
SEVERITY = Severity.ERROR
CLOSES = True
