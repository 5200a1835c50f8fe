"""``POST /predict`` and ``GET /health`` of a served model. Needs FastAPI, so it is imported when somebody serves."""

from __future__ import annotations

import hmac
import json
import math
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from . import models
from .versions import Shelf, Version

MOST_BYTES = 1_000_000
MOST_ROWS = 10_000
SHAPES = 'send {"features": {"name": number, …}} for one row, or {"rows": [{…}, …]}'


class Refused(Exception):
    """A request that cannot be answered: status and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def app(shelf: Shelf, token: str, session: Any = None) -> FastAPI:
    """The application; ``token`` has to come with each request, ``session`` is Spark's, for models of pyspark.ml."""
    # Without its documentation pages, which would load scripts from elsewhere.
    made = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @made.middleware("http")
    async def check_token(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if not _has_token(request, token):
            reason = "no token, or a wrong one: send the header Authorization: token …, or ?token=…"
            return JSONResponse({"error": reason}, status_code=401, headers={"WWW-Authenticate": "token"})
        return await call_next(request)

    @made.post("/predict")
    async def predict(request: Request) -> Response:
        began = time.perf_counter()
        status, answer = await _predict(request, shelf, session)
        shelf.answered((time.perf_counter() - began) * 1000, status != 200)
        return JSONResponse(answer, status_code=status)

    @made.get("/health")
    async def health() -> Response:
        return JSONResponse(_health(shelf))

    return made


def _has_token(request: Request, token: str) -> bool:
    given = request.query_params.get("token", "")
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("token", "bearer"):
        given = rest.strip()
    return hmac.compare_digest(given.encode(), token.encode())


async def _predict(request: Request, shelf: Shelf, session: Any) -> tuple[int, dict[str, Any]]:
    try:
        version = shelf.current
        if version is None:
            raise Refused(503, "no model has been published yet")
        asked = _read(await _body(request))
        rows = [_row(row, version, number) for number, row in enumerate(asked["rows"])]
        # Not on the loop: a slow model would keep /health waiting, too.
        predictions = await run_in_threadpool(_predictions, version, rows, session)
        answer: dict[str, Any] = {"prediction": predictions[0]} if asked["is_one"] else {"predictions": predictions}
        return 200, {**answer, **_about(version)}
    except Refused as refused:
        return refused.status, {"error": str(refused)}
    except Exception as error:
        return 500, {"error": f"the model failed: {type(error).__name__}: {error}"}


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refused(413, f"the request is longer than {MOST_BYTES} bytes")
    return body


def _read(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, f"this is not JSON ({error}); {SHAPES}") from None
    if not isinstance(asked, dict) or ("features" in asked) == ("rows" in asked):
        raise Refused(422, SHAPES)
    if "features" in asked:
        return {"rows": [asked["features"]], "is_one": True}
    rows = asked["rows"]
    if not isinstance(rows, list) or not rows:
        raise Refused(422, f"rows has to be a list of rows; {SHAPES}")
    if len(rows) > MOST_ROWS:
        raise Refused(413, f"{len(rows)} rows are too many: at most {MOST_ROWS} at once")
    return {"rows": rows, "is_one": False}


def _row(row: Any, version: Version, number: int) -> list[float]:
    """The numbers of a row, in the order in which the model has learnt them."""
    names = version.features
    if isinstance(row, dict):
        if names is None:
            raise Refused(422, "the model's features have no names: send rows as lists, or serve(…, features=[…])")
        wrong = [f"{name!r} is missing" for name in names if name not in row]
        wrong += [f"{name!r} is not known" for name in row if name not in names]
        if wrong:
            raise Refused(422, f"row {number}: {', '.join(wrong[:10])}; the features are {', '.join(names)}")
        row = [row[name] for name in names]
    if not isinstance(row, list):
        raise Refused(422, f"row {number} is neither an object nor a list; {SHAPES}")
    if version.width is not None and len(row) != version.width:
        raise Refused(422, f"row {number} has {len(row)} numbers, and the model {version.width} features")
    for place, value in enumerate(row):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value):
            name = place if names is None else repr(names[place])
            raise Refused(422, f"row {number}: {name} is no number but {json.dumps(value)[:50]}")
    return [float(value) for value in row]


def _predictions(version: Version, rows: list[list[float]], session: Any) -> list[Any]:
    import numpy as np

    names = version.features or [str(place) for place in range(len(rows[0]))]
    table = np.array(rows)
    if getattr(version.model, "feature_names_in_", None) is not None:
        import pandas as pd

        # As it was fitted: scikit-learn warns of a table without its names.
        found = version.model.predict(pd.DataFrame(table, columns=list(names)))
    else:
        found = models.predict(version.model, table, names, "zeroOne", session)
    if found is None:
        raise Refused(503, "the model has learnt too little to predict")
    plain = found.tolist() if hasattr(found, "tolist") else list(found)
    values = [value.item() if hasattr(value, "item") else value for value in plain]
    try:
        json.dumps(values, allow_nan=False)
    except (TypeError, ValueError):
        raise Refused(500, f"the model's answer cannot be sent as JSON: {values[:3]!r}") from None
    return values


def _about(version: Version) -> dict[str, Any]:
    published = datetime.fromtimestamp(version.published_at, timezone.utc).isoformat(timespec="milliseconds")
    return {"model_version": version.number, "trained_on": version.trained_on, "published_at": published}


def _health(shelf: Shelf) -> dict[str, Any]:
    version = shelf.current
    counts = {"requests": shelf.requests, "errors": shelf.errors, "latencies_ms": shelf.latencies_ms()}
    if version is None:
        return {
            "status": "no model",
            "model_version": None,
            "trained_on": None,
            "published_at": None,
            "lag": None,
            **counts,
        }
    age_s = round(max(0.0, time.time() - version.published_at), 3)
    learner = {"learner": type(version.model).__name__, "features": version.features}
    return {"status": "ok", **_about(version), "lag": shelf.lag, "age_s": age_s, **learner, **counts}
