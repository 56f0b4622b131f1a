"""The page, plotly.js and the API docs, all from installed files: no CDN, no internet.

A hall is served the bundle that ``make page`` makes: few files, compressed ahead, in memory. The
sources are served as they are where there is no bundle of them, which is how they are worked on.
"""

import logging
from asyncio import to_thread
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Final

from fastapi import FastAPI

from server.assets.ahead import add_ahead
from server.assets.asset import ASK, TYPES, Asset, asset
from server.assets.bundled import assets_of, hash_of, manifest_of
from server.assets.codings import IDENTITY, Coding, compressed
from server.assets.frame import html_of
from server.assets.hall_page import PAGE, PREFIX, HallPage
from server.assets.scene_pages import ADDRESS, UNKNOWN, Scene, ScenePages
from server.assets.serving import Assets
from server.assets.sources import Sources

PLOTLY = Path(str(files("plotly") / "package_data" / "plotly.min.js"))
SWAGGER = Path(str(files("fastapi_offline") / "static"))
LIBRARIES: Final = {
    f"vendor/{path.name}": path
    for path in (PLOTLY, SWAGGER / "swagger-ui.css", SWAGGER / "swagger-ui-bundle.js")
}
"""What others wrote, by the address at which pages name it."""
DOCS: Final = "docs.html"
BUNDLE: Final = Path(__file__).parent.parent / "build" / "page"
"""Where ``make page`` puts it."""
OFF: Final = "off"
CATALOG: Final = b'href="api/v1/catalog'
"""Where the pages name the first answer that they ask for."""

logger = logging.getLogger("steepest")


def sources(frontend: Path) -> dict[str, Path]:
    """All that a page is made of, by the address at which it is served unbuilt."""
    own = {
        path.relative_to(frontend).as_posix(): path
        for path in frontend.rglob("*")
        if path.is_file()
    }
    return own | LIBRARIES


def install(
    app: FastAPI,
    frontend: Path,
    bundle: str | None = None,
    version: "Future[str] | None" = None,
    scenes: Sequence[Scene] = (),
) -> None:
    """Serve pages at ``/``, ``/scene/<id>`` and ``/h/<hall>``, the docs, and their libraries.

    Args:
        app: what they are added to.
        frontend: the folder of the page's sources.
        bundle: the folder of the bundled page, "off", or None for where ``make page`` puts it.
        version: of all answers. The page names it in what it asks, so that an answer may be kept
            until there is another version, whose page then asks for others.
        scenes: of the lecture, each at an address of its own.
    """
    assets = None if bundle == OFF else _bundled(frontend, Path(bundle) if bundle else BUNDLE)
    if assets is None:
        app.mount(PREFIX, Assets({}, HallPage(lambda: (frontend / PAGE).read_bytes())))
        app.mount("/", _unbuilt(frontend, version, scenes))
        return
    phone = HallPage(lambda: assets[f"/{PAGE}"].forms[IDENTITY].body)
    app.mount(PREFIX, Assets({}, phone))
    unknown = assets.pop(f"/{UNKNOWN}")

    def html(name: str) -> bytes:
        one = unknown if name == UNKNOWN else assets[f"/{name}"]
        return one.forms[IDENTITY].body

    of_scenes = ScenePages(scenes, html)

    async def scene(address: str) -> Asset | None:
        # A thread, because one is compressed the first time.
        return await to_thread(of_scenes, address) if ADDRESS.fullmatch(address) else None

    add_ahead(assets)
    app.mount("/", Assets(assets, scene))

    # Until it is known pages do without, and keep answers for minutes.
    def name(known: "Future[str]") -> None:
        for address, one in list(assets.items()):
            if one.media_type == TYPES[".html"]:
                body = _naming(known.result(), one.forms[IDENTITY].body)
                named = asset(".html", ASK, {IDENTITY: body, **compressed(body)})
                assets[address] = replace(named, headers=one.headers)

    if version is not None:
        version.add_done_callback(name)


def _naming(version: str, page: bytes) -> bytes:
    return page.replace(CATALOG, CATALOG + f"?version={version}".encode())


def _bundled(frontend: Path, folder: Path) -> dict[str, Asset] | None:
    """The bundle's files; None, and a line that says why, where the sources are served instead."""
    manifest = manifest_of(folder)
    if manifest is None:
        logger.warning("The page is served as plain modules: there is no bundle in %s.", folder)
        return None
    # Where only the bundle is installed there is nothing that it could be older than.
    if frontend.is_dir() and manifest.sources != hash_of(sources(frontend)):
        logger.warning(
            "The page is served as plain modules: its sources have changed since the bundle in %s"
            " was made (make page).",
            folder,
        )
        return None
    return assets_of(folder, manifest)


def _unbuilt(frontend: Path, version: "Future[str] | None", scenes: Sequence[Scene]) -> Assets:
    """The sources as they are now, and libraries."""
    assets = {
        f"/{address}": asset(path.suffix, ASK, {IDENTITY: path.read_bytes()})
        for address, path in LIBRARIES.items()
    }
    assets["/docs"] = asset(".html", ASK, {IDENTITY: (frontend / DOCS).read_bytes()})

    # Half a second, beside all else that starts; until then they are sent as they are.
    def compress() -> None:
        for address, one in list(assets.items()):
            body = one.forms[IDENTITY].body
            bodies: dict[Coding, bytes] = {IDENTITY: body, **compressed(body, quickly=True)}
            assets[address] = asset(Path(address).suffix or ".html", ASK, bodies)

    Thread(target=compress, name="assets", daemon=True).start()

    def written(name: str) -> bytes:
        if not name.endswith(".html"):
            return (frontend / name).read_bytes()
        html = html_of(frontend, name)
        return _naming(version.result(), html) if version else html

    of_scenes = ScenePages(scenes, written)
    files = Sources(frontend, written)

    async def other(address: str) -> Asset | None:
        if ADDRESS.fullmatch(address):
            return await to_thread(of_scenes, address)
        return await files(address)

    add_ahead(assets)
    return Assets(assets, other)
