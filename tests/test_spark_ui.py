"""The routes of Spark UIs on a real Jupyter server: to real drivers, and to nothing else on this machine."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from kernels import driver_options
from own_server import PATIENCE, TOKEN, Server, free_port

from sparkglass.server.listeners import owners

# A job that lasts until somebody kills it; then the next.
DRIVER = """
import sys, time
from pyspark.sql import SparkSession
spark = (SparkSession.builder.master("local[2]").appName("a driver of its own").config("spark.ui.port", sys.argv[1])
    .config("spark.ui.showConsoleProgress", "false").getOrCreate())
spark.sparkContext.setLogLevel("OFF")
while True:
    try:
        spark.sparkContext.parallelize(range(1), 1).foreach(lambda _: time.sleep(600))
    except Exception:
        pass
"""


class Driver(NamedTuple):
    port: int
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def driver(python: str, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """One outside of Jupyter, as from a terminal, at a port that is not 4040."""
    folder = tmp_path_factory.mktemp("driver")
    (folder / "driver.py").write_text(DRIVER)
    port = free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith(("SPARK_", "PYSPARK_"))}
    env |= {
        "PYSPARK_PYTHON": python,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SUBMIT_OPTS": driver_options(Path(python).parent.parent),
    }
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([python, "driver.py", str(port)], cwd=folder, env=env, stdout=log, stderr=log)
    until(lambda: server.ask(f"sparkglass/ui/{port}/jobs/").status == 200)
    yield Driver(port, process)
    process.terminate()
    process.wait(30)


def until(is_so: object) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.2)


class Other(BaseHTTPRequestHandler):
    """A server of this machine that is no Spark, or says that it is."""

    says: bytes = b""
    heard: list[dict[str, str]] = []

    def do_GET(self) -> None:  # noqa: N802
        type(self).heard.append({name.lower(): value for name, value in self.headers.items()})
        away = self.path.startswith("/away")
        self.send_response(302 if away else 200)
        if away:
            self.send_header("Location", "http://example.org/phishing")
        self.send_header("Set-Cookie", "_xsrf=mine; Path=/")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(type(self).says)

    def log_message(self, *_: object) -> None:
        pass


def other(says: object) -> Iterator[tuple[int, type[Other]]]:
    handler = type("OneOther", (Other,), {"says": json.dumps(says).encode(), "heard": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, handler
    server.shutdown()
    server.server_close()


ATTEMPT = {"completed": False, "appSparkVersion": "4.3.0", "sparkUser": "eve", "startTimeEpoch": 1}
APPLICATION = {"id": "local-1", "name": "an impostor", "attempts": [ATTEMPT]}


@pytest.fixture
def impostor() -> Iterator[tuple[int, type[Other]]]:
    """Something of the same person's that answers as Spark does."""
    yield from other([APPLICATION])


@pytest.fixture(
    params=[
        "hello",
        [],
        {},
        [{"id": "1"}],
        [APPLICATION, APPLICATION],
        [{**APPLICATION, "attempts": [{**ATTEMPT, "completed": True}]}],
    ],
    ids=["text", "none", "object", "half", "history-server", "ended"],
)
def ordinary(request: pytest.FixtureRequest) -> Iterator[tuple[int, type[Other]]]:
    """An HTTP server that is no driver's."""
    yield from other(request.param)


