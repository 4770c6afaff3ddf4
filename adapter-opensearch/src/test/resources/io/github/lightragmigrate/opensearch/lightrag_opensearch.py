"""Asks LightRAG's OpenSearchKVStorage to write records, or to read and count them.

usage: lightrag_opensearch.py write|read INPUT.json OUTPUT.json
"""

import asyncio
import json
import sys

from lightrag.kg.opensearch_impl import OpenSearchKVStorage
from lightrag.kg.shared_storage import initialize_share_data
from lightrag.tools.migrate_llm_cache import MigrationTool


async def run(action, data):
    initialize_share_data(workers=1)
    storage = OpenSearchKVStorage("llm_response_cache", {"working_dir": "."}, None, "")
    await storage.initialize()
    try:
        if action == "write":
            await storage.upsert(data)
            await storage.index_done_callback()
            return {}
        found = await storage.get_by_ids(data)
        count = await MigrationTool().count_default_caches_opensearch(storage)
        return {
            "count": count,
            "records": {key: record for key, record in zip(data, found) if record},
        }
    finally:
        await storage.finalize()


with open(sys.argv[2], encoding="utf-8") as source:
    result = asyncio.run(run(sys.argv[1], json.load(source)))
with open(sys.argv[3], "w", encoding="utf-8") as target:
    json.dump(result, target)
