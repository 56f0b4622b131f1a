"""What browsers may make ready before anybody goes there: speculation rules (HTML, section 7.6).

Pages mark the links that are worth it (``frontend/scenes/warming.js``, the gallery's cards); the
rules are named by a header, since a policy that allows scripts of this origin alone allows none
within the page.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from server.assets.asset import FOREVER, Asset, asset
from server.assets.codings import IDENTITY

RULES: Final = {
    "prerender": [
        {"where": {"selector_matches": "a[data-ahead]"}, "eagerness": "immediate"},
        # Of many links the one that is pointed at.
        {"where": {"selector_matches": "a[data-near]"}, "eagerness": "moderate"},
    ]
}
FILE: Final = asset(".speculation", FOREVER, {IDENTITY: json.dumps(RULES).encode()})
HASH: Final = FILE.forms[IDENTITY].etag.strip('"')
ADDRESS: Final = f"/ahead-{HASH}.speculation"
HEADERS: Final[Mapping[str, str]] = {"speculation-rules": f'"..{ADDRESS}"'}
"""Of a page one level down."""
GALLERY: Final = "/lecture.html"


def add_ahead(assets: dict[str, Asset]) -> None:
    """Add the rules to files by address, and name them to the gallery, if it is among them."""
    assets[ADDRESS] = FILE
    if gallery := assets.get(GALLERY):
        assets[GALLERY] = replace(gallery, headers={"speculation-rules": f'".{ADDRESS}"'})
