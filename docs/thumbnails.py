"""The pictures of the gallery: ``python -m docs.thumbnails [SCENE …]``.

Each is taken in both themes, by the scene's own address at the product's own server, and tells as
little as it can of how it ends: a race is seen early on, a network before it is trained, a graph on
its way forwards. Without names all scenes are taken, and what belongs to none is removed. Names of
files have their content's hash in them, so that browsers may keep them for ever;
``frontend/lecture/thumbnails.json`` has them all.
"""

import base64
import json
import re
import sys
from hashlib import blake2b

from playwright.sync_api import Page, ViewportSize, sync_playwright

from server.scenarios.catalog import SCENARIOS
from server.scenarios.map_states import Trainability
from server.scenarios.scenario import Scenario
from server.scenarios.states import Descent, Functions, Signal
from server.settings import FRONTEND
from tests.browser import chromium
from tests.serving import serving

FOLDER = FRONTEND / "thumbnails"
LIST = FRONTEND / "lecture" / "thumbnails.json"
THEMES = ("light", "dark")
SIZE = (400, 250)
MOST = 12_000
"""Bytes of a file."""
EARLY = 0.06
"""Which part of a race is seen."""
LATER = {"the_cliff": 3, "pascanus_wall": 54, "near_the_minimum": 28, "basins": 6}
"""Steps of races that have hardly begun by then, or are nearly over."""
NEARER = {"the_cliff": "-1.2,2.8,-1.25,1.25", "pascanus_wall": "4.2,5.6,-2.75,-1.85"}
"""What is seen of the plane where a race begins in a corner of what the scene shows."""
BESIDE = """
  .picture { width: 31rem !important; height: 50rem !important; }
  .beside { --across: 3 !important; --down: 1 !important; }
  .beside { padding: 0 !important; gap: 3px !important; }
  .beside-cell figcaption { display: none !important; }
"""
"""Maps side by side are a row without names, each as high as the row."""
FORWARDS = 10
"""Nodes of the graph on the way forwards."""
PATIENCE = 120_000
"""Milliseconds; what was never asked for before is compiled first."""

# What lies over the picture to be pressed.
BARE = """
  .zoom, .picture .zoom-buttons, .picture .segmented, .picture button, .map-choice,
  .curvature-choice, .notices, .welcome, .course-bar, #tour { display: none !important; }
  .player { visibility: hidden; }
  /* Small as it is, a picture has room for what is looked at first. */
  .run-head, .trained-curves, .trained-prediction .panel-head, .story, .stage-head, .column .hint,
  .to-numbers, .readout-card, .panel:not([data-kind="gradient_norm"], [data-kind="activation"]),
  .equations, .at-zero, .range { display: none !important; }
  #stage .charts { grid-template-rows: minmax(0, 1fr) !important; }
  #stage[data-settings="1"] .charts { grid-template-columns: minmax(0, 1fr) !important; }
  .trained-stage .trained-runs[data-count] .prediction { min-height: 20rem !important; }
  .size-value, .size-times { visibility: hidden; }
"""
# The other theme, once it is drawn.
CHANGED = """async (theme) => {
  document.getElementById(`theme-${theme}`).click();
  const frame = () => new Promise(requestAnimationFrame);
  while (document.documentElement.dataset.theme !== theme) await frame();
  await frame();
  await frame();
}"""
# A picture of the window as a small file of the asked size, cut at the right and below.
SMALLER = """async ([png, [width, height], most]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const scale = Math.max(width / image.width, height / image.height);
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, image.width * scale, image.height * scale);
  for (let quality = 0.86; ; quality -= 0.06) {
    const text = canvas.toDataURL("image/webp", quality).split(",")[1];
    if (text.length * 0.75 <= most || quality < 0.2) return text;
  }
}"""


def address_of(scenario: Scenario) -> str:
    """Of the laboratory, or of the scene itself where the laboratory would tell too much."""
    state = scenario.state
    address = state.address()
    if isinstance(state, Signal) and state.view == "training":
        return f"scene/{scenario.id}#theme={THEMES[0]}"
    if isinstance(state, Functions) and state.fields["view"] == "activations":
        return f"scene/{scenario.id}#theme={THEMES[0]}"
    if isinstance(state, Descent) and "step=" not in address:
        address += f"&step={LATER.get(scenario.id, max(1, round(state.steps * EARLY)))}"
    if scenario.id in NEARER:
        address = re.sub("&view=[^&]*", "", address) + f"&view={NEARER[scenario.id]}"
    return f"{address}&theme={THEMES[0]}"


