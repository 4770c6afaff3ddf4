"""The servers' own bulk loaders on bytes that were rendered beforehand: the bound that a migration is measured by.

    loaders.py bulk HOST INDEX FILE      one stream of _bulk requests by a plain HTTP client
"""

import datetime
import http.client
import json
import struct
import sys

import data
import servers

BULK_BYTES = 8 << 20
NAMESPACE = f"{servers.WORKSPACE}_llm_response_cache"


def render(store, path, count, small):
    """Writes what the loader of a store is fed with; made once."""
    if path.exists():
        return path
    part = path.with_suffix(".part")
    with open(part, "wb") as file:
        for key, fields in data.records(count, small):
            file.write(RENDER[store](key, fields))
    part.rename(path)
    return path


def redis(key, fields):
    name = f"{NAMESPACE}:{key}".encode()
    value = json.dumps({**fields, "_id": key}, ensure_ascii=False).encode()
    return b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n" % (len(name), name, len(value), value)


def postgres(key, fields):
    def escaped(value):
        if value is None:
            return "\\N"
        return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")

    row = [servers.WORKSPACE, key, fields["original_prompt"], fields["return"], fields["chunk_id"],
           fields["cache_type"], None]
    stamps = [datetime.datetime.fromtimestamp(fields[n], datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
              for n in ("create_time", "update_time")]
    return ("\t".join([escaped(value) for value in row] + stamps) + "\n").encode()


def opensearch(key, fields):
    head = json.dumps({"index": {"_id": key}})
    body = json.dumps({**fields, "__mirrored_id": key}, ensure_ascii=False)
    request = f"{head}\n{body}\n".encode()
    return struct.pack(">I", len(request)) + request


RENDER = {"redis": redis, "postgres": postgres, "opensearch": opensearch}


def bulk(host, index, path):
    connection = http.client.HTTPConnection(host)

    def send(method, target, body, kind="application/json"):
        connection.request(method, target, body, {"Content-Type": kind})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 400 or b'"errors":true' in text[:200]:
            raise SystemExit(f"{answer.status} {text[:300]!r}")

    mapping = {"mappings": {"dynamic": True, "properties": {"__mirrored_id": {"type": "keyword"}}},
               "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 0}}}
    send("PUT", f"/{index}", json.dumps(mapping))
    batch, size = [], 0
    with open(path, "rb") as file:
        while head := file.read(4):
            request = file.read(struct.unpack(">I", head)[0])
            batch.append(request)
            size += len(request)
            if size >= BULK_BYTES:
                send("POST", f"/{index}/_bulk", b"".join(batch), "application/x-ndjson")
                batch, size = [], 0
    if batch:
        send("POST", f"/{index}/_bulk", b"".join(batch), "application/x-ndjson")
    send("POST", f"/{index}/_refresh", None)


if __name__ == "__main__":
    bulk(*sys.argv[2:])
