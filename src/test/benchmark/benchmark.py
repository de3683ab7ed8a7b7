"""Compares the packaged program with its peers over HTTP, all on this machine, and prints Markdown tables.

    python3 src/test/benchmark/benchmark.py WORK UNIPEN_FILE [--seconds 8] [--rounds 2] [--only ours,onnx,...]

Needs Linux and `wrk`. Run it in the root of the repository after

    mvn -q -DskipTests -DskipUnitTests pre-integration-test
    mvn -q dependency:build-classpath -Dmdep.outputFile=target/benchmark.classpath

WORK is a folder that keeps the drawings and the Python environments of the peers.
All servers run at the same time and are measured in turn. wrk is a closed loop on the same cores: a client sends its next
request after it has an answer. It corrects its percentiles for coordinated omission.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
OURS = ["src/main/payara/start.sh", "target/dependency/payara-micro.jar", "target/neural-ink.war", "--port", "8200"]
CLIENTS = (1, 2, 8, 64)
DRAWINGS = ("280-white", "280-clear", "560-white", "560-clear")
TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """The IDs of a process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [p for child in children for p in tree(int(child))]


def cpu(pid: int) -> float:
    """CPU seconds that a process and its descendants have used."""
    fields = [Path(f"/proc/{p}/stat").read_text().rpartition(")")[2].split() for p in tree(pid)]
    return sum(int(f[11]) + int(f[12]) for f in fields) / TICKS


def resident(pid: int) -> float:
    """Resident memory of a process and its descendants in MiB."""
    status = [Path(f"/proc/{p}/status").read_text() for p in tree(pid)]
    return sum(int(re.search(r"VmRSS:\s+(\d+)", s)[1]) for s in status) / 1024


class Server:
    """A running server with its own port."""

    def __init__(self, name: str, port: int, command: list[str], log: Path, **environment: str):
        self.name, self.url, self.peak = name, f"http://127.0.0.1:{port}/predict", 0.0
        began = time.monotonic()
        with open(log, "w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **environment},
                                            start_new_session=True)
        self.first = None
        while self.first is None:
            self.first = self.ask()
            time.sleep(0.01)
        self.start = time.monotonic() - began
        answers = [self.ask() for _ in range(100)]
        self.median = statistics.median(a for a in answers if a)
        self.missed = answers.count(None)

    def ask(self) -> float | None:
        """Milliseconds until the answer to one drawing, or None without an answer."""
        request = urllib.request.Request(self.url, BODY, {"Content-Type": "application/json"})
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request) as response:
                json.load(response)["predictions"]
            return 1000 * (time.perf_counter() - began)
        except (urllib.error.URLError, ConnectionError):
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} did not start")
            return None

    def load(self, clients: int, seconds: float, folder: str, files: str = "*.json", path: str = "") -> dict:
        """What wrk measures with so many clients, and the CPU seconds of the server per 1,000 requests."""
        command = ["wrk", "-t", str(min(2, clients)), "-c", str(clients), "-d", f"{seconds:.0f}s", "--timeout", "60s",
                   "-s", str(HERE / "predict.lua"), self.url + path, "--", *map(str, sorted(Path(folder).glob(files)))]
        before = cpu(self.process.pid)
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        spent = cpu(self.process.pid) - before
        self.peak = max(self.peak, resident(self.process.pid))
        result = json.loads(output.strip().splitlines()[-1])
        return {**result, "rate": result["requests"] / result["seconds"], "cpu": 1000 * spent / max(1, result["requests"])}

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


def servers(work: Path, only: list[str], options: str) -> list[Server]:
    """Our server and its peers. Each starts after the one before it has answered."""
    def uvicorn(peer: str, port: int, *more: str) -> list[str]:
        return [str(work / peer / "bin/uvicorn"), f"fastapi_{peer}:app", "--app-dir", str(HERE / "peers"),
                "--port", str(port), "--log-level", "warning", *more]
    makers = {
        "ours": lambda: Server("ours", 8200, OURS, work / "ours.log", JAVA_OPTS=options),
        "onnx": lambda: Server("FastAPI + ONNX Runtime", 8201, uvicorn("onnx", 8201, "--workers", "2", "--no-access-log"),
                               work / "onnx.log", MODEL="models/emnist-byclass.onnx"),
        "keras": lambda: Server("FastAPI + Keras", 8202, uvicorn("keras", 8202), work / "keras.log"),
    }
    return [makers[name]() for name in only]


