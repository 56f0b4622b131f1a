"""A scene of another page is made ready before anybody goes there.

Chromium makes nothing ready in a page that a debugger is attached to as Playwright attaches; one
that comes by way of its tab is no hindrance. So it is asked through a pipe, in its own protocol.
"""

import json
import os
import re
import select
import subprocess
import time

import pytest

from tests.browser import chromium

PATIENCE = 60.0
READY = "document.body?.dataset.scene === '%s' && !!document.querySelector('#scene-next')"
SHOWN = "document.visibilityState === 'visible' && !document.prerendering"
FOUND = """JSON.stringify({
  activated: performance.getEntriesByType("navigation")[0].activationStart > 0,
  id: sessionStorage.getItem("steepest.lecture-id")})"""


class Tab:
    """A tab of a Chromium, and the pages in it: the one that is shown and those made ready."""

    def __init__(self, folder):
        commands, self._to = os.pipe()
        self._from, answers = os.pipe()
        # The browser reads at 3 and writes at 4.
        script = f'exec "$@" 3<&{commands} 4>&{answers}'
        browser = [chromium.find(), "--headless=new", "--remote-debugging-pipe"]
        browser += [*chromium.ARGUMENTS, f"--user-data-dir={folder}", "about:blank"]
        self.process = subprocess.Popen(
            ["bash", "-c", script, "bash", *browser],
            pass_fds=(commands, answers), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(commands)
        os.close(answers)
        self._rest, self._number, self.pages = b"", 0, {}
        tabs = self.ask("Target.getTargets", filter=[{"type": "tab"}])["targetInfos"]
        tab = self.ask("Target.attachToTarget", targetId=tabs[0]["targetId"], flatten=True)
        self.ask(
            "Target.setAutoAttach", tab["sessionId"],
            autoAttach=True, waitForDebuggerOnStart=False, flatten=True,
        )  # fmt: skip

    def _next(self):
        while b"\0" not in self._rest:
            assert select.select([self._from], [], [], PATIENCE)[0], "the browser says nothing"
            self._rest += os.read(self._from, 65536)
        one, self._rest = self._rest.split(b"\0", 1)
        return json.loads(one)

    def ask(self, method, session=None, **params):
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == message["id"]:
                return told.get("result")
            if told.get("method") == "Target.attachedToTarget":
                self.pages[told["params"]["sessionId"]] = told["params"]["targetInfo"]["url"]
            if told.get("method") == "Target.detachedFromTarget":
                self.pages.pop(told["params"]["sessionId"], None)

    def value(self, page, script):
        told = self.ask("Runtime.evaluate", page, expression=script, returnByValue=True)
        return told and told["result"].get("value")

    def page_where(self, script):
        """The page of the tab of which a script is true, once there is one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for page in list(self.pages):
                if self.value(page, script):
                    return page
            self.ask("Target.getTargets")
            select.select([self._from], [], [], 0.05)
        raise AssertionError(f"no page where {script}")


@pytest.fixture
def tab(tmp_path):
    made = Tab(tmp_path)
    yield made
    made.process.terminate()
    made.process.wait(30)


def test_a_neighbour_that_another_page_shows_is_ready_before_it_is_wanted(tab, server):
    here, there = "one_neuron_two_starts", "activation_slopes"
    page = tab.page_where(SHOWN)
    tab.ask("Page.navigate", page, url=f"{server}/scene/{here}")
    page = tab.page_where(f"{SHOWN} && {READY % here}")
    before = json.loads(tab.value(page, FOUND))
    assert not before["activated"]
    tab.page_where(f"document.prerendering && {READY % there}")
    key = {"key": "PageDown", "code": "PageDown", "windowsVirtualKeyCode": 34}
    tab.ask("Input.dispatchKeyEvent", page, type="keyDown", **key)
    page = tab.page_where(f"{SHOWN} && {READY % there}")
    # The lecture goes on: its audience's window finds it by this name.
    assert json.loads(tab.value(page, FOUND)) == {"activated": True, "id": before["id"]}


def test_a_scene_that_is_pointed_at_in_the_gallery_is_made_ready(tab, server):
    page = tab.page_where(SHOWN)
    tab.ask("Page.navigate", page, url=f"{server}/lecture.html")
    link = "document.querySelector('[data-scene=activation_slopes] > a[data-near]')"
    page = tab.page_where(f"{SHOWN} && !!{link}")
    tab.value(page, f"{link}.scrollIntoView({{block: 'center'}})")
    x, y = json.loads(tab.value(page, f"JSON.stringify(((r) => [r.x + 9, r.y + 9])"
                                      f"({link}.getBoundingClientRect()))"))  # fmt: skip
    tab.ask("Input.dispatchMouseEvent", page, type="mouseMoved", x=x, y=y)
    tab.page_where(f"document.prerendering && {READY % 'activation_slopes'}")


WITHOUT_RULES = "Object.defineProperty(HTMLScriptElement, 'supports', {value: () => false})"


def test_without_such_rules_what_the_neighbours_page_is_made_of_is_fetched(browser, server):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(WITHOUT_RULES)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    there = f"{server}/scene/activation_slopes"
    with page.expect_response(there) as told:
        page.goto(f"{server}/scene/one_neuron_two_starts")
    made_of = re.findall(r'(?:src|href)="\.\./([^"]+\.(?:js|css))"', told.value.text())
    assert made_of
    page.wait_for_function(
        """(names) => {
          const come = performance.getEntriesByType("resource").map(({ name }) => name);
          return names.every((name) => come.some((one) => one.endsWith(name)));
        }""",
        arg=made_of,
    )
    context.close()
