"""The door: what was answered already is answered here, and what is asked goes in once.

A GET of a path that takes POST is that POST, its body in ``request``. Answers to GET have strong
ETags that follow from the question, since an answer is a function of it: 304 costs nothing.
"""

from asyncio import wrap_future
from collections.abc import Mapping
from concurrent.futures import Future

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import limits
from server.admission import Admission, AtCapacityError, client_of
from server.api import bounds
from server.api.answers import Refusal
from server.api.errors import RefusedError, refusal
from server.api.serving import PLACE
from server.door.answers import PLAIN, Answer, Answers
from server.door.coding import chosen
from server.door.encoded import encoded
from server.door.flights import Flights, landed
from server.door.held import Held
from server.door.question import READING, Question, TooLongError, header, question
from server.door.salt import version
from server.door.sending import send_answer, send_refusal
from server.door.unsent import Unsent
from server.errors import CLIENT_LEFT, CancelledError
from server.middleware.requests import note_reason

KEPT = b"public, max-age=300"
"""An answer whose address does not say which version is meant: minutes old after an update."""
KEPT_FOR_EVER = b"public, max-age=31536000, immutable"
"""One whose address names the present version."""
ASKED_AFTER = b"no-cache"
"""One whose address names another: that one's own answer must not be taken for it later."""
EVENTS = b"text/event-stream"


class TooLargeError(Exception):
    """The body is larger than may be."""


class Door:
    """Stands before the routes.

    Args:
        app: the routes.
        prefixes: beginnings of the paths that it stands before.
        posts: paths that take POST and are answered to GET too; whether they have another GET.
        answers: where answers are kept.
        salt: what all answers depend on besides their questions.
        admission: who may come in.
        unsent: large answers on their way.
        besides: beginnings of paths that pass: what changes is not kept, and computes nothing.
    """

    def __init__(
        self,
        app: ASGIApp,
        prefixes: tuple[str, ...],
        posts: Mapping[str, bool],
        answers: Answers,
        salt: "Future[bytes]",
        admission: Admission,
        unsent: Unsent,
        besides: tuple[str, ...] = (),
    ):
        self._app, self._prefixes, self._posts = app, prefixes, posts
        self._besides = besides
        self._answers, self._salt = answers, salt
        self._admission, self._unsent = admission, unsent
        self._flights = Flights(app, admission.gate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in (*READING, "POST")
            or not scope["path"].startswith(self._prefixes)
            or scope["path"].startswith(self._besides)
        ):
            await self._app(scope, receive, send)
            return
        try:
            asked = question(scope, self._posts)
            await self._answer(asked, scope, receive, send)
        except RefusedError as error:
            await refusal(422, error.detail)(scope, receive, send)
        except AtCapacityError as error:
            note_reason(scope, "at_capacity")
            await self._admission.tell_off(client_of(scope))
            await send_refusal(error.retry_after, send)
        except TooLongError:
            await _say(414, f"the query is longer than {bounds.QUERY_BYTES} bytes; send a POST")(
                scope, receive, send
            )
        except TooLargeError:
            await _say(
                413, f"the body is larger than {limits.BODY_BYTES} bytes; send fewer runs or starts"
            )(scope, receive, send)
        except CancelledError:
            # Nobody reads this; the log of requests shows it.
            await send({"type": "http.response.start", "status": CLIENT_LEFT, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def _answer(self, asked: Question, scope: Scope, receive: Receive, send: Send) -> None:
        salt = self._salt.result() if self._salt.done() else await wrap_future(self._salt)
        with Held(self._admission, client_of(scope)) as held:
            if asked.body is None:
                asked = asked.with_body(await held.while_reading(read(scope, receive)))
            assert asked.body is not None
            if EVENTS in asked.accept:
                inner = {**asked.scope(scope), PLACE: held.taken()}
                async with held.turn():
                    await self._app(inner, replayed(asked.body, receive), held.until_started(send))
                return
            await self._answer_whole(asked, salt, held, scope, receive, send)

    async def _answer_whole(
        self,
        asked: Question,
        salt: bytes,
        held: Held,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        key = asked.key(salt)
        coding = chosen(header(scope, b"accept-encoding"))
        reads = scope["method"] in READING
        etag = b'"%b-%b"' % (key, coding) if reads else None
        caching = _caching(asked.version, salt)
        known = header(scope, b"if-none-match") if reads else b""
        if etag is not None and etag in known:
            headers = _headers(etag, caching)
            await send_answer(Answer(304, []), PLAIN, scope, send, headers, self._unsent)
            return
        answer = self._answers.get(key)
        if answer is None:
            answer = await self._asked(asked, key, coding, held, scope, receive)
        held.leave()
        fine = answer.status == 200
        if fine and known.strip() == b"*":
            headers = _headers(etag, caching)
            await send_answer(Answer(304, []), PLAIN, scope, send, headers, self._unsent)
            return
        used = await encoded(answer, coding)
        if fine:
            self._answers.keep(key, answer)
        headers = _headers(etag if fine else None, caching)
        await send_answer(answer, used, scope, send, headers, self._unsent)

    async def _asked(
        self,
        asked: Question,
        key: bytes,
        coding: bytes,
        held: Held,
        scope: Scope,
        receive: Receive,
    ) -> Answer:
        """What the routes answer: to this request, or to one that asks the same already."""
        assert asked.body is not None
        inner = asked.scope(scope)
        begins = not self._flights.flying(key)
        if begins:
            inner[PLACE] = held.taken()
        with self._flights.joined(key, inner, asked.body, coding) as flight:
            if begins:
                flight.task.add_done_callback(held.handed_over())
            held.leave()
            return await landed(flight, receive)


def _caching(meant: str | None, salt: bytes) -> bytes:
    if meant is None:
        return KEPT
    return KEPT_FOR_EVER if meant == version(salt) else ASKED_AFTER


def _headers(etag: bytes | None, caching: bytes) -> list[tuple[bytes, bytes]]:
    """What every answer says of itself, and what one to GET may be kept by."""
    vary = (b"vary", b"Accept, Accept-Encoding")
    if etag is None:
        return [vary]
    return [vary, (b"etag", etag), (b"cache-control", caching)]


def _say(status: int, message: str) -> Response:
    detail: Refusal = {"loc": [], "msg": message, "type": f"http_{status}"}
    return refusal(status, [detail])


async def read(scope: Scope, receive: Receive) -> bytes:
    """The body.

    Raises:
        TooLargeError: it is larger than may be; no more of it is read.
        CancelledError: the client has left before its end.
    """
    said = header(scope, b"content-length")
    if said.isdigit() and int(said) > limits.BODY_BYTES:
        raise TooLargeError
    received, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise CancelledError
        received += message.get("body", b"")
        more = message.get("more_body", False)
        if len(received) > limits.BODY_BYTES:
            raise TooLargeError
    return bytes(received)


def replayed(body: bytes, receive: Receive) -> Receive:
    """What a route receives whose body was read already."""
    ahead: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return ahead.pop() if ahead else await receive()

    return next_message