def bare_loops(drawings: Path, seconds: float) -> dict:
    """Wall-clock and CPU microseconds of each loop of BareLoopBenchmark."""
    classpath = ":".join(["target/test-classes", "target/classes", Path("target/benchmark.classpath").read_text().strip()])
    command = ["java", "-cp", classpath, "ink.neural.benchmark.BareLoopBenchmark", str(drawings), str(seconds)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def median_of_rounds(results: list[dict]) -> dict:
    """The median of each figure, and the sum of the failures."""
    medians = {key: statistics.median(r[key] for r in results) for key in results[0]}
    return {**medians, "failed": sum(r["failed"] for r in results)}


def table(head: str, rows: list[list]) -> None:
    columns = head.count("|") + 1
    print(f"\n| {head} |\n|{'---|' * columns}", *("| " + " | ".join(map(str, row)) + " |" for row in rows), sep="\n", flush=True)


def clients_table(all_servers: list[Server], folder: Path, seconds: float, rounds: int) -> dict:
    """Every server with every number of clients, in turn, and the ratios to the first server."""
    measured, rows = {}, []
    for clients in CLIENTS:
        results = [[s.load(clients, seconds, folder) for s in all_servers] for _ in range(rounds)]
        for server, of_server in zip(all_servers, zip(*results)):
            measured[server.name, clients] = r = median_of_rounds(of_server)
            first = measured[all_servers[0].name, clients]
            rows.append([clients, server.name, f"{r['rate']:.0f}", f"{r['p50']:.2f}", f"{r['p99']:.2f}", f"{r['p999']:.2f}",
                         f"{r['cpu']:.2f}", r["failed"], f"{first['rate'] / r['rate']:.1f}x", f"{r['p50'] / first['p50']:.1f}x"])
    table("clients | server | requests/s | p50 ms | p99 ms | p99.9 ms | CPU s per 1,000 | failed | ours: throughput | ours: p50", rows)
    return measured


def backgrounds_table(all_servers: list[Server], work: Path, seconds: float) -> None:
    rows = []
    for server in all_servers:
        results = [server.load(8, seconds, work / "drawings" / kind) for kind in DRAWINGS]
        rows.append([server.name, *(f"{r['rate']:.0f} ({r['cpu']:.2f})" for r in results)])
    table("8 clients: requests/s (CPU s per 1,000) | " + " | ".join(DRAWINGS), rows)


def batch_table(ours: Server, work: Path, seconds: float) -> None:
    """Batches of 256 drawings compared with single requests by as many clients."""
    urls = [json.loads(f.read_text())["image"] for f in sorted((work / "drawings/280-white").glob("*.json"))]
    (work / "batch.json").write_text(json.dumps({"images": (urls * 2)[:256]}))
    rows = []
    for clients in (1, 2, 8):
        single = ours.load(clients, seconds, work / "drawings/280-white")
        batch = ours.load(clients, seconds, work, "batch.json", "/batch")
        drawings = 256 * batch["rate"]
        rows.append([clients, f"{single['rate']:.0f}", f"{drawings:.0f}", f"{drawings / single['rate']:.2f}x", batch["failed"]])
    table("clients | drawings/s, single | drawings/s, batches of 256 | ratio | failed", rows)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("work", type=Path)
    ask.add_argument("unipen", type=Path)
    ask.add_argument("--seconds", type=float, default=8)
    ask.add_argument("--rounds", type=int, default=2)
    ask.add_argument("--only", default="ours,onnx,keras")
    ask.add_argument("--java", default="", help="Java options of our server")
    given = ask.parse_args()
    only = given.only.split(",")
    given.work.mkdir(parents=True, exist_ok=True)
    subprocess.run([HERE / "peers/setup.sh", given.work], check=True)
    drawings = given.work / "drawings"
    if not drawings.exists():
        subprocess.run([given.work / "onnx/bin/python", HERE / "drawings.py", given.unipen, drawings], check=True)
    global BODY
    BODY = (drawings / "280-white/000.json").read_bytes()

    if "ours" in only and not any(Path("target/neural-ink-server").glob("classes.*")):
        Server("ours", 8200, OURS, given.work / "ours.log").stop()      # the first run creates the CDS archive
    all_servers = []
    try:
        all_servers = servers(given.work, only, given.java)
        for server in all_servers:
            server.load(8, 4 * given.seconds, drawings / "280-white")
        measured = clients_table(all_servers, drawings / "280-white", given.seconds, given.rounds)
        backgrounds_table([s for s in all_servers if s.name != "FastAPI + Keras"], given.work, given.seconds)
        if "ours" in only:
            batch_table(all_servers[0], given.work, given.seconds)
        table("server | start to first answer, s | first answer, ms | median of 100 more, ms | not answered | resident, MiB",
              [[s.name, f"{s.start:.1f}", f"{s.first:.1f}", f"{s.median:.2f}", s.missed, f"{s.peak:.0f}"] for s in all_servers])
    finally:
        for server in all_servers:
            server.stop()
    if "ours" in only:
        loops = bare_loops(drawings / "280-white", given.seconds)
        over_http = {clients: measured["ours", clients]["cpu"] * 1000 / loops["pipeline"]["cpu"] for clients in CLIENTS}
        table("bare loop, one thread | µs | CPU µs", [[n, f"{v['wall']:.0f}", f"{v['cpu']:.0f}"] for n, v in loops.items()])
        print("\nCPU over HTTP compared with the bare loop: " + ", ".join(f"{r:.2f}x at {c}" for c, r in over_http.items()))
        for inflate in ("inflate", "inflate raw"):
            least = loops[inflate]["cpu"] + loops["network"]["cpu"]
            print(f"CPU of the bare loop compared with {inflate} and the network alone: {loops['pipeline']['cpu'] / least:.2f}x")


if __name__ == "__main__":
    main()
