"""Our own checks for Schemathesis, beside all of its own (``SCHEMATHESIS_HOOKS``)."""

import json
from urllib.parse import urlencode

import schemathesis

from server.api.answers import DEPENDENT

EXACT = {kind for kind in DEPENDENT if not kind.endswith("…")}
BEGINNINGS = tuple(kind.removesuffix("…") for kind in DEPENDENT if kind.endswith("…"))
OF_A_HALL = {
    # No such hall, not its key, nothing asked there; too many at once.
    403: {"hall_key"},
    404: {"unknown_hall"},
    409: {"hall_closed"},
    429: {"flood", "hall_full"},
    # A scene or a question; a scene that there is, and answers that its question has.
    422: {"hall_question", "unknown_id", "hall_answer"},
}
"""What is refused by what came before: the only state."""
OF_A_QUERY = {
    # A number of one declaration is refused beside others, and takes the bounds of its own.
    "extra_forbidden",
    "greater_than_equal",
    "less_than_equal",
    "greater_than",
    "less_than",
    "int_parsing",
    "int_from_float",
    "literal_error",
    # Ids, formulas and points exclude each other.
    "either",
    "union_tag_not_found",
}


@schemathesis.hook
def filter_case(context, case):
    """Without addresses longer than servers have to take (RFC 9110, section 4.1: 8,000).

    They are refused before anything reads them (tests/fuzz/test_escapes.py looks at that), whatever
    stands in them; so much may be asked by POST.
    """
    return case.query is None or len(urlencode(case.query)) < 8000


@schemathesis.check
def valid_requests_are_refused_for_documented_reasons(ctx, response, case):
    """In place of ``positive_data_acceptance``, which cannot know what depends on what.

    What a schema cannot say is documented by the ``type`` of the refusal; any other refusal of a
    request that its schema takes is a fault of the schema or of ours.
    """
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code < 400:
        return
    if "/halls" in case.path:
        kinds = {one["type"] for one in json.loads(response.content)["detail"]}
        assert kinds <= OF_A_HALL.get(response.status_code, set()), response.text[:500]
        return
    assert response.status_code in (422, 503), response.text[:500]
    if response.status_code == 503:
        return
    undocumented = [one for one in json.loads(response.content)["detail"] if not known(one, case)]
    assert undocumented == [], f"a valid request was refused: {undocumented}"


def known(refusal, case):
    kind = refusal["type"]
    if kind in EXACT or kind.startswith(BEGINNINGS):
        return True
    parameters = case.operation.definition.raw.get("parameters", [])
    # What is JSON in a query has a media type instead.
    declared = {one["name"]: one.get("schema", {}) for one in parameters}
    # There is no scenario yet, so none has an id.
    if kind == "unknown_id":
        return "enum" not in declared.get("entry_id", {}) and case.path.endswith("{entry_id}")
    where = refusal["loc"]
    is_ours = where[:1] == ["query"] and (len(where) == 1 or where[1] in declared)
    return is_ours and kind in OF_A_QUERY


@schemathesis.check
def refusals_have_one_shape(ctx, response, case):
    """Every error, those of no route too, says where, what and what would be accepted."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    for one in json.loads(response.content)["detail"]:
        assert {"loc", "msg", "type"} <= one.keys() and one["msg"], response.text[:500]


@schemathesis.check
def every_answer_carries_security_headers(ctx, response, case):
    """Those of a few are looked at in tests/api/test_headers.py; this looks at them everywhere."""
    for name in ("content-security-policy", "x-content-type-options", "permissions-policy"):
        assert response.headers.get(name), f"{response.status_code} without {name}"
    assert not response.headers.get("server")
