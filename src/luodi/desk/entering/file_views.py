"""A file of an entry review or a front, handed out to whoever may see them."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luodi.accounts.gate import SignedIn, needs
from luodi.desk.entering import files
from luodi.desk.entering.entry_acts import project_of
from luodi.domain.documents.filetypes import SORTS
from luodi.entry import handed


@require_GET
@needs("entry.read")
def file(request: SignedIn, file: int) -> HttpResponse:
    """A file to keep; never shown inside a page.  At most six queries."""
    found = handed.file(file, as_of=request.as_of)
    if found is None:
        raise Http404(_("No such paper"))
    row, slug = found
    project_of(request, (slug, ""), "entry.read")
    answer = HttpResponse(files.content(row), content_type=SORTS[row.kind].media)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
