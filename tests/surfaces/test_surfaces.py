"""Every surface, table-driven: a new one is tested by being in the catalogue."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import replace

import jax
import numpy as np
import pytest
from latex2mathml.converter import convert
from scipy.optimize import minimize

import surfaces
from server.api.catalog_entries import parameters_schema
from surfaces.catalog import SURFACES
from surfaces.formula import Formula, Interpreted
from surfaces.slices import Sliced
from surfaces.surface import Surface, gradient_at, loss_at
from surfaces.traced import Traced
from tests.surfaces.compiled import gradients, hessians, losses

each_surface = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)


def at_bounds(surface):
    """The surface at its defaults, at either bound of each number, and with each word."""
    yield surface().ready()
    for name, schema in parameters_schema(surface)["properties"].items():
        number = int if schema["type"] == "integer" else float
        bounds = [number(schema[end]) for end in ("minimum", "maximum") if end in schema]
        for value in schema.get("enum", bounds):
            yield replace(surface(), **{name: value}).ready()


def in_domain(surface, count, seed=0):
    (x0, x1), (y0, y1) = surface.domain
    return np.random.default_rng(seed).uniform([x0, y0], [x1, y1], (count, 2))


@each_surface
def test_example_worked_by_hand(surface):
    example = surface.example
    point = np.array(example.at)
    one = surface().for_example()
    assert losses(one, point) == pytest.approx(example.loss, rel=1e-12, abs=1e-12)
    assert gradients(one, point) == pytest.approx(np.array(example.gradient), rel=1e-9, abs=1e-9)


@each_surface
def test_minima_have_their_loss_no_slope_and_bend_upwards(surface):
    for one in at_bounds(surface):
        minima = one.minima()
        if not minima:
            continue
        points = np.array([[minimum.x, minimum.y] for minimum in minima])
        found = zip(
            minima,
            points,
            losses(one, points),
            gradients(one, points),
            hessians(one, points),
            strict=True,
        )
        for minimum, point, loss, gradient, hessian in found:
            scale = max(1.0, abs(minimum.loss))
            assert loss == pytest.approx(minimum.loss, abs=1e-9 * scale)
            if getattr(one, "loss_function", "") == "mae":
                continue  # its minimum is a kink, without a gradient: see test_data.py
            # A coordinate rounded to 1e-16 leaves a slope of that times the curvature.
            slack = 1e-9 * max(1.0, np.abs(hessian).max())
            assert np.abs(gradient).max() <= slack
            if np.isnan(hessian).all():
                # The tip of a cone has no curvature; everything round it is higher.
                turns = np.exp(1j * np.linspace(0, 2 * np.pi, 13))
                round_it = point + 1e-3 * np.stack([turns.real, turns.imag], axis=1)
                assert losses(one, round_it).min() > minimum.loss
                continue
            assert np.linalg.eigvalsh(hessian).min() >= -slack


@each_surface
def test_no_point_lies_below_the_stated_global_minimum(surface):
    one = surface().ready()
    if not one.minima():
        pytest.skip("unbounded below or no minimum known: none is stated")
    lowest = min(minimum.loss for minimum in one.minima())
    for start in in_domain(surface, 25, seed=3):
        found = minimize(
            lambda point: (losses(one, point), gradients(one, point)),
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=surface.domain,
        )
        assert found.fun >= lowest - 1e-9 * max(1.0, abs(lowest))


@each_surface
def test_gradient_and_hessian_against_central_differences(surface):
    for one in at_bounds(surface):
        points = in_domain(surface, 20, seed=1)
        bends = hessians(one, points)
        for axis in (0, 1):
            step = np.zeros(2)
            step[axis] = 1e-6 * (surface.domain[axis][1] - surface.domain[axis][0])
            width = 2 * step[axis]
            rise = (losses(one, points + step) - losses(one, points - step)) / width
            scale = np.abs(losses(one, points)).max() + 1
            slope = gradients(one, points)[:, axis]
            assert rise == pytest.approx(slope, rel=2e-5, abs=2e-7 * scale)
            change = (gradients(one, points + step) - gradients(one, points - step)) / width
            size = np.abs(bends).max() + 1
            assert change == pytest.approx(bends[:, :, axis], rel=2e-4, abs=2e-6 * size)


@each_surface
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_arithmetic_keeps_its_dtype(surface, dtype):
    one = jax.tree.map(lambda number: np.asarray(number, dtype), surface().ready())
    point = np.array(surface.start, dtype)
    # Types follow from types: nothing has to be computed.
    assert jax.eval_shape(loss_at, one, point).dtype == dtype
    assert jax.eval_shape(gradient_at, one, point).dtype == dtype


@each_surface
def test_finite_as_far_as_the_api_lets_a_start_go(surface):
    points = [(1e12, 1e12), (-1e12, 1e12), (1e12, -1e12), (0.0, -1e12)]
    assert np.isfinite(losses(surface().ready(), points)).all()


@each_surface
def test_start_and_minima_lie_in_the_domain(surface):
    (x0, x1), (y0, y1) = surface.domain
    for x, y in [surface.start, *((minimum.x, minimum.y) for minimum in surface().minima())]:
        assert x0 <= x <= x1
        assert y0 <= y <= y1


@each_surface
def test_words_are_there_in_both_languages_and_the_formula_is_set(surface):
    assert surface.title.en and surface.summary.en
    assert re.search("[а-яё]", surface.title.ru + surface.summary.ru)
    assert "Merror" not in convert(surface.formula)
    assert surface.reference.citation
    assert surface.tags
    for schema in parameters_schema(surface)["properties"].values():
        assert schema["titles"]["en"] and re.search("[а-яё]", schema["titles"]["ru"])


def test_catalogue_holds_every_surface_once_under_its_own_name():
    modules = [
        importlib.import_module(f"surfaces.{found.name}")
        for found in pkgutil.iter_modules(surfaces.__path__)
    ]
    declared = {
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Surface) and not inspect.isabstract(member)
    }
    declared -= {Formula, Interpreted, Sliced, Traced}
    assert set(SURFACES) == declared
    assert len(SURFACES) == len(declared) >= 24
    for surface in SURFACES:
        words = surface.id.replace("_", "")
        assert words == surface.__name__.lower()


def test_no_two_declarations_share_a_structure():
    """JAX compares structures in its caches: equal ones could answer for each other."""
    structures = [jax.tree.structure(surface()) for surface in SURFACES]
    for index, one in enumerate(structures):
        assert all(one != other for other in structures[index + 1 :])


def test_published_values_at_published_points():
    """Values of the Virtual Library of Simulation Experiments and of the papers."""
    published = {
        "rosenbrock": [((-1.2, 1.0), 24.2)],  # the classic start of Moré, Garbow, Hillstrom (1981)
        "beale": [((3.0, 0.5), 0.0), ((0.0, 0.0), 14.203125)],
        "booth": [((1.0, 3.0), 0.0)],
        "goldstein_price": [((0.0, -1.0), 3.0)],
        "six_hump_camel": [((0.0898, -0.7126), -1.0316), ((-0.0898, 0.7126), -1.0316)],
        "styblinski_tang": [((-2.903534, -2.903534), -2 * 39.16599)],
        "mccormick": [((-0.54719, -1.54719), -1.9133)],
        "branin": [((-3.14159, 12.275), 0.397887), ((9.42478, 2.475), 0.397887)],
        "easom": [((3.14159265, 3.14159265), -1.0)],
        "himmelblau": [((3.0, 2.0), 0.0), ((-0.270845, -0.923039), 181.617)],
    }
    by_id = {surface.id: surface for surface in SURFACES}
    for name, values in published.items():
        for point, value in values:
            assert float(loss_at(by_id[name](), np.array(point))) == pytest.approx(
                value, abs=1e-3 if value < 100 else 1e-2
            )


def test_double_well_loses_its_shallow_well_when_tilted_far():
    """|t| < 8/(3√3) ≈ 1.5396 keeps two wells; the deeper one is against the tilt."""
    well = next(surface for surface in SURFACES if surface.id == "double_well")
    two = replace(well(), tilt=0.3).minima()
    assert [minimum.x < 0 for minimum in two] == [True, False]
    assert two[0].loss < two[1].loss
    assert len(replace(well(), tilt=1.5).minima()) == 2
