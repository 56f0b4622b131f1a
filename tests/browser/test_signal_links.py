"""Links to Signal: everything comes back, old ones ask what they did, wrong ones are explained."""

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.actions import address_of, asked, with_sources
from tests.browser.signal_page import SMALL, after, open_signal


def test_a_link_brings_everything_back(open_page):
    address = (
        "#depth=7&width=20&activation=leaky_relu&activation.slope=0.2&initializer=normal"
        "&initializer.standard_deviation=1&skip=1&normalization=layer&loss=mae&dataset=curve"
        "&dataset.noise=0.1&seed=9&seeds=1&b=depth:5,activation:tanh,skip:0&edit=A&layer=4"
        "&lang=ru&theme=dark"
    )
    # Read in any order, written in the page's own.
    backwards = "#" + "&".join(reversed(address[1:].split("&")))
    page = open_signal(open_page, backwards)
    page.wait_for_function("(hash) => location.hash === hash", arg=address)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.input_value("#parameter-initializer") == "normal.1"
    assert page.is_checked("#parameter-skip")
    assert page.input_value("#parameter-loss") == "mae"
    assert page.inner_text("#layer-value") == "4 / 7"
    assert page.locator("#difference li").all_inner_texts() == [
        "Глубина: 7 → 5",
        "Активация: Leaky ReLU, утечка 0,2 → tanh",
        "Остаточные связи (skip): есть → нет",
    ]


# Links of before the page had one codec, and what was asked of the server then.
LINKS = json.loads((Path(__file__).parent / "signal_links.json").read_text())
READ = """async (links) => {
  const { fromAddress, toAddress } = await import("/sources/signal/fields.js");
  const { signalBody, trainingBody } = await import("/sources/signal/bodies.js");
  const { defaultState, settingsOf } = await import("/sources/signal/state.js");
  const catalog = await (await fetch("api/v1/catalog")).json();
  return links.map((hash) => {
    const { state, problems } = fromAddress(hash, catalog);
    const bodies = (body) => settingsOf(state).map((letter) => body(catalog, state, letter));
    return {
      hash,
      problems: problems.sort(),
      written: toAddress({ ...defaultState(), ...state }, catalog),
      signal: bodies(signalBody),
      training: bodies(trainingBody),
    };
  });
}"""


def test_old_links_ask_the_server_what_they_asked(open_page):
    page = with_sources(open_signal(open_page))
    read = page.evaluate(READ, [one["hash"] for one in LINKS])
    for now, before in zip(read, LINKS, strict=True):
        assert now == before
    assert len(LINKS) > 20


def test_a_changed_link_is_applied_as_the_page_stands(open_page):
    page = open_signal(open_page)
    page.evaluate("window.same = true")
    requests = []
    page.on("request", lambda one: "networks/signal" in one.url and requests.append(asked(one)))

    def shows(depth):
        expect(page.locator("#parameter-depth")).to_have_value(str(depth))
        expect(page.locator("#layer-value")).to_have_text(f"1 / {depth}")

    hostile = "#depth=4&width=16&seeds=1&constructor=1&__proto__=2&100%=3&dataset.toString=4"
    after(page, lambda: page.evaluate("(hash) => { location.hash = hash; }", hostile))
    shows(4)
    notice = page.inner_text('.notice[data-kind="address"]')
    for wrong in ("constructor=1", "__proto__=2", "100%=3", "dataset.toString=4"):
        assert wrong in notice
    page.click('.notice[data-kind="address"] button')
    # A scenario is an entry of the history; the turn of a knob is none.
    after(page, lambda: page.fill("#parameter-depth", "5"))
    after(page, lambda: page.click("[data-scenario=skip]"))
    shows(30)
    after(page, page.go_back)
    shows(5)
    after(page, page.go_back)
    shows(6)
    after(page, page.go_forward)
    shows(5)
    assert page.evaluate("window.same")
    assert [one["depth"] for one in requests] == [4, 5, 30, 30, 5, 6, 5]


def test_a_broken_link_is_explained_and_the_rest_used(open_page):
    page = open_signal(
        open_page, f"{SMALL}&skip=yes&loss=huber&activation.alpha=1&b=width:1,dataset:xor,depth:5"
    )
    notice = page.inner_text('.notice[data-kind="address"]')
    for wrong in ("skip=yes", "loss=huber", "activation.alpha=1", "width=1", "dataset=xor"):
        assert wrong in notice
    assert page.inner_text("#layer-value") == "1 / 6"
    assert page.locator("#difference li").all_inner_texts() == ["Depth: 6 → 5"]


def test_what_b_set_under_another_convention_comes_back(open_page):
    b = "convention:keras,optimizer.decay:0.99"
    page = open_page(
        f"signal.html#view=training&depth=2&width=8&steps=5&optimizer=rmsprop&b={b}", ready=False
    )
    assert address_of(page, steps=5)["b"] == [b]
    assert page.input_value('[id="parameter-optimizer.decay"]') == "0.99"
