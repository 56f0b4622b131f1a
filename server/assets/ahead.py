"""What browsers may make ready before anybody goes there: speculation rules (HTML, section 7.6).

The page marks the links that are worth it (``frontend/scenes/warming.js``); the rules are named by
a header, since a policy that allows scripts of this origin alone allows none within the page.
"""

import json
from collections.abc import Mapping
from typing import Final

from server.assets.asset import FOREVER, Asset, asset
from server.assets.codings import IDENTITY

RULES: Final = {
    "prerender": [{"where": {"selector_matches": "a[data-ahead]"}, "eagerness": "immediate"}]
}
FILE: Final = asset(".speculation", FOREVER, {IDENTITY: json.dumps(RULES).encode()})
HASH: Final = FILE.forms[IDENTITY].etag.strip('"')
ADDRESS: Final = f"/ahead-{HASH}.speculation"
HEADERS: Final[Mapping[str, str]] = {"speculation-rules": f'"..{ADDRESS}"'}
"""Of a page one level down."""


def with_ahead(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """Files by address, and the rules among them."""
    return {**assets, ADDRESS: FILE}
