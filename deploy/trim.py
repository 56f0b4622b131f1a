"""Removes from the image's environment what nothing of it loads; says how much that was.

Tests of packages, plotly's Python side (the page uses its plotly.js alone), and pip. Licences and
the lists of what was installed stay: scanners and ``importlib.metadata`` read them.
"""

import shutil
import site
import sys
from pathlib import Path

PLOTLY_KEPT = {"__init__.py", "package_data"}
EMPTY = '"""Only package_data is left of this package."""\n'


def size(path: Path) -> int:
    """Bytes of a file or of all files below a folder."""
    if path.is_dir():
        return sum(one.lstat().st_size for one in path.rglob("*") if not one.is_dir())
    return path.lstat().st_size


def remove(path: Path) -> int:
    """Remove it; its bytes."""
    removed = size(path)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    return removed


def main() -> None:
    """Trim this interpreter's own packages."""
    packages = Path(site.getsitepackages()[0])
    before = size(packages)
    for name in ("numpy", "scipy", "jax", "optax", "diffrax", "equinox", "contourpy"):
        for folder in sorted(packages.glob(f"{name}/**/tests")):
            if folder.is_dir():
                remove(folder)
    plotly = packages / "plotly"
    for path in plotly.iterdir():
        if path.name not in PLOTLY_KEPT:
            remove(path)
    (plotly / "__init__.py").write_text(EMPTY)
    for path in (plotly / "package_data").iterdir():
        if path.name != "plotly.min.js":
            remove(path)
    for path in [packages / "pip", *packages.glob("pip-*.dist-info")]:
        remove(path)
    print(f"packages: {before / 1e6:.0f} MB, trimmed to {size(packages) / 1e6:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
