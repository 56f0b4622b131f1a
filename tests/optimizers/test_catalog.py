"""Every optimiser, table-driven: words, forms, schema, dtype, and no compile for a number."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields

import jax
import numpy as np
import pytest
from latex2mathml.converter import convert
from pydantic import TypeAdapter

import server.optimizers
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer

CONVENTIONS = ["lecture", "pytorch", "keras", "optax"]
each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda one: one.id)
each_convention = pytest.mark.parametrize("convention", CONVENTIONS)


def test_catalogue_is_the_folder_one_class_a_file_named_by_its_id():
    declared = {}
    for found in pkgutil.iter_modules(server.optimizers.__path__):
        module = importlib.import_module(f"server.optimizers.{found.name}")
        own = [
            member
            for _, member in inspect.getmembers(module, inspect.isclass)
            if issubclass(member, Optimizer)
            and member is not Optimizer
            and member.__module__ == module.__name__
        ]
        if own:
            assert len(own) == 1
            declared[found.name] = own[0]
    assert {optimizer.id: optimizer for optimizer in OPTIMIZERS} == declared


def test_the_lectures_six_come_first_in_its_order():
    names = [optimizer.id for optimizer in OPTIMIZERS[:6]]
    assert names == ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]


@each_optimizer
def test_words_and_forms(optimizer):
    assert list(optimizer.forms) == CONVENTIONS
    assert optimizer.forms["lecture"].parity is None
    assert re.search("[а-яё]", optimizer.summary.ru)
    names = {field.name for field in fields(optimizer)}
    for convention, form in optimizer.forms.items():
        assert convert(form.formula).count("<mtr>") == len(form.lines)
        assert re.search("[а-яё]", form.note.ru)
        assert form.defaults.keys() <= names
        assert convention == "lecture" or form.parity
    assert fields(optimizer)[0].name == "learning_rate"


@each_optimizer
@each_convention
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_step_keeps_dtype_and_shape_and_new_numbers_do_not_trace(optimizer, convention, dtype):
    traces = []

    @jax.jit
    def step(one, x, gradient, k):
        traces.append(one)
        state = one.init(x)
        move, state = one.step(gradient, state, k)
        return move, state, one.look_at(x, state)

    x = np.array([0.3, -0.2], dtype)
    for rate in (0.1, 0.2):
        one = optimizer(learning_rate=rate, convention=convention)
        one = jax.tree.map(lambda number: np.asarray(number, dtype), one)
        answers = jax.tree.leaves(step(one, x, np.array([1.0, 5.0], dtype), np.ones((), dtype)))
        assert all(answer.dtype == dtype and answer.shape == (2,) for answer in answers)
        assert all(np.isfinite(answer).all() for answer in answers)
    assert len(traces) == 1


@each_optimizer
def test_schema_bounds_are_enforced_and_defaults_lie_within(optimizer):
    adapter = TypeAdapter(optimizer)
    properties = adapter.json_schema()["properties"]
    assert adapter.validate_python({}) == optimizer()
    for name, schema in properties.items():
        if name == "convention":
            continue
        low, high = schema["minimum"], schema["maximum"]
        assert low <= schema["default"] <= high
        for form in optimizer.forms.values():
            assert low <= form.defaults.get(name, low) <= high
        for wrong in (low - 1, high + 1, float("nan"), float("inf")):
            with pytest.raises(ValueError, match=name):
                adapter.validate_python({name: wrong})


def test_frameworks_own_defaults():
    """Read from the frameworks' own signatures, not from our table."""
    import optax

    forms = {one.id: one.forms for one in OPTIMIZERS}
    expected = {
        name: inspect.signature(getattr(optax, name)).parameters
        for name in ("adagrad", "rmsprop", "adam")
    }
    adagrad = forms["adagrad"]["optax"].defaults
    assert adagrad["epsilon"] == expected["adagrad"]["eps"].default
    assert adagrad["initial_accumulator"] == (
        expected["adagrad"]["initial_accumulator_value"].default
    )
    rmsprop = forms["rmsprop"]["optax"].defaults
    assert rmsprop["decay"] == expected["rmsprop"]["decay"].default
    assert rmsprop["epsilon"] == expected["rmsprop"]["eps"].default
    adam = next(one for one in OPTIMIZERS if one.id == "adam")
    assert adam.epsilon == expected["adam"]["eps"].default
