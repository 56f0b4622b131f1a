"""Programs that a process holds: compiled once for all who ask, as many as may."""

import threading
from concurrent.futures import ThreadPoolExecutor

import jax.numpy as jnp
import numpy as np

from tests.engine.store.squares import CALL, KEY, asked, process_of, right, squares


def test_threads_that_ask_for_one_program_compile_it_once(folder, compiled):
    programs, gate = process_of(folder), threading.Barrier(4)

    def one(_):
        gate.wait()
        return asked(programs)

    with ThreadPoolExecutor(4) as threads:
        assert all(map(right, threads.map(one, range(4))))
    assert len(compiled) == 1


def test_a_compile_that_fails_fails_for_all_who_wait_and_is_tried_again(folder):
    programs = process_of(folder)
    inside, waiting = threading.Event(), threading.Event()
    failing = [True]

    def sometimes(x):
        inside.set()
        waiting.wait(60)
        if failing[0]:
            raise RuntimeError("out of memory")
        return x + 1

    def one(_):
        try:
            return programs.compiled(("sometimes",), sometimes, (np.ones(2),))(np.ones(2))
        except RuntimeError as error:
            return str(error)

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(one, 0)
        inside.wait(60)
        assert programs.preparing == ["sometimes"]
        second = threads.submit(one, 1)
        waiting.set()
        assert [first.result(), second.result()] == ["out of memory"] * 2
    failing[0] = False
    assert programs.preparing == []
    assert np.asarray(one(2)).tolist() == [2, 2]


def test_as_many_programs_are_held_as_may_and_one_in_use_outlives_its_place(folder):
    programs = process_of(folder, most=2)
    first = programs.compiled(("a",), squares, CALL)
    for name in "bcd":
        asked(programs, (name,))
    assert programs.held == ["c", "d"]
    assert right(first(*CALL))


def test_other_shapes_are_another_program(folder):
    programs = process_of(folder)
    asked(programs)
    longer = programs.compiled(KEY, squares, (np.arange(4.0), CALL[1]))(np.arange(4.0), CALL[1])
    assert longer.squares.tolist() == [0, 2, 8, 18]
    assert len(programs.held) == 2


def test_memory_that_an_answer_may_take_is_taken_after_loading_too(folder):
    def added(x, y):
        return x + y

    added.__module__ = "server.engine.added"
    for _ in range(2):
        x, y = jnp.arange(1000.0), jnp.ones(1000)
        programs = process_of(folder)
        program = programs.compiled(("added",), added, (x, y), written_over=(0,))
        assert float(program(x, y)[3]) == 4
        assert x.is_deleted() and not y.is_deleted()
