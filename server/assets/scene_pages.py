"""Pages of scenes, one level down: the HTML of the page that shows a scene, at the scene's address.

Files are named from where they are, so that a proxy may put all of it under a prefix. There is no
``<base>``: it would change what every ``#…`` of the page means.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from server.assets.ahead import HEADERS
from server.assets.asset import ASK, Asset, asset
from server.assets.codings import IDENTITY, Coding, compressed
from server.errors import nearest

ADDRESS: Final = re.compile(r"/scene/([^./]*)")
"""Of a page, not of a module: unbuilt, some of those are in a folder of that name."""
UNKNOWN: Final = "unknown_scene.html"
"""The page that says that there is no such scene; no address leads to it."""
NEAREST: Final = "<!-- nearest -->"
RELATIVE: Final = re.compile(r'(?<=\s)(src|href)="(?!(?:[a-z]+:|[/#"]))(?:\./)?([^"]*)"')
"""An address named from where the page is; an empty one is the page's own."""
CATALOG: Final = re.compile(
    r'\n<link rel="preload" href="(\S*)catalog(\S*)" as="fetch" crossorigin>'
)


@dataclass(frozen=True)
class Scene:
    """What its page says of a scene before any code has come.

    Attributes:
        id: the last part of its address.
        page: the HTML file that shows it.
        en, ru: its title.
    """

    id: str
    page: str
    en: str
    ru: str


def one_level_down(html: str) -> str:
    """A page whose relative addresses lead to where they led, from a folder below."""
    return RELATIVE.sub(r'\1="../\2"', html)


class ScenePages:
    """Answers ``/scene/<id>``; made when asked for, and kept while the page's HTML is the same.

    Args:
        scenes: all there are.
        html: a page's HTML by the file's name, as it is served.
    """

    def __init__(self, scenes: Sequence[Scene], html: Callable[[str], bytes]):
        self._scenes, self._html = {one.id: one for one in scenes}, html
        self._known: dict[str, tuple[bytes, Asset]] = {}

    def __call__(self, address: str) -> Asset | None:
        """The page at an address; None for an address that is no scene's. It may compress."""
        found = ADDRESS.fullmatch(address)
        if found is None:
            return None
        wanted = found[1]
        scene = self._scenes.get(wanted)
        if scene is None:
            return self._unknown(wanted)
        source = self._html(scene.page)
        known = self._known.get(scene.id)
        if known is None or known[0] != source:
            made = replace(_made(_shown(source.decode(), scene)), headers=HEADERS)
            known = self._known[scene.id] = source, made
        return known[1]

    def _unknown(self, wanted: str) -> Asset:
        """A page that names the nearest."""
        near = [self._scenes[one] for one in nearest(wanted, self._scenes)]
        items = "".join(
            f'<li><a href="{one.id}"><span lang="en">{escape(one.en)}</span>'
            f'<span lang="ru">{escape(one.ru)}</span></a></li>'
            for one in near
        )
        html = one_level_down(self._html(UNKNOWN).decode()).replace(NEAREST, items)
        return replace(_made(html), status=404)


def _shown(html: str, scene: Scene) -> str:
    """The page of a scene, which asks for the scene beside the catalogue."""

    def with_scene(found: re.Match[str]) -> str:
        link = f"{found[1]}scenarios/{scene.id}{found[2]}"
        return f'{found[0]}\n<link rel="preload" href="{link}" as="fetch" crossorigin>'

    html = CATALOG.sub(with_scene, html)
    title = f"<title>{escape(scene.en)} · Steepest</title>"
    return one_level_down(re.sub("<title>.*</title>", lambda _: title, html))


def _made(html: str) -> Asset:
    body = html.encode()
    bodies: dict[Coding, bytes] = {IDENTITY: body, **compressed(body, quickly=True)}
    return asset(".html", ASK, bodies)
