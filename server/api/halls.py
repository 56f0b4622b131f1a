"""``/halls``: a lecturer asks, phones answer. The only resource whose answers change."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from server.api import bounds
from server.api.answers import Refused
from server.api.halls_answer import (
    CountedAnswer,
    OpenedHall,
    SeenHall,
    counts,
    place,
    seen,
)
from server.api.halls_choices import (
    AnswerRequest,
    HallRequest,
    PlaceRequest,
    QuestionRequest,
    ShowRequest,
    question,
)
from server.api.http import JSON, JsonRoute
from server.api.lan import addresses
from server.api.state import Serving
from server.api.streaming import ENDS
from server.connections.register import Connections
from server.encoding import to_json
from server.halls.hall import Hall
from server.halls.watching import Seen

LOOKING: Final = 1.0
"""Seconds in which this machine's own addresses are looked up."""
FRESH: Final = {"Cache-Control": "no-store"}

REFUSALS: dict[int | str, dict[str, Any]] = {
    403: {"model": Refused, "description": "`type` is `hall_key`: not the key of this hall"},
    404: {"model": Refused, "description": "`unknown_hall`: none of this name, or none any more"},
    409: {"model": Refused, "description": "`hall_closed`: nothing is asked, or it is closed"},
    413: {"model": Refused, "description": "The body is too large"},
    422: {"model": Refused, "description": "What was sent cannot be used"},
    429: {"model": Refused, "description": "`flood`, `hall_full`: come back after Retry-After"},
    503: {"model": Refused, "description": "`halls_unavailable`: where they are kept is away"},
}

router = APIRouter(
    tags=["halls"], route_class=JsonRoute, prefix=bounds.CHANGING, responses=REFUSALS
)

Name = Annotated[str, Path(alias="hall", description="As it was answered; capitals are taken too")]
Key = Annotated[str, Header(alias="Authorization", description="`Bearer <key>`", max_length=200)]


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _key(authorization: str) -> str:
    scheme, _, key = authorization.partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _told(content: object) -> Response:
    return Response(to_json(content), headers=FRESH, media_type=JSON)


@router.post("", summary="Open a hall", response_class=Response,
             responses={200: {"model": OpenedHall}})  # fmt: skip
async def open_hall(asked: HallRequest, request: Request, serving: Serving) -> Response:
    """It lives 12 hours. Whoever has its key steers it: ask, close, show, ask again."""
    name, key, hall = await serving.halls.do(serving.halls.halls.open, _client(request))
    try:
        # A machine without a name service, as in a hall, may look for its own name for long.
        found = await asyncio.wait_for(asyncio.to_thread(addresses, request.scope), LOOKING)
    except TimeoutError:
        found = []
    content: OpenedHall = {
        "hall": name, "key": key, "expires": hall.expires, "addresses": found
    }  # fmt: skip
    return _told(content)


@router.get("/{hall}", summary="What a phone shows", response_class=Response,
            responses={200: {"model": SeenHall}})  # fmt: skip
async def read_hall(name: Name, request: Request, serving: Serving) -> Response:
    """The question that is asked now, and whether it is still open."""
    halls = serving.halls
    hall = await halls.do(halls.halls.find, name.lower(), _client(request))
    return _told(seen(name.lower(), hall))


@router.post("/{hall}/questions", summary="Ask", response_class=Response,
             responses={200: {"model": SeenHall}})  # fmt: skip
async def ask_question(
    name: Name, asked: QuestionRequest, request: Request, serving: Serving, key: Key = ""
) -> Response:
    """A scene's question by the scene's id, or one of one's own with its answers."""
    wanted = question(asked)
    return await _steer(serving.halls.halls.ask, name, request, serving, key, wanted)


@router.post("/{hall}/answers", summary="Answer", response_class=Response,
             responses={200: {"model": CountedAnswer}})  # fmt: skip
async def answer_question(
    name: Name, asked: AnswerRequest, request: Request, serving: Serving
) -> Response:
    """The last answer that a device sends counts, until the question is closed."""
    halls = serving.halls
    hall = await halls.do(
        halls.halls.answer, name.lower(), asked.device, asked.answer, _client(request)
    )
    content: CountedAnswer = {"counted": True, "round": hall.round}
    return _told(content)


