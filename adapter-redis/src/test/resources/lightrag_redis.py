"""LightRAG's own Redis storage as a judge: lightrag_redis.py ACTION WORKSPACE OUTPUT < INPUT

read: INPUT is a list of keys, OUTPUT the list of records. write: INPUT is {key: record}.
count: OUTPUT is what LightRAG's migration tool counts. open: only what LightRAG does at start-up.
"""

import asyncio
import json
import sys

from lightrag.kg.redis_impl import RedisKVStorage
from lightrag.kg.shared_storage import initialize_share_data
from lightrag.tools.migrate_llm_cache import MigrationTool


async def main(action, workspace, output):
    initialize_share_data()
    storage = RedisKVStorage(
        namespace="llm_response_cache",
        workspace=workspace,
        global_config={},
        embedding_func=None,
    )
    await storage.initialize()
    given = json.load(sys.stdin)
    result = None
    if action == "read":
        result = await storage.get_by_ids(given)
    elif action == "write":
        await storage.upsert(given)
    elif action == "count":
        result = await MigrationTool().count_default_caches_redis(storage)
    await storage.finalize()
    with open(output, "w", encoding="utf-8") as file:
        json.dump(result, file)


asyncio.run(main(*sys.argv[1:]))
