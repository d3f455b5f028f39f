"""The first page of an archive: what happened, in words, readable by any browser with the network off."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from typing import cast

from luodi.cases.readers.whole import WholeCase
from luodi.domain.catalogue.reading import load
from luodi.domain.clock.office import SHANGHAI
from luodi.domain.events.kinds import kinds
from luodi.domain.handling.states import state_rules
from luodi.domain.source.reading import read_data
from luodi.domain.source.tree import plain
from luodi.exchange.archive.contents import Contents

STYLE = (
    "body{font:15px/1.6 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:1080px;margin:24px auto;padding:0 16px;"
    "color:#1d1d1b;background:#faf8f3}table{border-collapse:collapse;width:100%;margin:8px 0 24px}"
    "th,td{border-bottom:1px solid #d8d2c4;padding:4px 8px;text-align:left;vertical-align:top}"
    "h1{font-size:24px}h2{font-size:18px;margin-top:32px}code{font-size:12px;overflow-wrap:anywhere}"
    "details{margin:4px 0}summary{cursor:pointer}@media print{details>*{display:block}}"
)

Word = Callable[[str], str]
"""A word of `data/archive/words.yaml` in the language of the page, safe within HTML."""


@cache
def _words() -> dict[str, dict[str, str]]:
    return cast(dict[str, dict[str, str]], plain(read_data("archive/words.yaml")))


def page(held: Contents, names: Iterable[str], entries: int, language: str) -> bytes:
    """The page as HTML; `names`: the files of the archive; `entries`: how many the record holds."""

    def word(key: str) -> str:
        return escape(_words()[key][language])

    project = held.project
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"en" if language == "en" else "zh-Hans"}"><head><meta charset="utf-8">',
        f"<title>{word('title')} · {escape(project.name[language])}</title><style>{STYLE}</style></head><body>",
        f"<h1>{word('title')} · {escape(project.name[language])}</h1>",
        f"<p>{word('made')} {held.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} · {word('zone')} {escape(project.zone)} · "
        f"<code>{escape(project.slug)}</code></p>",
        f"<h2>{word('how')}</h2><p>{word('how_words')}</p><p><strong>{word('personal')}</strong></p>",
        f"<h2>{word('record')}</h2><p>{entries} {word('entries')} · <a href='record/record.jsonl'>record.jsonl</a> · "
        f"{word('checkpoint')}: {escape(held.checkpoint.at) if held.checkpoint else word('none')}</p>",
        f"<h2>{word('cases')} ({len(held.cases)})</h2>", *_cases(held.cases, word, language),
        f"<h2>{word('documents')} ({len(held.papers)})</h2>", *_papers(held, word),
        f"<h2>{word('revisions')}</h2>", *_revisions(held, word),
        f"<h2>{word('files')}</h2><ul>",
        *(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in names),
        "</ul></body></html>\n",
    ]  # fmt: skip
    return "\n".join(parts).encode("utf-8", "replace")


def _cases(cases: Iterable[WholeCase], word: Word, language: str) -> Iterator[str]:
    matters, states, rules = load().matters, state_rules(), kinds()
    for case in cases:
        matter = matters[case.matter].name[language] if case.matter in matters else case.matter
        yield (
            f"<details><summary>{escape(case.number)} · {escape(matter)} · {escape(case.organisation_name[language])} · "
            f"{escape(states[case.state].name[language])}</summary><table><tr><th>{word('when')}</th><th>{word('what')}</th>"
            f"<th>{word('who')}</th><th>{word('reason')}</th></tr>"
        )
        for event in case.events:
            said = rules[event.kind].name[language] if event.kind in rules else event.kind
            why = " ".join(one for one in (event.reason, event.basis) if one)
            yield (
                f"<tr><td>{event.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}</td><td>{escape(said)}</td>"
                f"<td>{escape(event.who)}</td><td>{escape(why)}</td></tr>"
            )
        yield "</table></details>"


def _papers(held: Contents, word: Word) -> Iterator[str]:
    if not held.papers:
        yield f"<p>{word('none')}</p>"
        return
    yield f"<table><tr><th>{word('number')}</th><th>{word('when')}</th><th>{word('state')}</th><th>{word('digest')}</th></tr>"
    for one in held.papers:
        yield (
            f'<tr><td><a href="{escape(one.file)}">{escape(one.number)}</a></td>'
            f"<td>{one.issued.astimezone(SHANGHAI):%Y-%m-%d}</td><td>{escape(one.standing)}</td>"
            f"<td><code>{escape(one.sha256)}</code></td></tr>"
        )
    yield "</table>"


def _revisions(held: Contents, word: Word) -> Iterator[str]:
    yield "<ul>"
    for one in held.revisions:
        name = f"project/revision-{one.seq:04}.yaml"
        yield f'<li>{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} · <a href="{name}">{name}</a></li>'
    yield "</ul>"
