"""A GET with ``request`` is the POST of that."""

from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AskedByGet:
    """Until the door does it."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope.get("query_string", b"")
        if scope["type"] != "http" or scope["method"] != "GET" or b"request=" not in query:
            await self.app(scope, receive, send)
            return
        pairs = parse_qsl(query.decode())
        body = dict(pairs)["request"].encode()
        rest = urlencode([one for one in pairs if one[0] != "request"]).encode()

        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def read() -> Message:
            return given.pop() if given else await receive()

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"].append((b"cache-control", b"public, max-age=300"))
            await send(message)

        headers = [*scope["headers"], (b"content-type", b"application/json")]
        asked = {**scope, "method": "POST", "query_string": rest, "headers": headers}
        await self.app(asked, read, keep)
