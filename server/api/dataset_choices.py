"""A dataset as a request chooses it: a seeded one, or the reader's own points."""

from typing import TYPE_CHECKING, Literal

from pydantic import Field, create_model

from server.api import pasted_choices
from server.api.choices import Fields, Strict, model_of, named
from server.api.pasted_choices import Columns, ReadingRequest, columns_of
from server.declarations import BY_ID
from server.networks.dataset import CAPACITY, Dataset
from server.networks.datasets import DATASETS
from server.networks.pasted import PASTED, PastedDataset
from surfaces.pasted.reading import Table
from surfaces.points import COLUMNS, Points, used

PASTED_BY_ID = {one.id: one for one in PASTED}


class AnyDataset(Strict):
    """What all dataset choices share."""

    id: str

    def resolve(self) -> Dataset:
        """The dataset with its numbers."""
        return BY_ID.datasets[self.id](**self.model_dump(exclude={"id"}))

    def table(self) -> Table | None:
        """Pasted points as they were read; ``None`` where none were pasted."""
        return None


class AnyPastedDataset(AnyDataset):
    """The reader's own points, as a pasted table, of 2 to 256 rows.

    ``reading`` says how they are written where that cannot be found, ``columns`` which of them
    are used, by number from 1 or by name. A network is given columns of mean 0 and deviation 1,
    the y of a curve among them; losses are of these. ``data`` of the answer and predictions are
    in the table's own units.
    """

    points: pasted_choices.Text
    reading: ReadingRequest | None = Field(None, description=pasted_choices.READING)
    columns: Columns = None

    def resolve(self) -> Dataset:
        """The dataset.

        Raises:
            InputError: the points cannot be used; names the row, the column and the cell.
        """
        points, _ = self._read()
        return PASTED_BY_ID[self.id].of(*used(points))

    def table(self) -> Table | None:
        return self._read()[1]

    def _read(self) -> tuple[Points, Table]:
        kind = PASTED_BY_ID[self.id].kind
        return pasted_choices.read(
            self.points, kind, self.reading, self.columns, "dataset", CAPACITY
        )


def pasted_model(declared: type[PastedDataset]) -> type[AnyPastedDataset]:
    """``{"id": ..., "points": ...}`` of own points of one kind."""
    *first, last = COLUMNS[declared.kind]
    roles = f"{', '.join(first)} and {last}"
    labels = " (−1 and 1, or 0 and 1)" if declared.kind == "classes" else ""
    own: Fields = {
        "id": (Literal[declared.id], ...),
        "points": (
            pasted_choices.Text,
            Field(description=f"A pasted table of {roles}{labels}, {pasted_choices.TEXT}"),
        ),
        "columns": (Columns, Field(None, description=columns_of(roles))),
    }
    return create_model(
        f"{declared.__name__}Dataset", __base__=AnyPastedDataset, __doc__=declared.summary.en, **own
    )


if TYPE_CHECKING:
    DatasetChoice = AnyDataset
else:
    _seeded = [model_of(one, AnyDataset, "Dataset") for one in DATASETS]
    DatasetChoice = named([*_seeded, *map(pasted_model, PASTED)])
