"""A program with a token, for tests of the interface: it asks and acts over HTTP as one post."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.accounts.acting import Acting
from luodi.api import tokens


class Program:
    """`Program(acting).get("/cases")`, `.post("/cases/…/accept", {"seq": 1})`: (status, body)."""

    def __init__(self, acting: Acting | None = None, *, token: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.acting = acting
        if acting is not None:
            token = tokens.make(label="test", days=30, by=acting, at=datetime.now(UTC)).token
        self.token = token
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """The status and the JSON of an answer; None for an empty one."""
        sent = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **headers}
        data = json.dumps(body) if body is not None else ""
        answer = self.client.generic(
            method, f"/api/v1{path}", data, content_type="application/json", headers=sent
        )  # fmt: skip
        self.headers = dict(answer.headers)
        content = b"".join(answer) if answer.streaming else answer.content
        if answer.status_code == 200 and "attachment" in answer.headers.get("Content-Disposition", ""):
            return 200, content
        assert "json" in answer.headers.get("Content-Type", "json"), (answer.status_code, content[:200])
        return answer.status_code, json.loads(content) if content else None

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """A question."""
        return self.ask("GET", path, None, **headers)

    def upload(
        self, path: str, name: str, data: bytes, fields: dict[str, Any] | None = None, **headers: str
    ) -> tuple[int, Any]:
        """An act with a file."""
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        file = SimpleUploadedFile(name, data)
        answer = self.client.post(f"/api/v1{path}", {**(fields or {}), "file": file}, headers=sent)
        return answer.status_code, answer.json()

    def post(self, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
        """An act."""
        return self.ask("POST", path, body if body is not None else {}, **headers)
