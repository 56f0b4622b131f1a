"""``python -m server.bundle [FOLDER]``: bundle the page and compress its files, ahead.

esbuild (of ``npm ci``) joins the modules and styles that the HTML files name. Whatever they name
gets a name with the hash of its content, so that browsers and proxies may keep it for ever.
"""

import argparse
import json
import re
import subprocess  # nosec B404
import sys
from base64 import b32encode
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree
from typing import Any, Final
from urllib.parse import quote

from server.assets.bundled import Manifest, hash_of
from server.assets.codings import SUFFIXES, compressed
from server.assets.frame import html_of
from server.pages import BUNDLE, DOCS, sources
from server.settings import FRONTEND

ESBUILD: Final = "node_modules/@esbuild/*/bin/esbuild"
"""Its program for this system; the package's own script would need Node to find it."""
ASSETS: Final = "assets"
"""The folder of everything whose name has a hash."""
NAMED: Final = re.compile(r'(?<=\s)(src|href)="([^"#?:]+\.(?:js|css|svg))"')
"""A file that an HTML file names."""
PICTURE: Final = ".svg"
THUMBNAILS: Final = "thumbnails"
"""A folder of pictures whose names have hashes already, and which are compressed by themselves."""
MODULE: Final = re.compile(r'\n<script src="([^"]+)" type="module"></script>')


def main() -> int:
    """Build, and answer 1 with a line that says what is missing."""
    parser = argparse.ArgumentParser(prog="python -m server.bundle", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=BUNDLE, help="where it goes")
    folder = parser.parse_args().folder
    program = next(iter(sorted(FRONTEND.parent.glob(ESBUILD))), None)
    if program is None:
        print("esbuild is not installed: npm ci", file=sys.stderr)
        return 1
    try:
        build(FRONTEND, folder, program)
    except subprocess.CalledProcessError:
        return 1
    return 0


def build(frontend: Path, folder: Path, esbuild: Path) -> None:
    """Bundle a page's sources into a folder, which is emptied before.

    Raises:
        CalledProcessError: esbuild refuses the sources, and has said why.
    """
    made_of = sources(frontend)
    pages = {path.name: html_of(frontend, path.name).decode() for path in frontend.glob("*.html")}
    named = {address for text in pages.values() for _, address in NAMED.findall(text)}
    # Modules and our styles are joined; a library, a picture and a plain script are only renamed.
    modules = {address for text in pages.values() for address in MODULE.findall(text)}
    styles = {address for address in named if (frontend / address).suffix == ".css"}
    joined = modules | {address for address in styles if (frontend / address).exists()}

    kept = _compressed_before(folder)
    rmtree(folder, ignore_errors=True)
    (folder / ASSETS).mkdir(parents=True)
    outputs = _join(frontend, folder, esbuild, sorted(joined))
    new_names = {one["entryPoint"]: name for name, one in outputs.items() if one.get("entryPoint")}
    for address in sorted(named - joined):
        source = made_of[address]
        if source.suffix == PICTURE:
            (folder / address).write_bytes(source.read_bytes())
            new_names[address] = _within(source)
        else:
            new_names[address] = _rename(source, folder)
    for name, text in pages.items():
        (folder / name).write_text(_rewritten(text, new_names, outputs), encoding="utf-8")

    others = {f"/{name}": name for name in pages}
    others |= {"/": "index.html", "/docs": DOCS}
    # Libraries and the icon are known at addresses of their own.
    pictures = {address for address in named if address.endswith(PICTURE)}
    others |= {f"/{address}": address for address in sorted(pictures)}
    others |= {f"/{address}": new_names[address] for address in sorted(named - joined - pictures)}
    hashed = sorted({*outputs, *others.values()} - {*pages, *pictures})
    for name in [*hashed, *pages, *pictures]:
        _compress(folder / name, kept)
    (folder / THUMBNAILS).mkdir()
    thumbnails = sorted((frontend / THUMBNAILS).glob("*.webp"))
    for path in thumbnails:
        (folder / THUMBNAILS / path.name).write_bytes(path.read_bytes())
    hashed += [f"{THUMBNAILS}/{path.name}" for path in thumbnails]
    Manifest(hash_of(made_of), tuple(hashed), others).write(folder)


