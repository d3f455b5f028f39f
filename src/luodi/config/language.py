"""The language of the interface: Chinese unless somebody chose English, whatever their browser prefers."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class ChosenLanguage:
    """Reads the choice from its cookie.

    Django's own LocaleMiddleware would follow the browser; in an office where browsers were installed in English
    the desk would then greet half the people in the wrong language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer in the chosen language."""
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        chosen = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(chosen):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def compile_messages(folder: Path, *, anew: bool = False) -> tuple[Path, ...]:
    """Compile every .po below `folder` whose .mo is missing or older (or all, `anew`); returns the files written.

    Without gettext on the machine Django cannot do it, so polib does.
    """
    written = []
    for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if anew or not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            import polib  # only where something must be compiled: an installed package carries its .mo

            polib.pofile(str(po)).save_as_mofile(str(mo))
            written.append(mo)
    return tuple(written)
