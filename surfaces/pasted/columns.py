"""Which columns of a table are used."""

from collections.abc import Sequence

from surfaces.pasted.errors import PasteError, counted, shown
from surfaces.pasted.sheets import Sheet

Wanted = Sequence[str | int]


def chosen(sheet: Sheet, roles: Sequence[str], wanted: Wanted | None) -> list[int]:
    """Columns from 0, one a role.

    Those that were asked for; else those called as the roles are; else the first, columns of
    words left out, and columns without a name where others have one, if enough remain.

    Raises:
        PasteError: too few columns, or one asked for that is not there.
    """
    if sheet.width < len(roles):
        raise PasteError(
            "few_columns",
            f"{counted(sheet.width)}; accepted: {len(roles)} or more, {', '.join(roles)}",
            sheet.rows[0].line,
            values={"count": sheet.width, "needed": len(roles)},
        )
    if wanted is not None:
        return _asked(sheet, roles, wanted)
    names = [name.lower() for name in sheet.names or ()]
    if all(names.count(role) == 1 for role in roles):
        return [names.index(role) for role in roles]
    numeric = [column for column in range(sheet.width) if column not in sheet.words]
    named = [column for column in numeric if sheet.names and sheet.names[column]]
    first = named if len(named) >= len(roles) else numeric
    # Too few columns of numbers: the first are read, so that an error can say where words stand.
    return (first if len(first) >= len(roles) else list(range(sheet.width)))[: len(roles)]


def _asked(sheet: Sheet, roles: Sequence[str], wanted: Wanted) -> list[int]:
    found = [_place(sheet, one) for one in wanted]
    if len(found) == len(roles) == len(set(found)):
        return found
    raise PasteError(
        "columns_chosen",
        f"accepted: {len(roles)} different columns, for {', '.join(roles)}",
        values={"needed": len(roles)},
        field="columns",
    )


def _place(sheet: Sheet, wanted: str | int) -> int:
    names = sheet.names or ()
    if isinstance(wanted, str) and names.count(wanted.strip()) == 1:
        return names.index(wanted.strip())
    digits = str(wanted).strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 6:
        number = int(digits)
        if 1 <= number <= sheet.width:
            return number - 1
    called = ", ".join(shown(name) for name in names if name)
    raise PasteError(
        "unknown_column",
        f"no column '{shown(str(wanted))}'; accepted: 1 to {sheet.width}"
        + (f", or one of {called}" if called else ""),
        values={"cell": shown(str(wanted)), "count": sheet.width},
        field="columns",
    )
