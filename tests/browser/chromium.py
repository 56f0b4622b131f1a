"""A Chromium for the page's tests and pictures: the system's first, else Playwright's own."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Path of an installed Chromium or Chrome, or of the one Playwright has downloaded."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start it headless, with more arguments than usual."""
    return playwright.chromium.launch(executable_path=find(), args=[*ARGUMENTS, *arguments])


def main() -> None:
    """Make sure there is one, or say what to do."""
    if find():
        return
    print("No Chromium on the PATH; asking Playwright to install one.", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode != 0 or not find():
        sys.exit(
            "No Chromium: install one (Debian and Ubuntu: apt-get install chromium; "
            "macOS: brew install --cask chromium), then run this again."
        )


if __name__ == "__main__":
    main()
