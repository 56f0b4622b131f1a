"""What routes share: reading JSON strictly, choosing a media type."""

from collections.abc import Callable, Coroutine
from json import JSONDecodeError
from typing import Any, cast

import mimeparse
from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json
from starlette.exceptions import HTTPException

from server import limits
from server.api import bounds

JSON = "application/json"


class TooManyValuesError(HTTPException):
    """A body or a query holds more values than anything that may be asked."""

    def __init__(self) -> None:
        super().__init__(422, f"accepted: at most {bounds.BODY_VALUES} values, all parts together")


def bounded(content: object) -> None:
    """Refuse what is small as text and large as objects, each of which may be a mistake.

    Raises:
        TooManyValuesError: it holds more than ``bounds.BODY_VALUES``.
    """
    left: list[object] = [content]
    room = bounds.BODY_VALUES
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            inner = cast("dict[str, object] | list[object]", one)
            room -= len(inner)
            if room < 0:
                raise TooManyValuesError
            left.extend(inner.values() if isinstance(inner, dict) else inner)


class JsonRequest(Request):
    """Reads a bounded body, and JSON by pydantic's parser.

    The standard library's would raise on deep nesting (500) and let lone surrogates through,
    which no answer can encode.
    """

    async def body(self) -> bytes:
        """The whole body, read no further than the limit.

        Raises:
            HTTPException: 413, the body is larger than the limit.
        """
        if not hasattr(self, "_body"):
            received = bytearray()
            async for chunk in self.stream():
                received += chunk
                if len(received) > limits.BODY_BYTES:
                    limit = f"the body is larger than {limits.BODY_BYTES} bytes"
                    raise HTTPException(413, f"{limit}; send fewer runs or starts")
            self._body = bytes(received)
        return self._body

    async def json(self) -> Any:
        body = await self.body()
        try:
            content = from_json(body)
        except ValueError as error:
            raise JSONDecodeError(str(error), "", 0) from error
        bounded(content)
        return content


class JsonRoute(APIRoute):
    """A route whose request body is read by ``JsonRequest``."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def read_strictly(request: Request) -> Response:
            return await handle(JsonRequest(request.scope, request.receive))

        return read_strictly


def preferred(accept: str, offered: tuple[str, ...]) -> str:
    """The offered media type that an Accept header likes best (RFC 9110, section 12.5.1).

    Of equals the first that is offered; that too where there is no header, or one that cannot be
    read.

    Raises:
        HTTPException: 406, the header refuses everything that is offered.
    """
    if len(accept) > bounds.ACCEPT_CHARACTERS:
        return offered[0]
    try:
        # The last of equals is its best.
        best = mimeparse.best_match(offered[::-1], accept or "*/*")
    except mimeparse.MimeTypeParseException:
        return offered[0]
    if not best:
        raise HTTPException(406, f"accepted media types: {', '.join(offered)}")
    return best
