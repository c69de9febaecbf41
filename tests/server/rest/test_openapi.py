"""The description of the routes is served, and describes the routes that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tornado.websocket import WebSocketHandler

from open_interpreter_lab.routes import API, ROUTES
from tests.server.rest.conftest import JupyterServer

DOCUMENT = yaml.safe_load(
    (Path(__file__).parents[3] / "open_interpreter_lab" / "routes" / "openapi.yaml").read_text("utf-8")
)
METHODS = ("get", "put", "post", "patch", "delete")


def described():
    return {(path, method) for path, item in DOCUMENT["paths"].items() for method in item if method in METHODS}


def served():
    for pattern, handler in ROUTES:
        path = re.sub(r"\(.*?\)", "{id}", pattern).replace("\\", "").removeprefix(API)
        own = [method for method in METHODS if getattr(handler, method).__qualname__.split(".")[0] == handler.__name__]
        yield from ((path, method) for method in (["get"] if issubclass(handler, WebSocketHandler) else own))


def references(value):
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_the_document_describes_the_routes_and_no_others():
    assert described() == set(served())


def test_every_reference_leads_somewhere():
    for reference in references(DOCUMENT):
        place = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def test_the_document_is_served_as_it_stands(server: JupyterServer):
    told = server.call("GET", "openapi.yaml")
    assert told.headers["Content-Type"].startswith("application/yaml")
    assert yaml.safe_load(told.text) == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1")


@pytest.mark.parametrize("path", ["settings", "models/presets"])
def test_an_answer_has_what_the_document_requires(server: JupyterServer, path: str):
    told = server.call("GET", path).json
    if path == "settings":
        assert set(DOCUMENT["components"]["schemas"]["Settings"]["required"]) == set(told)
    else:
        assert set(DOCUMENT["components"]["schemas"]["Preset"]["required"]) == set(told["presets"][0])
