"""LightRAG's own MongoKVStorage, for the test: reads or writes the cache that MONGO_URI,
MONGO_DATABASE and MONGODB_WORKSPACE name.

    lightrag_mongo.py read KEYS.json OUT.json     OUT: {key: record or null}
    lightrag_mongo.py write RECORDS.json          RECORDS: {key: record}
    lightrag_mongo.py tool OUT.json               OUT: {key: record} as LightRAG's migration tool reads
"""

import asyncio
import json
import os
import sys

from lightrag.kg.mongo_impl import MongoKVStorage
from lightrag.kg.shared_storage import initialize_share_data
from lightrag.tools.migrate_llm_cache import MigrationTool


async def main(action, *files):
    initialize_share_data()
    storage = MongoKVStorage(
        namespace="llm_response_cache",
        workspace=os.environ.get("WORKSPACE", ""),
        global_config={"working_dir": ".", "embedding_batch_num": 10},
        embedding_func=None,
    )
    await storage.initialize()
    try:
        if action == "read":
            with open(files[0], encoding="utf-8") as file:
                keys = json.load(file)
            result = dict(zip(keys, await storage.get_by_ids(keys)))
            for key in keys:
                assert await storage.get_by_id(key) == result[key]
        elif action == "tool":
            tool = MigrationTool()
            result = await tool.get_default_caches_mongo(storage)
            assert await tool.count_default_caches_mongo(storage) == len(result)
        else:
            with open(files[0], encoding="utf-8") as file:
                await storage.upsert(json.load(file))
            return
    finally:
        await storage.finalize()
    with open(files[-1], "w", encoding="utf-8") as file:
        json.dump(result, file)


asyncio.run(main(*sys.argv[1:]))
