"""Every optimiser, table-driven: words, forms, schema, dtype, and no compile for a number."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields
from types import SimpleNamespace

import jax
import numpy as np
import pytest
from latex2mathml.converter import convert
from pydantic import TypeAdapter

import server.optimizers
from server.defaults import hyperparameters
from server.optimizers.catalog import GRADIENT_RULES, OPTIMIZERS
from server.optimizers.optimizer import Optimizer, aligned
from tests.optimizers.frameworks import OPTAX, TORCH

CONVENTIONS = {
    "lecture": [["lecture", "pytorch", "keras", "optax"]],
    "framework": [["optax", "pytorch"], ["optax", "paper"], ["optax"]],
    "reference": [["textbook"]],
}
each_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda one: one.id)
each_form = pytest.mark.parametrize(
    "optimizer, convention",
    [
        pytest.param(one, convention, id=f"{one.id}-{convention}")
        for one in OPTIMIZERS
        for convention in one.forms
        if one.takes_estimates
    ],
)


def test_catalogue_is_the_folder_one_class_a_file_named_by_its_id():
    declared = {}
    for found in pkgutil.iter_modules(server.optimizers.__path__):
        module = importlib.import_module(f"server.optimizers.{found.name}")
        own = [
            member
            for _, member in inspect.getmembers(module, inspect.isclass)
            if issubclass(member, Optimizer)
            and "id" in vars(member)
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
    assert list(optimizer.forms) in CONVENTIONS[optimizer.kind]
    assert optimizer.convention == next(iter(optimizer.forms))
    assert re.search("[а-яё]", optimizer.summary.ru)
    names = {field.name for field in fields(optimizer)}
    for convention, form in optimizer.forms.items():
        rows = len(form.lines) + form.formula.count(r"\begin{cases}") * 2
        assert convert(form.formula).count("<mtr>") == rows
        assert re.search("[а-яё]", form.note.ru)
        assert form.defaults.keys() <= names
        assert (form.parity is None) == (convention in ("lecture", "textbook", "paper"))
    assert fields(optimizer)[0].name == "learning_rate"


@each_form
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_step_keeps_dtype_and_shape_and_new_numbers_do_not_trace(optimizer, convention, dtype):
    traces = []

    @jax.jit
    def step(one, x, gradient, k):
        traces.append(one)
        move, state = one.move(x, gradient, one.init(x), k)
        return move, one.shown(state), one.look_at(x, state)

    x = np.array([0.3, -0.2], dtype)
    for rate in (0.1, 0.2):
        one = optimizer(learning_rate=rate, convention=convention)
        one = jax.tree.map(lambda number: np.asarray(number, dtype), one)
        answers = jax.tree.leaves(step(one, x, np.array([1.0, 5.0], dtype), np.ones((), dtype)))
        assert all(answer.dtype == dtype and answer.shape == (2,) for answer in answers)
        assert all(np.isfinite(answer).all() for answer in answers)
    assert len(traces) == 1


def program(optimizer, convention):
    """A rule as JAX sees it, its numbers traced."""
    one = optimizer(convention=convention)
    x, k = jax.ShapeDtypeStruct((2,), "float64"), jax.ShapeDtypeStruct((), "float64")
    numbers = jax.ShapeDtypeStruct((len(jax.tree.leaves(one)),), "float64")

    def whole(numbers, x, gradient, state, k):
        rule = jax.tree.unflatten(jax.tree.structure(one), list(numbers))
        return rule.init(x), rule.look_at(x, state), rule.move(x, gradient, state, k)

    return str(jax.make_jaxpr(whole)(numbers, x, x, jax.eval_shape(one.init, x), k))


@pytest.mark.parametrize("optimizer", GRADIENT_RULES, ids=lambda one: one.id)
def test_conventions_compute_the_same_exactly_where_they_say_so(optimizer):
    programs = {convention: program(optimizer, convention) for convention in optimizer.forms}
    first = {}
    for convention, text in programs.items():
        earlier = first.setdefault(text, convention)
        declared = optimizer.forms[convention].computes_as
        assert declared == (None if earlier == convention else earlier)


@each_form
def test_a_rule_looks_ahead_exactly_where_its_form_says_so(optimizer, convention):
    one = optimizer(convention=convention)
    x = np.ones(2)
    state = jax.tree.map(np.ones_like, one.init(x))
    elsewhere = one.look_at(x, state) is not x
    assert elsewhere == optimizer.forms[convention].looks_ahead


@each_optimizer
def test_schema_bounds_are_enforced_and_defaults_lie_within(optimizer):
    adapter = TypeAdapter(optimizer)
    properties = adapter.json_schema()["properties"]
    assert adapter.validate_python({}) == optimizer()
    for name, schema in properties.items():
        if name == "convention":
            continue
        if schema["type"] == "boolean":
            with pytest.raises(ValueError, match=name):
                adapter.validate_python({name: 2})
            continue
        low, high = schema["minimum"], schema["maximum"]
        assert low <= schema["default"] <= high
        for form in optimizer.forms.values():
            assert low <= form.defaults.get(name, low) <= high
        for wrong in (low - 1, high + 1, float("nan"), float("inf")):
            with pytest.raises(ValueError, match=name):
                adapter.validate_python({name: wrong})


@each_optimizer
def test_what_is_of_some_conventions_alone_names_them_and_switches_have_formulas(optimizer):
    properties = TypeAdapter(optimizer).json_schema()["properties"]
    switches = {name for name, schema in properties.items() if schema["type"] == "boolean"}
    for schema in properties.values():
        assert set(schema.get("when", {}).get("convention", ())) <= optimizer.forms.keys()
    for convention, form in optimizer.forms.items():
        taken = {
            name
            for name in switches
            if convention in properties[name].get("when", {}).get("convention", [convention])
        }
        assert form.switched.keys() == taken
        for lines in form.switched.values():
            assert convert(aligned(lines)).count("<mtr>") == len(lines) != len(form.lines)


def test_optaxs_own_defaults():
    """Read from Optax's own signatures, not from our table."""
    for optimizer in OPTIMIZERS:
        if optimizer.id in OPTAX and "optax" in optimizer.forms:
            constructor, names = OPTAX[optimizer.id]
            theirs = inspect.signature(constructor).parameters
            ours = hyperparameters(optimizer, "optax")
            for name, argument in names.items():
                if theirs.get(argument) and optimizer.id not in ("momentum", "nesterov"):
                    assert ours[name] == theirs[argument].default, f"{optimizer.id} {name}"


def test_pytorchs_own_defaults():
    """The same of PyTorch's classes, by the arguments that parity is tested with."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    for optimizer in OPTIMIZERS:
        if "pytorch" in optimizer.forms and optimizer.id not in ("momentum", "nesterov"):
            name, arguments = TORCH[optimizer.id]
            theirs = inspect.signature(getattr(torch.optim, name)).parameters
            ours = SimpleNamespace(**hyperparameters(optimizer, "pytorch"))
            for argument, value in arguments(ours).items():
                if argument not in ("amsgrad", "max_iter", "history_size"):
                    assert theirs[argument].default == value, f"{optimizer.id} {argument}"
