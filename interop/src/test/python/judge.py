"""LightRAG's own storage classes and its migration tool, as a judge of what this project wrote.

A request on standard input is a line with its length in bytes, then JSON:
{"action", "store", "settings": {variable: value}, ...}. An answer is one line on standard output:
{"result": ...} or {"error": traceback}, in ASCII.
Each request has LightRAG's state for itself, as a process of its own would.
"""

import asyncio
import contextlib
import importlib
import json
import logging
import os
import sys
import traceback

from lightrag.kg import STORAGES
from lightrag.kg.shared_storage import finalize_share_data, initialize_share_data
from lightrag.operate import _get_cached_extraction_results
from lightrag.tools.clean_llm_query_cache import CleanupTool
from lightrag.tools.migrate_llm_cache import MigrationTool
from lightrag.utils import handle_cache, logger

import snapshots

CLASSES = {
    "json": "JsonKVStorage",
    "redis": "RedisKVStorage",
    "postgres": "PGKVStorage",
    "mongo": "MongoKVStorage",
    "opensearch": "OpenSearchKVStorage",
}
CACHE = "llm_response_cache"
CHUNKS = "text_chunks"
DOC_STATUS = "doc_status"


def storage(store, namespace):
    name = CLASSES[store]
    if namespace == DOC_STATUS:
        name = name.replace("KVStorage", "DocStatusStorage")
    module = importlib.import_module(STORAGES[name], package="lightrag")
    return getattr(module, name)(
        namespace=namespace,
        workspace=os.environ.get("WORKSPACE", ""),
        global_config={
            "working_dir": os.environ.get("WORKING_DIR", "./rag_storage"),
            "embedding_batch_num": 10,
            "enable_llm_cache": True,
            "enable_llm_cache_for_entity_extract": True,
        },
        embedding_func=None,
    )


async def opened(request):
    """Starts and stops, as LightRAG does."""
    async with cache(request):
        return None


async def records(kv, keys):
    """{key: record or null}; both ways of LightRAG to read must agree."""
    found = await kv.get_by_ids(keys)
    singly = [await kv.get_by_id(key) for key in keys]
    assert found == singly, "get_by_ids and get_by_id differ"
    for key, record in zip(keys, found):
        assert record is None or record.get("_id", key) == key, f"_id of {key}"
    return dict(zip(keys, found))


async def hits(kv, keys):
    answers = {}
    for key in keys:
        mode, cache_type, args_hash = key.split(":", 2)
        found = await handle_cache(kv, args_hash, "", mode, cache_type)
        answers[key] = None if found is None else list(found)
    return answers


async def read(request):
    """keys -> {key: record or null}"""
    async with cache(request) as kv:
        return await records(kv, request["keys"])


async def review(request):
    """keys -> all that LightRAG says of its cache"""
    async with cache(request) as kv:
        return {
            "records": await records(kv, request["keys"]),
            "hits": await hits(kv, request["keys"]),
            "empty": await kv.is_empty(),
            "count": await MigrationTool().count_default_caches(
                kv, CLASSES[request["store"]]
            ),
        }


async def write(request):
    """records: {key: record}"""
    async with cache(request) as kv:
        await kv.upsert(request["records"])
        await kv.index_done_callback()


async def edit(request):
    """records to upsert, keys to delete"""
    async with cache(request) as kv:
        await kv.upsert(request["records"])
        await kv.delete(request["keys"])
        await kv.index_done_callback()


async def delete(request):
    async with cache(request) as kv:
        await kv.delete(request["keys"])
        await kv.index_done_callback()


async def is_empty(request):
    async with cache(request) as kv:
        return await kv.is_empty()


async def hit(request):
    """keys -> {key: what LightRAG would take for the answer instead of asking the LLM}"""
    async with cache(request) as kv:
        return await hits(kv, request["keys"])


async def rebuild(request):
    """keys of text chunks -> [[chunk, [[result, time], ...]], ...] as LightRAG rebuilds its graph"""
    chunks = storage(request["store"], CHUNKS)
    await chunks.initialize()
    try:
        async with cache(request) as kv:
            results, _ = await _get_cached_extraction_results(
                kv, set(request["keys"]), chunks
            )
            return list(results.items())
    finally:
        await chunks.finalize()


async def queries(request):
    """What LightRAG's cleaning tool counts: {mode: {type: count}}."""
    async with cache(request) as kv:
        return await CleanupTool().count_query_caches(kv, CLASSES[request["store"]])


async def snapshot(request):
    """prefix -> {place: content} of all that is in workspaces with that prefix, by the store's own means"""
    return await snapshots.TAKE[request["store"]](request["prefix"])


async def count(request):
    """What LightRAG's migration tool counts."""
    async with cache(request) as kv:
        return await MigrationTool().count_default_caches(kv, CLASSES[request["store"]])


async def start(request):
    """Starts and stops: what LightRAG logged meanwhile, level and message"""
    lines = []
    handler = logging.Handler()
    handler.emit = lambda entry: lines.append(f"{entry.levelname} {entry.getMessage()}")
    logger.addHandler(handler)
    try:
        async with cache(request):
            return lines
    finally:
        logger.removeHandler(handler)


ACTIONS = {
    "open": opened,
    "read": read,
    "review": review,
    "write": write,
    "edit": edit,
    "delete": delete,
    "is_empty": is_empty,
    "hit": hit,
    "count": count,
    "start": start,
    "rebuild": rebuild,
    "queries": queries,
    "snapshot": snapshot,
}


@contextlib.asynccontextmanager
async def cache(request):
    kv = storage(request["store"], request.get("namespace", CACHE))
    await kv.initialize()
    try:
        yield kv
    finally:
        await kv.finalize()


def answer(loop, request):
    before = dict(os.environ)
    for name in [name for name in os.environ if name.endswith("WORKSPACE")]:
        del os.environ[name]
    os.environ.update(request.get("settings", {}))
    initialize_share_data(workers=1)
    try:
        return {"result": loop.run_until_complete(ACTIONS[request["action"]](request))}
    except Exception:
        return {"error": traceback.format_exc()}
    finally:
        finalize_share_data()
        os.environ.clear()
        os.environ.update(before)


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr
    requests = sys.stdin.buffer
    # one loop for all: a client that a failed request left behind belongs to its loop
    loop = asyncio.new_event_loop()
    while length := requests.readline():
        json.dump(answer(loop, json.loads(requests.read(int(length)))), answers)
        answers.write("\n")
        answers.flush()


main()
