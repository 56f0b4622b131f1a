"""Which route a path is of, in few words, whatever is sent."""

import re
from collections.abc import Callable, Iterable

PAGE = "page"
"""Files of the page: whatever was found, and no declared route has."""
UNKNOWN = "unknown"
"""Paths that there are not."""
PARAMETER = re.compile(r"\\\{[^{}]+\\\}")


class Routes:
    """Labels of paths: the templates of declared routes, ``page``, or ``unknown``.

    It does not ask which route answered: some answers never reach one.

    Args:
        templates: of all routes; called once, for the first request.
    """

    def __init__(self, templates: Callable[[], Iterable[str]]):
        self._templates = templates
        self._exact: frozenset[str] | None = None
        self._patterns: list[tuple[re.Pattern[str], str]] = []

    def label(self, path: str, status: int) -> str:
        """The label of a path that was answered with a status."""
        if path in (self._exact or self.read()):
            return path
        for pattern, template in self._patterns:
            if pattern.fullmatch(path):
                return template
        return PAGE if status < 400 else UNKNOWN

    def read(self) -> frozenset[str]:
        """Ask for the templates, which takes a while; paths that are templates themselves."""
        templates = [one for one in self._templates() if one]
        for template in templates:
            if "{" in template:
                pattern = PARAMETER.sub("[^/]+", re.escape(template))
                self._patterns.append((re.compile(pattern), template))
        self._exact = frozenset(one for one in templates if "{" not in one)
        return self._exact
