"""A typed body as the form a page would have sent, so that both go through the same door."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from pydantic import BaseModel

Field = str | int | bool | date | list[str] | Mapping[str, str] | None


def form_of(body: BaseModel) -> QueryDict:
    """The fields of a body as a form has them.

    Nothing and False are left out, as an unticked box is; a mapping becomes one field a key, `<name>-<key>`.
    """
    form = QueryDict(mutable=True)
    for name in type(body).model_fields:
        value: Field = getattr(body, name)
        if value is None or value is False:
            continue
        if isinstance(value, Mapping):
            for key, one in value.items():
                form[f"{name}-{key}"] = one
        elif isinstance(value, list):
            form.setlist(name, value)
        else:
            form[name] = "yes" if value is True else value.isoformat() if isinstance(value, date) else str(value)
    return form
