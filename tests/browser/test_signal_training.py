"""What Signal asks for when a network is to be trained, and what it does not."""

from playwright.sync_api import expect

from tests.browser.actions import asked, pixels
from tests.browser.ready import SIGNALLED
from tests.browser.signal_page import SMALL, open_signal, trained


def test_training_is_asked_for_as_the_knobs_stand(open_page):
    page = open_signal(
        open_page,
        f"{SMALL}&loss=mse&optimizer=momentum&convention=keras&optimizer.momentum=0.8"
        "&schedule=step&schedule.factor=0.25&clipping=norm&clipping.threshold=2&batch=8&steps=20",
    )
    page.click("#view-training")
    with page.expect_request(lambda request: "networks/training" in request.url) as asked_for:
        page.click("#train")
    body = asked_for.value.post_data_json
    expected = {
        "depth": 6,
        "width": 16,
        "activation": {"id": "sigmoid"},
        "initializer": {"id": "xavier"},
        "skip": False,
        "normalization": "none",
        "dataset": {"id": "moons", "size": 32},
        "loss": "mse",
        "seed": 0,
        "optimizer": {"id": "momentum", "convention": "keras", "momentum": 0.8},
        "schedule": {"id": "step", "factor": 0.25},
        "clipping": {"id": "norm", "threshold": 2},
        "batch_size": 8,
        "steps": 20,
    }
    assert {name: body[name] for name in expected} == expected
    assert "seeds" not in body
    trained(page)


def test_a_link_to_training_shows_the_network_and_trains_nothing(open_page):
    page = open_page("healthz", ready=False)
    seen = []
    page.on("request", lambda one: "networks/training" in one.url and seen.append(asked(one)))
    link = "signal.html#view=training&depth=2&width=8&steps=10&b=skip:1,optimizer:sgd"
    page.goto(page.url.replace("healthz", link))
    expect(page.locator(".trained-run")).to_have_count(2)
    # The data and what the network predicts before its first step.
    for key in "AB":
        assert pixels(page, f'[data-key="{key}"] .prediction canvas >> nth=0') > 300
        assert page.get_attribute(f'[data-key="{key}"] .trained-prediction', "data-frame") == "0"
    assert [(one["skip"], one["steps"]) for one in seen] == [(False, 1), (True, 1)]
    assert page.get_attribute("#training", "data-state") == "idle"
    assert page.locator("#difference li").all_inner_texts() == [
        "Skip connections: off → on",
        "Optimizer: Adam → SGD",
    ]
    page.click("#train")
    trained(page)
    assert [one["steps"] for one in seen[2:]] == [10, 10]
    page.click("#view-signal")
    page.wait_for_selector(SIGNALLED)
    # What only training has does not matter before it.
    assert page.locator("#difference li").all_inner_texts() == ["Skip connections: off → on"]
    # Whoever chooses a scenario on the page wants to see it.
    page.go_back()
    page.wait_for_selector("body[data-view=training]")
    with page.expect_request(
        lambda one: "networks/training" in one.url and asked(one)["steps"] == 1000
    ):
        page.click("[data-scenario=universal_approximation]")
    page.click("#cancel")