def window_of(scenario: Scenario) -> ViewportSize:
    """Wide enough for one column of a race: its picture is as on a small screen, its type large."""
    match scenario.state:
        case Descent(shown={"beside": _}):
            return {"width": 596, "height": 1000}
        case Descent(graph=False):
            return {"width": 596, "height": 450}
        case Descent():
            return {"width": 900, "height": 720}
        case Signal(view="signal"):
            return {"width": 1010, "height": 560}
        case _:
            return {"width": 1100, "height": 700}


def take(page: Page, scenario: Scenario) -> bytes:
    """The picture of an opened page, as PNG."""
    state = scenario.state
    match state:
        case Descent(graph=True):
            page.wait_for_selector("#graph[open][data-step]")
            page.wait_for_load_state("networkidle")
            page.keyboard.press("Home")
            for _ in range(FORWARDS):
                page.keyboard.press("ArrowRight")
            return page.locator("#graph .graph-window").screenshot()
        case Descent():
            page.wait_for_selector('#picture[data-drawn]:not([data-revision="0"])')
            if state.shown.get("ground") == "basins":
                page.wait_for_selector('#picture[data-map="basins"]')
            # Level lines of a batch, events and the like come after it.
            page.wait_for_load_state("networkidle")
            if "beside" in state.shown:
                return row_of(page)
            # What lies inside its axes.
            return page.locator(".ground-window").first.screenshot()
        case Signal(view="training"):
            page.wait_for_selector(".trained-prediction")
            page.wait_for_load_state("networkidle")
            return page.locator(".trained-runs").screenshot()
        case Signal():
            page.wait_for_selector('body:not([data-revision="0"])')
            return page.locator("#stage").screenshot()
        case Functions(fields={"view": "losses"}):
            # The first is of a legend, and as a level line it has no height to be seen by.
            drawn = "#losses:not([data-revision='0']) .curves path"
            page.wait_for_selector(drawn, state="attached")
            return page.locator(".curves").screenshot()
        case Trainability():
            page.wait_for_selector('#picture[data-done="1"]')
            page.wait_for_load_state("networkidle")
            return page.locator(".map-window").screenshot()
        case Functions():
            shown = ".main > section:not(#scene, [hidden], [data-drawn='0'])"
            page.wait_for_selector(shown)
            page.wait_for_load_state("networkidle")
            return page.locator(shown).first.screenshot()


def row_of(page: Page) -> bytes:
    """Maps that stand side by side, from the first to the last."""
    boxes = [one.bounding_box() for one in page.locator(".beside-field").all()]
    seen = [box for box in boxes if box is not None]
    left, top = min(box["x"] for box in seen), min(box["y"] for box in seen)
    right = max(box["x"] + box["width"] for box in seen)
    height = max(box["height"] for box in seen)
    return page.screenshot(clip={"x": left, "y": top, "width": right - left, "height": height})


def name_of(scenario: Scenario, theme: str, content: bytes) -> str:
    """The file's name, with its content's hash."""
    return f"{scenario.id}-{theme}-{blake2b(content, digest_size=5).hexdigest()}.webp"


def main() -> None:
    """Take them, write what has changed, list all."""
    wanted = [one for one in SCENARIOS if not sys.argv[1:] or one.id in sys.argv[1:]]
    known: dict[str, dict[str, str]] = json.loads(LIST.read_text())
    FOLDER.mkdir(exist_ok=True)
    with serving() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright, "--process-per-site")
        context = browser.new_context(locale="en-US", reduced_motion="reduce")
        plain = context.new_page()
        for scenario in wanted:
            taken: dict[str, str] = {}
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.set_viewport_size(window_of(scenario))
            page.goto(f"{server.address}/{address_of(scenario)}")
            is_row = isinstance(scenario.state, Descent) and "beside" in scenario.state.shown
            page.add_style_tag(content=BARE + BESIDE * is_row)
            page.wait_for_selector("#theme-dark", state="attached")
            take(page, scenario)
            for theme in THEMES:
                page.evaluate(CHANGED, theme)
                png = base64.b64encode(take(page, scenario)).decode()
                content = base64.b64decode(plain.evaluate(SMALLER, [png, SIZE, MOST]))
                name = name_of(scenario, theme, content)
                (FOLDER / name).write_bytes(content)
                taken[theme] = f"thumbnails/{name}"
            page.close()
            known[scenario.id] = taken
            print(scenario.id, flush=True)
        browser.close()
    listed = {one.id: known[one.id] for one in SCENARIOS if one.id in known}
    LIST.write_text(json.dumps(listed, indent=2) + "\n")
    names = {re.sub("^.*/", "", name) for pair in listed.values() for name in pair.values()}
    for path in FOLDER.glob("*"):
        if path.name not in names:
            path.unlink()


if __name__ == "__main__":
    main()
