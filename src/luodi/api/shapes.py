"""Shapes that several rooms of the interface share."""

from typing import Annotated, Generic, TypeVar

from ninja import Path, Query
from pydantic import BaseModel, Field

T = TypeVar("T")

Number = Annotated[int, Field(ge=1, le=2**53 - 1)]
"""The number of a row."""
Slug = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{1,64}$", description="Short name")]
"""A short name in an address: of a project, zone, matter or case."""
Numbered = Annotated[int, Path(ge=1, le=2**53 - 1)]
"""A number in an address."""
Few = Annotated[int, Query(ge=1, le=200, description="Rows wanted")]
After = Annotated[str | None, Query(max_length=80, description="`next` of the page before")]
Short = Annotated[str | None, Query(max_length=80)]
Said = Annotated[str | None, Query(max_length=100, description="Words to be found in name or number")]
Light = Annotated[str, Field(description="none, green, amber or red; of what has ended: whether it was in time")]


class Shape(BaseModel, from_attributes=True):
    """What is answered; read from the values that the readers return."""


class Page(Shape, Generic[T]):
    """A page of a list.  `next`: what to give as `after` for the page that follows, null on the last."""

    rows: list[T]
    next: str | None = Field(description="What to give as `after` for the following page; null on the last")