@router.post("/{hall}/close", summary="Take no more answers", response_class=Response,
             responses={200: {"model": SeenHall}})  # fmt: skip
async def close_question(
    name: Name, asked: HallRequest, request: Request, serving: Serving, key: Key = ""
) -> Response:
    """Phones say that it is closed."""
    return await _steer(serving.halls.halls.close, name, request, serving, key)


@router.post("/{hall}/show", summary="Show what is right", response_class=Response,
             responses={200: {"model": SeenHall}})  # fmt: skip
async def show_result(
    name: Name, asked: ShowRequest, request: Request, serving: Serving, key: Key = ""
) -> Response:
    """Closes the question; phones show what came out beside what they answered."""
    return await _steer(serving.halls.halls.show, name, request, serving, key, asked.result)


@router.post("/{hall}/again", summary="Ask the same again", response_class=Response,
             responses={200: {"model": SeenHall}})  # fmt: skip
async def ask_again(
    name: Name, asked: HallRequest, request: Request, serving: Serving, key: Key = ""
) -> Response:
    """A new round; what was answered in the one before stays beside it."""
    return await _steer(serving.halls.halls.again, name, request, serving, key)


@router.post("/{hall}/place", summary="Say where the lecturer is", response_class=Response,
             responses={200: {"model": SeenHall}})  # fmt: skip
async def tell_place(
    name: Name, asked: PlaceRequest, request: Request, serving: Serving, key: Key = ""
) -> Response:
    """The scene, its first or its second question, and the step: what phones follow."""
    place = serving.halls.halls.place
    where = asked.scene, asked.step, asked.transfer
    return await _steer(place, name, request, serving, key, *where)


async def _steer(
    function: Callable[..., Hall],
    name: str,
    request: Request,
    serving: Serving,
    key: str,
    *args: Any,
) -> Response:
    client, known = _client(request), name.lower()
    hall = await serving.halls.do(lambda: function(known, _key(key), *args, client=client))
    return _told(seen(known, hall))


@router.get("/{hall}/events", summary="What happens in a hall", response_class=Response,
            responses={200: {"content": {"text/event-stream": {}}}})  # fmt: skip
async def read_events(
    name: Name,
    request: Request,
    serving: Serving,
    counted: Annotated[
        bool, Query(alias="counts", description="Whether to tell of answers as they come")
    ] = True,
) -> Response:
    """Server-sent events: `hall` (what GET answers), `counts`, `place` (scene and step).

    Each comes at once and then whenever it is another, four times a second at most; `end` when the
    hall has expired, `error` when the server ends before it has.
    """
    known = name.lower()
    listening = serving.halls.watching.listen(known, _client(request), counted)
    # It may have expired since it was found: then it ends at once.
    first = await anext(listening, None)
    headers = {**FRESH, "X-Accel-Buffering": "no"}
    events = _events(known, first, listening, counted, serving.connections)
    return EventSourceResponse(events, headers=headers)


async def _events(
    name: str,
    first: Seen | None,
    listening: AsyncGenerator[Seen | None],
    counted: bool,
    connections: Connections,
) -> AsyncGenerator[bytes]:
    last: dict[str, bytes] = {}
    kinds = {"hall", "place", *(["counts"] if counted else [])}
    now: Seen | None = first
    try:
        while True:
            if now is None:
                yield KEEPALIVE_COMMENT
            else:
                told = {kind: one for kind, one in _told_of(name, now).items() if kind in kinds}
                changed = [one for kind, one in told.items() if last.get(kind) != one]
                last = told
                if changed:
                    yield b"".join(changed)
            try:
                now = await anext(listening)
            except StopAsyncIteration:
                yield ENDS if connections.ending else format_sse_event(event="end", data_str="{}")
                return
    finally:
        await listening.aclose()


def _told_of(name: str, now: Seen) -> Mapping[str, bytes]:
    """What is sent of a moment, by kind; written once, for all who listen."""
    if now.told:
        return now.told
    hall = dict(seen(name, now.hall))
    where = place(now.hall)
    for one in where:
        del hall[one]
    told: dict[str, object] = {"hall": hall, "place": where}
    if now.tally is not None:
        told["counts"] = counts(now.hall, now.tally, now.before)
    for kind, content in told.items():
        now.told[kind] = format_sse_event(event=kind, data_str=to_json(content).decode())
    return now.told
