"""The servers: those that variables name, else ones started from packages by test-servers."""

import http.client
import json
import os
import socket
import subprocess
import urllib.parse
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
MAIN = "io.github.lightragmigrate.testservers.ServersMain"
WORKSPACE = "bench"
KEYS = {"redis": "REDIS_URI", "postgres": "POSTGRES_HOST", "mongo": "MONGO_URI", "opensearch": "OPENSEARCH_HOSTS"}


class Servers:
    """Settings by store; close() stops what was started."""

    def __init__(self, stores, target):
        self.settings = {"json": {}}
        self.described = {"json": "file"}
        self.process = None
        missing = []
        for store in stores:
            prefix = KEYS.get(store, "").split("_")[0]
            named = {k: v for k, v in os.environ.items() if prefix and k.startswith(prefix + "_")}
            if KEYS.get(store) in named:
                self.settings[store], self.described[store] = named, "named by " + KEYS[store]
            elif store != "json":
                missing.append(store)
        if missing:
            self.start(sorted(set(missing)), target)

    def start(self, stores, target):
        classpath = target / "servers.classpath"
        subprocess.run(
            ["mvn", "-q", "-B", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true", "-pl", "test-servers", "-am",
             "package", "dependency:build-classpath", f"-Dmdep.outputFile={classpath}", "-Dmdep.includeScope=runtime"],
            cwd=HOME, check=True, stdout=subprocess.DEVNULL)
        jars = classpath.read_text().strip() + ":" + str(HOME / "test-servers/target/classes")
        self.process = subprocess.Popen(
            ["java", "-Xmx64m", "-cp", jars, MAIN, *stores],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            fields = line.rstrip("\n").split("\t")
            if fields == ["ready"]:
                return
            if len(fields) == 2:
                self.described[fields[0]] = fields[1]
            elif len(fields) == 3:
                self.settings.setdefault(fields[0], {})[fields[1]] = fields[2]
        raise SystemExit("the servers did not start")

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait(60)


def empty(store, settings, python):
    """Takes the cache of the benchmark's workspace, and nothing else, out of a store."""
    if store == "redis":
        resp(settings["REDIS_URI"], "FLUSHDB")
    elif store == "postgres":
        psql(settings, f"DROP TABLE IF EXISTS lightrag_llm_cache; {POSTGRES_TABLE}")
    elif store == "opensearch":
        opensearch(settings, "DELETE", f"/{WORKSPACE}_llm_response_cache")
    elif store == "mongo":
        code = f"import pymongo,os; pymongo.MongoClient(os.environ['MONGO_URI'])[os.environ.get('MONGO_DATABASE','LightRAG')].drop_collection('{WORKSPACE}_llm_response_cache')"
        subprocess.run([python, "-c", code], env={**os.environ, **settings}, check=True)


POSTGRES_TABLE = """CREATE TABLE lightrag_llm_cache (workspace varchar(255) NOT NULL, id varchar(255) NOT NULL,
 original_prompt TEXT, return_value TEXT, chunk_id VARCHAR(255) NULL, cache_type VARCHAR(32), queryparam JSONB NULL,
 create_time TIMESTAMP DEFAULT CURRENT_TIMESTAMP, update_time TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
 CONSTRAINT LIGHTRAG_LLM_CACHE_PK PRIMARY KEY (workspace, id))"""


def resp(uri, command):
    at = urllib.parse.urlsplit(uri)
    with socket.create_connection((at.hostname, at.port or 6379)) as connection:
        connection.sendall(f"{command}\r\n".encode())
        answer = connection.recv(100)
        if not answer.startswith(b"+"):
            raise SystemExit(f"Redis: {answer!r}")


def psql_environment(settings):
    return {**os.environ, "PGHOST": settings["POSTGRES_HOST"], "PGPORT": settings["POSTGRES_PORT"],
            "PGUSER": settings["POSTGRES_USER"], "PGPASSWORD": settings["POSTGRES_PASSWORD"],
            "PGDATABASE": settings.get("POSTGRES_DATABASE", "postgres")}


def psql(settings, sql):
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql], env=psql_environment(settings), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def opensearch(settings, method, path, body=None):
    host = settings["OPENSEARCH_HOSTS"].split(",")[0]
    connection = http.client.HTTPConnection(host)
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status >= 400 and answer.status != 404:
        raise SystemExit(f"OpenSearch: {answer.status} {text[:200]!r}")
    return json.loads(text or "{}")
