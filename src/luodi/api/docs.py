"""The page that describes the interface, in the look of the house and without any other host."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from luodi.accounts.access import access
from luodi.api.doors import FUNCTION
from luodi.domain.vocabulary import Text

TAGS: Mapping[str, Text] = {
    "who": Text("岗位、开发区、授权", "Post, zones, powers"),
    "projects": Text("项目", "Projects"),
    "plans": Text("计划", "Plans"),
    "cases": Text("办件", "Cases"),
    "owed": Text("承诺、容缺、停工", "Debts and halts"),
    "supervision": Text("督办、走访、诉求、通知", "Supervision and notices"),
    "leads": Text("招商线索", "Leads"),
    "finding": Text("查找、视图、批量办理", "Search, views, acts on many rows"),
    "notices": Text("通知渠道与日历订阅", "Channels of notices and calendar feeds"),
    "entry": Text("入区评审、五个前置、阶段门", "Entry reviews, five fronts, stage gates"),
    "taskforces": Text("项目专班", "Task forces"),
    "dealings": Text("洽谈与承诺", "Talks and promises"),
    "land": Text("土地", "Land"),
    "quotas": Text("指标台账", "Quota ledgers"),
    "results": Text("成效：指标、时长、滞后、三个一批", "Results: figures, durations, lags, batches"),
    "factors": Text("要素保障", "Factors"),
    "regions": Text("全省：开发区、对比、产业链", "The province: zones, comparison, chains"),
    "rules": Text("事项与工作日历", "Matters and calendar"),
    "papers": Text("文书与验证", "Documents"),
    "forms": Text("一张表单", "The one form"),
    "sheets": Text("台账与列表", "Ledgers and lists"),
    "exchange": Text("国家数据交换", "National exchange"),
    "people": Text("人员、安全、审计", "People, security, audit"),
    "webhooks": Text("事件推送", "Webhooks"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as the page tells of it.  `fields`: (name, type, whether it must be given, words)."""

    method: str
    path: str
    words: str
    function: Text
    asks: tuple[tuple[str, str, bool, str], ...]
    answers: str


class HousePage(DocsBase):
    """Instead of a program from another host: one page, made here."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Every operation by its heading, with what it asks for.  No query."""
        made = api.get_openapi_schema()
        groups: dict[str, list[Described]] = {}
        for path, methods in made["paths"].items():
            for method, one in methods.items():
                groups.setdefault(one["tags"][0], []).append(described(method.upper(), path, one, made))
        context = {
            "place": "api",
            "groups": [
                (tag, TAGS.get(tag, Text(tag, tag)), groups[tag]) for tag in sorted(groups, key=list(TAGS).index)
            ],
            "count": sum(len(one) for one in groups.values()),
        }
        return render(request, "api/docs.html", context)


def described(method: str, path: str, one: Mapping[str, Any], made: Mapping[str, Any]) -> Described:
    """One operation."""
    function = access().functions[one[FUNCTION]].name
    sent = one.get("requestBody", {}).get("content", {})
    body: Mapping[str, Any] = next((form["schema"] for form in sent.values()), {})  # JSON, or a form with a file
    asks = (*(_parameter(known) for known in one["parameters"]), *_fields(body, made))
    content = one["responses"][200]["content"]
    answer = type_of(content["application/json"]["schema"]) if "application/json" in content else " | ".join(content)
    return Described(method, path, one.get("description", ""), function, asks, answer)


def _parameter(one: Mapping[str, Any]) -> tuple[str, str, bool, str]:
    place = {"query": "?", "header": "header ", "path": "/"}[one["in"]]
    words = one.get("description") or one["schema"].get("description") or ""
    return f"{place}{one['name']}", type_of(one["schema"]), one.get("required", False), words


def _fields(body: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[tuple[str, str, bool, str]]:
    shape = made["components"]["schemas"][body["$ref"].rpartition("/")[2]] if "$ref" in body else body
    for name, field in shape.get("properties", {}).items():
        yield name, type_of(field), name in shape.get("required", ()), field.get("description", "")


def type_of(schema: Mapping[str, Any]) -> str:
    """A type in a word: `date`, `CaseRow`, `text[]`."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(one) for one in schema["anyOf"] if one.get("type") != "null"))
    if schema.get("type") == "array":
        return f"{type_of(schema['items'])}[]"
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    return str(schema.get("format") or schema.get("const") or schema.get("type") or "any")
