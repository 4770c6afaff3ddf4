"""LightRAG's own PGKVStorage, driven by PostgresLightRagIT.

usage: lightrag_store.py write < {key: record}     upserts the records
       lightrag_store.py read < [key, ...]         prints {key: record or null}
       lightrag_store.py open                      starts and stops, as LightRAG does

POSTGRES_* variables say where.
"""

import asyncio
import json
import sys

from lightrag.kg.postgres_impl import PGKVStorage
from lightrag.kg.shared_storage import initialize_share_data
from lightrag.namespace import NameSpace


async def main(command):
    initialize_share_data(1)
    storage = PGKVStorage(
        namespace=NameSpace.KV_STORE_LLM_RESPONSE_CACHE,
        workspace="",
        global_config={},
        embedding_func=None,
    )
    await storage.initialize()
    if command == "write":
        await storage.upsert(json.load(sys.stdin))
        await storage.index_done_callback()
    elif command == "read":
        keys = json.load(sys.stdin)
        records = await storage.get_by_ids(keys)
        singly = [await storage.get_by_id(key) for key in keys]
        assert records == singly, "get_by_ids and get_by_id differ"
        json.dump(dict(zip(keys, records)), sys.stdout)
    await storage.finalize()


asyncio.run(main(sys.argv[1]))
