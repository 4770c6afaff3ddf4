"""LightRAG's own JsonKVStorage on a directory: prints what it holds, or writes records given on stdin.

Usage: lightrag_json.py dump|write WORKING_DIR WORKSPACE
"""

import asyncio
import json
import sys

from lightrag.kg.json_kv_impl import JsonKVStorage
from lightrag.kg.shared_storage import initialize_share_data


async def main(action, working_dir, workspace):
    initialize_share_data(workers=1)
    storage = JsonKVStorage(
        namespace="llm_response_cache",
        workspace=workspace,
        global_config={"working_dir": working_dir},
        embedding_func=None,
    )
    await storage.initialize()
    if action == "write":
        await storage.upsert(json.load(sys.stdin))
        await storage.index_done_callback()
    keys = list(storage._data)
    records = await storage.get_by_ids(keys)
    json.dump(dict(zip(keys, records)), sys.stdout)


asyncio.run(main(*sys.argv[1:]))
