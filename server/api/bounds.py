"""How much of a request is read: what no program and no answer depends on."""

from typing import Final

QUERY_BYTES: Final = 65_536
QUERY_PARAMETERS: Final = 256
"""Of one query string: bytes as they are sent, and parameters."""
BODY_VALUES: Final = 2_048
"""Values in the JSON of one body, those in others too; what may be asked takes half of it."""
REPORTED: Final = 20
"""Mistakes of one request that are reported; the others are counted."""
WORDS: Final = 16
"""Of one ``include``: there are fewer."""
ACCEPT_CHARACTERS: Final = 1_024
"""Of an Accept header; a longer one says nothing that we offer."""
CHANGING: Final = "/halls"
"""Where answers begin that change: nothing keeps them, and what is posted is not asked by GET."""
