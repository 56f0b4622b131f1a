"""Pages within their frame: what stands round every one of them is written once, in one file."""

import re
from pathlib import Path
from string import Template
from typing import Final

FRAME: Final = "shell/frame.html"
BODY: Final = re.compile(r"(<body[^>]*>)\s*\n")
"""What stands before it in a page's own file is of the head."""
WHOLE: Final = "<!doctype"


def html_of(frontend: Path, name: str) -> bytes:
    """A page as browsers are sent it.

    Args:
        frontend: the folder of the page's sources.
        name: of an HTML file in it. One that begins with a doctype is whole, and has no frame.

    Raises:
        OSError: there is no such file.
        ValueError: it is neither a whole page nor one for the frame.
    """
    own = (frontend / name).read_text(encoding="utf-8-sig")
    if own.lstrip().lower().startswith(WHOLE):
        return own.encode()
    parts = BODY.split(own, maxsplit=1)
    if len(parts) == 1:
        raise ValueError(f"{name}: accepted: a line <body …>, or a page that begins with {WHOLE}")
    head, body, page = parts
    frame = Template((frontend / FRAME).read_text(encoding="utf-8"))
    return frame.substitute(head=head, body=body, page=page).encode()
