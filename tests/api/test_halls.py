"""``/halls`` as phones and a lecturer's page ask: statuses, what is told, what is kept back."""

import json

import pytest

HALLS = "/api/v1/halls"
OWN = {
    "question": {"en": "Where?", "ru": "Где?"},
    "answers": {"kind": "tap", "surface": "bowl", "right": [0, 0]},
}
CHOICE = {
    "question": "Who?",
    "answers": {"kind": "choices", "options": ["SGD", "Adam"], "right": 1},
}
NUMBER = {"question": "How many?", "answers": {"kind": "number", "low": 1, "high": 9, "right": 4}}
DEVICE = "phone-number-1"


class Hall:
    def __init__(self, client):
        self.client = client
        opened = client.post(HALLS, json={})
        assert opened.status_code == 200
        self.name, self.key = opened.json()["hall"], opened.json()["key"]

    def steer(self, what, body=None, key=None):
        bearer = {"Authorization": f"Bearer {self.key if key is None else key}"}
        return self.client.post(f"{HALLS}/{self.name}/{what}", json=body or {}, headers=bearer)

    def answer(self, answer, device=DEVICE):
        body = {"device": device, "answer": answer}
        return self.client.post(f"{HALLS}/{self.name}/answers", json=body)

    def seen(self):
        return self.client.get(f"{HALLS}/{self.name}").json()


@pytest.fixture
def hall(client):
    return Hall(client)


def kind_of(answer):
    return answer.status_code, answer.json()["detail"][0]["type"]


def test_what_is_right_is_told_when_it_is_shown(hall):
    for body, right in ((CHOICE, 1), (NUMBER, 4), (OWN, [0, 0])):
        assert hall.steer("questions", body).status_code == 200
        assert "right" not in json.dumps(hall.seen())
        assert hall.answer(right).json() == {"counted": True, "round": hall.seen()["round"]}
        hall.steer("close")
        assert hall.seen()["phase"] == "closed" and "right" not in json.dumps(hall.seen())
        hall.steer("show")
        assert hall.seen()["question"]["answers"]["right"] == right


def test_every_scene_can_be_asked(client, hall):
    for scene in client.get("/api/v1/scenarios").json():
        for transfer in (False, True):
            asked = hall.steer("questions", {"scene": scene["id"], "transfer": transfer})
            assert asked.status_code == 200, scene["id"]
            told = scene["transfer"] if transfer else scene
            question = asked.json()["question"]
            assert question["text"] == told["question"]
            kind = question["answers"]["kind"]
            assert kind == told["answers"]["kind"]
            right = {"choices": 0, "number": told["answers"].get("low"), "tap": [0.0, 0.0]}[kind]
            assert hall.answer(right, device=f"{scene['id'][:40]}-{transfer}").status_code == 200
            if kind == "tap":
                # Phones draw it from the grid.
                landscape = dict(question["landscape"])
                landscape.pop("view", None)
                body = {"surface": landscape, "nx": 4, "ny": 3}
                assert client.post("/api/v1/grid", json=body).status_code == 200


@pytest.mark.parametrize("what", ["questions", "close", "show", "again", "place"])
def test_without_the_key_nothing_is_steered(client, hall, what):
    hall.steer("questions", CHOICE)
    body = CHOICE if what == "questions" else {}
    before = hall.seen()
    other = Hall(client)
    assert kind_of(hall.steer(what, body, key="")) == (403, "hall_key")
    assert kind_of(hall.steer(what, body, key=other.key)) == (403, "hall_key")
    bare = client.post(f"{HALLS}/{hall.name}/{what}", json=body)
    assert kind_of(bare) == (403, "hall_key")
    basic = {"Authorization": f"Basic {hall.key}"}
    assert client.post(f"{HALLS}/{hall.name}/{what}", json=body, headers=basic).status_code == 403
    assert hall.seen() == before


def test_no_hall(client):
    for ask in (
        lambda: client.get(f"{HALLS}/nonsuch"),
        lambda: client.get(f"{HALLS}/nonsuch/events"),
        lambda: client.post(f"{HALLS}/nonsuch/answers", json={"device": DEVICE, "answer": 0}),
        lambda: client.post(f"{HALLS}/nonsuch/close", json={}),
    ):
        assert kind_of(ask()) == (404, "unknown_hall")


def test_closed(hall):
    assert kind_of(hall.answer(0)) == (409, "hall_closed")
    assert kind_of(hall.steer("again")) == (409, "hall_closed")
    hall.steer("questions", CHOICE)
    hall.steer("close")
    assert kind_of(hall.answer(0)) == (409, "hall_closed")
    hall.steer("again")
    assert hall.answer(0).status_code == 200


