"""Bodies: requests that are right, with one place or several replaced by anything that is JSON."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RUN = {"optimizer": {"id": "adam", "learning_rate": 0.05}, "label": "a",
       "schedule": {"id": "step", "every": 3}, "clipping": {"id": "norm", "threshold": 1.0},
       "regularization": {"l2": 0.1}, "gradient_noise": 0.0, "batch_size": None}  # fmt: skip
BODIES = {
    "trajectories": {"surface": {"id": "bowl", "parameters": {"condition_number": 4}},
                     "starts": [[1, 1]], "steps": 5, "precision": "float64", "seed": 1,
                     "tolerance": 1e-3, "include": ["gradient"], "runs": [RUN]},
    "grid": {"surface": {"formula": "x^2+y", "domain": [[-1, 1], [-1, 1]]}, "nx": 4, "ny": 4,
             "include": ["hessian"], "spacing": "linear"},
    "probe": {"surface": {"id": "neuron", "points": "1,2\n3,4\n5,6", "columns": [1, 2],
                          "reading": {"separator": "comma"}}, "at": [[0, 0]],
              "batch": {"size": 2, "step": 1, "seed": 0}},
    "learning-rate-search": {"surface": {"id": "matyas"}, "steps": 5, "runs": [RUN],
                             "search": {"low": 1e-3, "high": 1, "count": 4}},
    "backpropagation": {"surface": {"formula": "x*y"}, "at": [1, 2]},
    "activations/values": {"activations": ["tanh", {"id": "elu", "alpha": 2}], "z_min": -1.0,
                           "z_max": 2.5, "n": 5},
    "losses/values": {"targets": [0, 1], "predictions": [0.2, 0.9]},
    "networks/signal": {"depth": 2, "width": 4, "activation": {"id": "elu", "alpha": 1.0},
                        "initializer": "he", "dataset": {"id": "moons"}, "seeds": 1, "seed": 0},
    "networks/training": {"depth": 2, "width": 4, "steps": 2, "frames": 2, "activation": "tanh",
                          "optimizer": {"id": "sgd"}, "dataset": "xor"},
}  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=20),
    st.sampled_from([-0.0, 1e308, 2**53 + 1, 2**64, -1, 0, 5.0, 1.5, "", "NaN", "sgd", "formula",
                     "__class__", "\ud800", "\0", "constructor", "../../etc/passwd", "1e5"]),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["id", "formula", "parameters", "points", "__proto__", "steps"]),
            inner, max_size=3,
        ),
    ),
    max_leaves=6,
)  # fmt: skip


def places(value, at=()):
    yield at
    for key, inner in (
        value.items() if isinstance(value, dict)
        else enumerate(value) if isinstance(value, list) else ()
    ):  # fmt: skip
        yield from places(inner, (*at, key))


def changed(body, place, how, value):
    """A copy in which one place is replaced, left out, doubled, or has a neighbour."""
    whole = [copy.deepcopy(body)]
    *way, last = (0, *place)
    owner = whole
    for key in way:
        owner = owner[key]
    if how == "leave out" and way:
        del owner[last]
    elif how == "neighbour" and isinstance(owner, dict):
        owner[f"{last}_"] = value
    elif how == "double" and isinstance(owner[last], list):
        owner[last] = owner[last] * 70
    else:
        owner[last] = value
    return whole[0]


@pytest.mark.parametrize("path", BODIES)
def test_a_request_with_anything_in_it_is_answered_or_refused(client, path):
    body = BODIES[path]
    some = st.tuples(
        st.sampled_from(list(places(body))),
        st.sampled_from(["replace", "replace", "replace", "leave out", "neighbour", "double"]),
        ANYTHING,
    )

    @settings(max_examples=60, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(some)
    def asked(change):
        told = json.dumps(changed(body, *change))
        headers = {"Content-Type": "application/json"}
        answer = client.post(f"/api/v1/{path}", content=told, headers=headers)
        assert answer.status_code in (200, 422), (told, answer.text[:300])
        content = json.loads(answer.content)
        if answer.status_code == 422:
            for one in content["detail"]:
                assert one["msg"] and one["loc"][0] == "body", told
                assert {"loc", "msg", "type"} <= one.keys()

    assert client.post(f"/api/v1/{path}", json=body).status_code == 200
    asked()
