"""Who is meant by a post or an organisation on a day: the persons to be told."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from luodi.accounts.models import Post
from luodi.accounts.readers import current


def people_of(*, posts: Collection[int], organisations: Collection[int], on: date) -> frozenset[int]:
    """The persons who hold one of these posts on a day, or any post of these organisations.  One query.

    Whoever may no longer sign in is left out.
    """
    meant = Q(pk__in=posts) | Q(organisation__in=organisations)
    return frozenset(Post.objects.filter(meant, current(on), person__is_active=True).values_list("person", flat=True))