def test_a_device_that_never_stops(hall):
    hall.steer("questions", CHOICE)
    answers = [hall.answer(0) for _ in range(40)]
    flooded = [one for one in answers if one.status_code == 429]
    assert answers[0].status_code == 200 and flooded
    assert kind_of(flooded[-1]) == (429, "flood") and int(flooded[-1].headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("what", "body", "place"),
    [
        ("questions", {}, ()),
        ("questions", {"scene": "nonsuch"}, ("scene",)),
        ("questions", {"scene": "x", **CHOICE}, ()),
        ("questions", {"question": "Who?"}, ()),
        (
            "questions",
            {**CHOICE, "answers": {"kind": "choices", "options": ["one"]}},
            ("answers", "options"),
        ),
        ("questions", {**CHOICE, "answers": ["one"]}, ("answers",)),
        ("questions", {**CHOICE, "answers": {"kind": "essay"}}, ("answers",)),
        ("questions", {**CHOICE, "colour": "red"}, ("colour",)),
        ("answers", {"device": "short", "answer": 0}, ("device",)),
        ("answers", {"device": DEVICE}, ("answer",)),
        ("answers", {"device": DEVICE, "answer": 7}, ("answer",)),
        ("answers", {"device": DEVICE, "answer": [0, 0]}, ("answer",)),
        ("place", {"scene": "../etc"}, ("scene",)),
        ("place", {"step": -1}, ("step",)),
        ("show", {"result": 9}, ("result",)),
    ],
)
def test_what_cannot_be_used_is_placed(hall, what, body, place):
    hall.steer("questions", CHOICE)
    answer = hall.steer(what, body)
    assert answer.status_code == 422, answer.text
    found = [tuple(one["loc"]) for one in answer.json()["detail"]]
    assert any(one[: len(place) + 1] == ("body", *place) for one in found), found


def test_nothing_of_a_hall_is_kept_on_the_way(client, hall):
    for answer in (client.get(f"{HALLS}/{hall.name}"), hall.steer("questions", CHOICE)):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
    # What is posted is not answered to GET, whatever its query says.
    for what in ("", f"/{hall.name}/answers", f"/{hall.name}/close"):
        asked = client.get(f"{HALLS}{what}", params={"request": "{}"})
        assert asked.status_code == 405, what
    paths = client.get("/openapi.json").json()["paths"]
    ours = {path: set(methods) for path, methods in paths.items() if path.startswith(HALLS)}
    assert ours[HALLS] == {"post"} and ours[f"{HALLS}/{{hall}}"] == {"get"}


def test_a_name_is_typed_in_capitals_too(client, hall):
    assert client.get(f"{HALLS}/{hall.name.upper()}").json()["hall"] == hall.name


def test_metrics_count_what_happens(client, hall):
    def counted(event):
        name = f'steepest_halls_total{{event="{event}"}}'
        lines = client.get("/metrics").text.splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(name))

    metrics = client.app.state.services.metrics
    metrics._sample()
    before = client.app.state.services.halls.halls.events.copy()
    hall.steer("questions", CHOICE)
    hall.answer(0)
    after = client.app.state.services.halls.halls.events
    assert after["asked"] == before["asked"] + 1 and after["counted"] == before["counted"] + 1
    metrics._text = None
    assert counted("counted") == after["counted"]


@pytest.mark.parametrize("asked", [CHOICE, NUMBER, OWN], ids=["choices", "number", "tap"])
def test_a_number_without_end_is_no_answer(hall, asked):
    hall.steer("questions", asked)
    for answer in (10**400, -(10**400), [10**400, 0]):
        assert hall.answer(answer).status_code == 422
    assert hall.steer("show", {"result": 10**400}).status_code == 422


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"kind": "choices", "options": ["a", "b"], "right": 2}, "right from 0 to 1"),
        ({"kind": "number", "low": 3, "high": 3}, "low below high"),
        ({"kind": "number", "low": 0, "high": 3, "scale": "log"}, "low above 0"),
        ({"kind": "number", "low": 1, "high": 3, "right": 4}, "right between low and high"),
        ({"kind": "tap"}, "either surface or formula"),
        ({"kind": "tap", "surface": "bowl", "formula": "x"}, "either surface or formula"),
        ({"kind": "tap", "surface": "boul"}, "nearest: bowl"),
    ],
)
def test_a_question_that_nobody_could_answer_is_refused(hall, answers, said):
    refused = hall.steer("questions", {"question": "Which?", "answers": answers})
    assert refused.status_code == 422 and said in refused.json()["detail"][0]["msg"]
    assert hall.seen()["phase"] == "waiting"


def test_the_page_of_phones_is_of_a_hall_alone(client):
    assert client.get("/h/abc234").status_code == 200
    for address in (
        "/h/",
        "/h/abc234/",
        "/h/abc234/deeper",
        "/scene/deep/er",
        "/scene/" + "/" * 99,
    ):
        assert client.get(address).status_code == 404
