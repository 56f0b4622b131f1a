"""Arguments of the commands here: what names nothing is refused, with what there is."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Sequence

from server.errors import unknown_id_message


def check(parser: ArgumentParser, what: str, asked: Iterable[str], known: Sequence[str]) -> None:
    """End with status 2 where something is none of what is known."""
    for name in asked:
        if name not in known:
            message = unknown_id_message(what, name, known)
            parser.error(f"{message}; accepted: {', '.join(known)}")


def with_words(parser: ArgumentParser, words: Sequence[str], known: Sequence[str]) -> list[str]:
    """The names that hold one of some words, all where there is no word.

    It ends with status 2 where a word is in no name.
    """
    for word in words:
        if not any(word in name for name in known):
            parser.error(f"'{word}' is in no name; accepted: parts of {', '.join(known)}")
    return [name for name in known if not words or any(word in name for word in words)]


def count(text: str) -> int:
    """A whole number from 1 on: the ``type`` of an argument."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ArgumentTypeError(f"'{text[:40]}'; accepted: a whole number from 1 on")
    return int(text)