def _join(frontend: Path, folder: Path, esbuild: Path, entries: list[str]) -> dict[str, Any]:
    """What esbuild makes of modules and styles: its outputs by name, as its metafile has them."""
    first = _run(frontend, folder, esbuild, entries, [])
    shared = sorted(_shared(first))
    # Every set of pages would have a chunk of its own: what several share is one for all of them.
    together = folder / "shared.js"
    together.write_text("".join(f"import {json.dumps(str(frontend / one))};\n" for one in shared))
    rmtree(folder / ASSETS)
    mains = [one for one in entries if one.endswith("/main.js")]
    others = [one for one in entries if one not in mains]
    outputs = _run(frontend, folder, esbuild, mains, [f"--inject:{together.resolve()}"])
    together.unlink()
    return outputs | _run(frontend, folder, esbuild, others, [])


def _shared(outputs: dict[str, Any]) -> set[str]:
    """The modules that more than one page runs before it does anything else."""
    pages: dict[str, int] = {}
    for name, one in outputs.items():
        if (one.get("entryPoint") or "").endswith("/main.js"):
            for chunk in _imports(name, outputs):
                pages[chunk] = pages.get(chunk, 0) + 1
    return {
        module for chunk, count in pages.items() if count > 1 for module in outputs[chunk]["inputs"]
    }


def _run(
    frontend: Path, folder: Path, esbuild: Path, entries: list[str], more: list[str]
) -> dict[str, Any]:
    """One run of esbuild: its outputs by name."""
    described = folder / "esbuild.json"
    options = ["--bundle", "--format=esm", "--splitting", "--minify", "--charset=utf8"]
    names = [f"--{kind}-names={ASSETS}/[name]-[hash]" for kind in ("entry", "chunk")]
    where = [f"--outdir={folder.resolve()}", f"--metafile={described.resolve()}"]
    command = [str(esbuild), *entries, *more, *options, *names, *where, "--log-level=warning"]
    # Names of our own files; no shell reads them.
    subprocess.run(command, cwd=frontend, check=True)  # nosec B603
    outputs = json.loads(described.read_text(encoding="utf-8"))["outputs"]
    described.unlink()
    # Names in it are relative to where esbuild ran.
    return {
        (frontend / name).resolve().relative_to(folder.resolve()).as_posix(): one
        for name, one in outputs.items()
    }


def _rename(source: Path, folder: Path) -> str:
    """Copy a file under a name with its hash."""
    content = source.read_bytes()
    short = b32encode(blake2b(content, digest_size=5).digest()).decode()
    name = f"{ASSETS}/{source.stem}-{short}{source.suffix}"
    (folder / name).write_bytes(content)
    return name


def _within(picture: Path) -> str:
    """An address that is the picture itself, so that it need not be asked for."""
    return f"data:image/svg+xml,{quote(picture.read_text(encoding='utf-8').strip())}"


def _rewritten(text: str, new_names: dict[str, str], outputs: dict[str, Any]) -> str:
    """An HTML file with new names, and with its modules' own imports asked for at once."""

    def script(found: re.Match[str]) -> str:
        chunks = _imports(new_names[found[1]], outputs)
        links = (f'\n<link rel="modulepreload" href="{chunk}">' for chunk in chunks)
        return found[0] + "".join(links)

    text = MODULE.sub(script, text)
    return NAMED.sub(lambda found: f'{found[1]}="{new_names.get(found[2], found[2])}"', text)


def _imports(name: str, outputs: dict[str, Any]) -> list[str]:
    """Every chunk that a module needs before it runs."""
    found: list[str] = []
    wanted = [name]
    while wanted:
        for one in outputs[wanted.pop()]["imports"]:
            path = f"{ASSETS}/{Path(one['path']).name}"
            if one["kind"] == "import-statement" and path not in found:
                found.append(path)
                wanted.append(path)
    return found


def _compressed_before(folder: Path) -> dict[str, dict[str, bytes]]:
    """What is compressed already of files whose names say their content: libraries take seconds."""
    return {
        f"{ASSETS}/{path.name}": {
            suffix: before.read_bytes()
            for suffix in SUFFIXES.values()
            if (before := path.with_name(path.name + suffix)).exists()
        }
        for path in folder.glob(f"{ASSETS}/*")
        if path.suffix not in SUFFIXES.values()
    }


def _compress(path: Path, kept: dict[str, dict[str, bytes]]) -> None:
    made = kept.get(f"{ASSETS}/{path.name}") if path.parent.name == ASSETS else None
    if not made:
        bodies = compressed(path.read_bytes())
        made = {SUFFIXES[coding]: body for coding, body in bodies.items()}
    for suffix, body in made.items():
        path.with_name(path.name + suffix).write_bytes(body)


if __name__ == "__main__":
    sys.exit(main())