def raw(
    server: Server, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """A request as it is written, with nothing added and nothing followed."""
    at = urlsplit(server.url)
    connection = http.client.HTTPConnection(at.netloc, timeout=60)
    connection.request(
        method, at.path + path, body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    found: dict[str, str] = {}
    for name, value in answer.getheaders():
        key = name.lower()
        found[key] = f"{found[key]}, {value}" if key in found else value
    body_heard = answer.read()
    connection.close()
    return answer.status, found, body_heard


@pytest.fixture(scope="module")
def cookie(server: Server) -> str:
    """What a browser that is signed in sends by itself."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    connection.request("GET", f"{urlsplit(server.url).path}tree?token={TOKEN}")
    given = connection.getresponse().headers.get_all("Set-Cookie") or []
    connection.close()
    (own,) = [one.split(";")[0] for one in given if one.startswith("username-")]
    return own


def test_an_ordinary_server_is_not_served(server: Server, ordinary: tuple[int, type[Other]]) -> None:
    port, handler = ordinary
    answer = server.ask(f"sparkglass/ui/{port}/secret")
    assert answer.status == 502
    # It was asked once whether it is Spark, and never for the page.
    assert len(handler.heard) == 1
    listed = json.loads(server.ask(f"sparkglass/ui?ports={port}").body)["applications"]
    assert port not in [one["port"] for one in listed]


@pytest.mark.parametrize("port", ["1", "22", "80", "443", "1023", "0", "65536", "99999"])
def test_ports_that_no_driver_has(server: Server, port: str) -> None:
    assert server.ask(f"sparkglass/ui/{port}/jobs/").status in (404, 502)


def test_nothing_there_says_what_to_do(server: Server) -> None:
    port = free_port()
    status, _, body = raw(server, f"sparkglass/ui/{port}/jobs/", Authorization=f"token {TOKEN}")
    assert status == 502
    assert b'data-sparkglass-error="gone"' in body
    assert b"Run the cell that makes the SparkSession again" in body
    _, _, body = raw(server, f"sparkglass/ui/{port}/jobs/", Authorization=f"token {TOKEN}", Accept_Language="pl-PL,pl")
    assert "Driver zakończył pracę" in body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "sparkglass/ui/127.0.0.1:{}/jobs",
        "sparkglass/ui/example.org:80/jobs",
        "sparkglass/ui/{}@example.org/jobs",
        "sparkglass/ui/-{}/jobs",
        "sparkglass/ui/{}.0/jobs",
        "sparkglass/ui/{}/../../../api/status",
        "sparkglass/ui/{}/%2e%2e/%2e%2e/x",
        "sparkglass/ui/{}/jobs/%2e%2e%2f%2e%2e%2fx",
        "sparkglass/ui/{}/jobs\\..\\x",
        "sparkglass/ui/{}/jobs/%0d%0aHost:%20example.org",
        "sparkglass/ui/{}/jobs/%00",
    ],
)
def test_other_hosts_and_tricks(server: Server, impostor: tuple[int, type[Other]], path: str) -> None:
    port, handler = impostor
    status, _, body = raw(server, path.format(port), Authorization=f"token {TOKEN}")
    assert status in (400, 403, 404)
    assert b"an impostor" not in body
    assert len(handler.heard) <= 1


def test_strangers_are_refused(server: Server, impostor: tuple[int, type[Other]]) -> None:
    port, handler = impostor
    for path in ("sparkglass/ui", f"sparkglass/ui/{port}/jobs/"):
        for headers in ({}, {"Authorization": "token wrong"}):
            status, found, _ = raw(server, path, **headers)
            assert status == 403 or (status == 302 and "/login?" in found["location"])
    assert raw(server, f"sparkglass/ui/{port}/jobs/job/kill/?id=0", "POST")[0] == 403
    assert handler.heard == []


def test_a_driver_hears_nothing_of_jupyters(server: Server, impostor: tuple[int, type[Other]], cookie: str) -> None:
    port, handler = impostor
    site = server.url.rstrip("/")
    status, headers, _ = raw(server, f"sparkglass/ui/{port}/jobs/", Cookie=cookie, Referer=f"{site}/lab")
    assert status == 200
    raw(server, f"sparkglass/ui/{port}/jobs/", Authorization=f"token {TOKEN}")
    for heard in handler.heard:
        assert not {"cookie", "authorization", "x-xsrftoken"} & heard.keys()
    assert handler.heard[-1]["x-forwarded-context"] == f"/user/ada/sparkglass/ui/{port}"
    # And what it says is not Jupyter's word.
    assert "mine" not in headers.get("set-cookie", "")
    assert "access-control-allow-origin" not in headers
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    status, headers, _ = raw(server, f"sparkglass/ui/{port}/away/", Authorization=f"token {TOKEN}")
    assert (status, headers["location"]) == (302, "../phishing")


def test_other_sites_are_refused(server: Server, impostor: tuple[int, type[Other]], cookie: str) -> None:
    port, handler = impostor
    page = f"sparkglass/ui/{port}/jobs/"
    site = "http://" + urlsplit(server.url).netloc
    refused: list[dict[str, str]] = [
        {},
        {"Referer": "http://example.org/"},
        {"Origin": "http://example.org", "Referer": f"{site}/lab"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Referer": f"{site}/lab"},
        {"Sec-Fetch-Site": "same-site", "Referer": f"{site}/lab"},
    ]
    for headers in refused:
        assert raw(server, page, Cookie=cookie, **headers)[0] == 403, headers
    assert handler.heard == []
    allowed: list[dict[str, str]] = [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": f"{site}/user/ada/lab"},
    ]
    for headers in allowed:
        assert raw(server, page, Cookie=cookie, **headers)[0] == 200, headers


def test_only_methods_that_spark_needs(server: Server, impostor: tuple[int, type[Other]]) -> None:
    port, _ = impostor
    for method, path in (
        ("POST", "jobs/"),
        ("PUT", "jobs/"),
        ("DELETE", "jobs/"),
        ("PATCH", "jobs/job/kill/"),
        ("OPTIONS", "jobs/"),
    ):
        assert raw(server, f"sparkglass/ui/{port}/{path}", method, Authorization=f"token {TOKEN}")[0] == 405
    assert (
        raw(
            server,
            f"sparkglass/ui/{port}/jobs/",
            Authorization=f"token {TOKEN}",
            Upgrade="websocket",
            Connection="Upgrade",
        )[0]
        == 403
    )


def test_who_listens(tmp_path: Path) -> None:
    # Another user's process, on all addresses; one that only another address reaches; a connection that is no listener.
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    row = "   0: {}:0FC8 00000000:0000 {} 00000000:00000000 00:00000000 00000000  {}        0 1 1 0 100 0 0 10 0\n"
    (tmp_path / "tcp").write_text(head + row.format("0100007F", "0A", 1000) + row.format("0202A8C0", "0A", 7))
    (tmp_path / "tcp6").write_text(head + row.format("0" * 32, "0A", 1001) + row.format("0" * 32, "01", 8))
    assert owners(4040, tmp_path) == {1000, 1001}
    assert owners(4041, tmp_path) == set()
    assert owners(4040, tmp_path / "nothing") is None


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="The system has no table of who listens.")
def test_another_persons_spark_is_not_served(server: Server) -> None:
    if os.getuid() != 0:
        pytest.skip("Only root can start another person's process.")
    code = f"""
import encodings.idna, http.server, json, os
os.setuid(65534)
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write({json.dumps([APPLICATION]).encode()!r})
s = http.server.HTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd="/")
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        assert server.ask(f"sparkglass/ui/{port}/jobs/").status == 502
    finally:
        process.kill()
        process.wait()


def test_a_driver_of_its_own(server: Server, driver: Driver) -> None:
    (found,) = [
        one
        for one in json.loads(server.ask(f"sparkglass/ui?ports={driver.port}").body)["applications"]
        if one["port"] == driver.port
    ]
    assert found["name"] == "a driver of its own"
    assert re.fullmatch(r"local-\d+", found["id"])
    for path in ("", "/"):
        status, headers, _ = raw(server, f"sparkglass/ui/{driver.port}{path}", Authorization=f"token {TOKEN}")
        assert (status, headers["location"]) == (302, f"/user/ada/sparkglass/ui/{driver.port}/jobs/")
    for page in (
        "jobs/",
        "stages/",
        "storage/",
        "environment/",
        "executors/",
        "SQL/",
        "api/v1/applications",
        "static/webui.css",
    ):
        answer = server.ask(f"sparkglass/ui/{driver.port}/{page}")
        assert answer.status == 200, page
        links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.body.decode())
        assert all(link.startswith(f"/user/ada/sparkglass/ui/{driver.port}/") for link in links), links
    # Which scripts its pages may run says Spark itself, where it does (4.x): that stays in force beside ours.
    _, headers, _ = raw(server, f"sparkglass/ui/{driver.port}/jobs/", Authorization=f"token {TOKEN}")
    policies = headers["content-security-policy"].split(", ")
    assert policies[-1] == "frame-ancestors 'self'"
    assert any("script-src" in policy for policy in policies) == (not found["spark"].startswith("3."))
    # Spark's own words about what it does not have are Spark's.
    assert server.ask(f"sparkglass/ui/{driver.port}/api/v1/nothing").status == 404


