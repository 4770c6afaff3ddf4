"""Who runs on a route: a command with its environment and its input, for our jar, the peer and the loaders."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import loaders
import servers

STORES = ["json", "redis", "postgres", "mongo", "opensearch"]
LIB = Path(__file__).resolve().parent


@dataclass
class Run:
    """One contestant: what it is called and how it is started."""

    name: str
    command: list
    environment: dict = field(default_factory=dict)
    stdin: str = ""
    must_say: str = ""
    """A text without which the run has failed, for programs whose exit code says nothing."""


@dataclass
class Measured:
    seconds: float
    cpu: float
    """User and system time of the process."""
    peak_rss: int
    """Bytes."""


def run(contestant, log):
    """Runs it once, start-up included."""
    environment = {k: v for k, v in os.environ.items() if not k.endswith("WORKSPACE")}
    environment.update(contestant.environment)
    with open(log, "w+", encoding="utf-8", errors="replace") as out:
        start = time.monotonic()
        process = subprocess.Popen(contestant.command, env=environment, cwd=log.parent, stdin=subprocess.PIPE,
                                   stdout=out, stderr=subprocess.STDOUT, text=True)
        process.stdin.write(contestant.stdin)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        out.seek(0)
        said = out.read()
    if os.waitstatus_to_exitcode(status) != 0 or contestant.must_say not in said:
        raise SystemExit(f"{contestant.name} failed:\n{said[-2000:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def ours(migrate, source, target, settings, directories, options):
    environment = {**settings[source], **settings[target], "WORKSPACE": servers.WORKSPACE}
    environment["SOURCE_WORKING_DIR"] = str(directories["source"])
    environment["TARGET_WORKING_DIR"] = str(directories["target"])
    return Run("ours", [str(migrate), "--from", source, "--to", target, "--yes", "--quiet", *options], environment)


def peer(python, source, target, settings, directories):
    """LightRAG's tool; of one kind of store to itself it cannot migrate."""
    environment = {**settings[source], **settings[target], "WORKSPACE": servers.WORKSPACE, "PYTHONUTF8": "1"}
    environment["WORKING_DIR"] = str(directories["source"] if source == "json" else directories["target"])
    others = [store for store in STORES if store != source]
    answers = f"{STORES.index(source) + 1}\n{others.index(target) + 1}\ny\n"
    return Run("peer", [python, "-m", "lightrag.tools.migrate_llm_cache"], environment, answers, "SUCCESS")


def loader(target, settings, rendered, directories):
    """The target's own bulk loader, where there is one."""
    if target == "json":
        copy = directories["target"] / servers.WORKSPACE
        copy.mkdir(parents=True, exist_ok=True)
        source = directories["source"] / servers.WORKSPACE / "kv_store_llm_response_cache.json"
        script = f"cp '{source}' '{copy}/' && sync '{copy}/kv_store_llm_response_cache.json'"
        return Run("copy of the file", ["sh", "-c", script])
    if target == "redis" and shutil.which("redis-cli"):
        uri = settings["redis"]["REDIS_URI"]
        return Run("redis-cli --pipe", ["sh", "-c", f"redis-cli -u '{uri}' --pipe < '{rendered}'"])
    if target == "postgres" and shutil.which("psql"):
        return Run("psql \\copy", ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c",
                                   f"\\copy lightrag_llm_cache from '{rendered}'"],
                   servers.psql_environment(settings["postgres"]))
    if target == "opensearch":
        host = settings["opensearch"]["OPENSEARCH_HOSTS"].split(",")[0]
        return Run("_bulk", [sys.executable, str(LIB / "loaders.py"), "bulk", host, loaders.NAMESPACE, str(rendered)])
    return None


def unloader(source, settings, directories):
    """The source's own bulk export, where there is one."""
    if source == "postgres" and shutil.which("psql"):
        return Run("psql \\copy out", ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c",
                                       f"\\copy lightrag_llm_cache to '{directories['scratch']}/copy-out'"],
                   servers.psql_environment(settings["postgres"]))
    return None