def running_jobs(server: Server, driver: Driver) -> list[int]:
    root = f"sparkglass/ui/{driver.port}/api/v1/applications"
    (application,) = json.loads(server.ask(root).body)
    return [job["jobId"] for job in json.loads(server.ask(f"{root}/{application['id']}/jobs?status=running").body)]


def test_killing_needs_the_persons_own_page(server: Server, driver: Driver, cookie: str) -> None:
    until(lambda: running_jobs(server, driver))
    (job,) = running_jobs(server, driver)
    kill = f"sparkglass/ui/{driver.port}/jobs/job/kill/?id={job}"
    site = "http://" + urlsplit(server.url).netloc
    page = f"{site}/user/ada/sparkglass/ui/{driver.port}/jobs/"
    for method in ("GET", "POST"):
        refused: list[dict[str, str]] = [
            {},
            {"Cookie": cookie},
            {"Cookie": cookie, "Referer": "http://example.org/"},
            {"Cookie": cookie, "Origin": "http://example.org", "Referer": page},
            {"Cookie": cookie, "Origin": "null"},
            {"Cookie": cookie, "Sec-Fetch-Site": "cross-site"},
            {"Cookie": cookie, "Sec-Fetch-Site": "none"},
        ]
        for headers in refused:
            status, found, _ = raw(server, kill, method, **headers)
            assert status == 403 or (status == 302 and "/login?" in found["location"]), (method, headers)
    # Doubled slashes are no way around.
    assert raw(server, kill.replace("/job/kill/", "//job//kill/"), Cookie=cookie, Sec_Fetch_Site="none")[0] == 403
    assert running_jobs(server, driver) == [job]

    # As Spark's page does: 3.5 has a link, 4.3 a form with a token of its own.
    html = server.ask(f"sparkglass/ui/{driver.port}/jobs/").body.decode()
    form = re.search(r'<form action="[^"]*/jobs/job/kill/".*?</form>', html, re.S)
    if form is None:
        status, headers, _ = raw(server, kill, Cookie=cookie, Referer=page, Sec_Fetch_Site="same-origin")
    else:
        fields = dict(re.findall(r'<input(?=[^>]*name="([^"]*)")(?=[^>]*value="([^"]*)")', form[0]))
        kind = "application/x-www-form-urlencoded"
        path = kill.split("?")[0]
        status, headers, _ = raw(
            server, path, "POST", urlencode(fields), Cookie=cookie, Origin=site, Referer=page, Content_Type=kind
        )
    assert status in (302, 303)
    # Spark says where to go on: within the route.
    assert headers["location"] == "../../../jobs/"
    until(lambda: running_jobs(server, driver) not in ([], [job]))


def test_a_driver_that_ended(server: Server, driver: Driver) -> None:
    driver.process.terminate()
    driver.process.wait(30)
    until(lambda: server.ask(f"sparkglass/ui/{driver.port}/jobs/").status == 502)
