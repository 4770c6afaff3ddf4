"""All that a store holds in the workspaces with a prefix, by the store's own means and not by LightRAG's.

Each function gives {place: content}, both text; a place of a record begins with its container (file,
table, collection, index) and ends with its key.
"""

import json
import os
from pathlib import Path

import asyncpg
from bson import json_util
from opensearchpy import AsyncOpenSearch
from pymongo import AsyncMongoClient
from redis.asyncio import Redis


async def of_files(prefix):
    """Caches value by value, for a migration writes their file anew; all others byte by byte."""
    places = {}
    root = Path(os.environ["WORKING_DIR"])
    for path in sorted(root.glob(f"{prefix}*/**/*")):
        name = str(path.relative_to(root))
        if path.name == "kv_store_llm_response_cache.json":
            for key, value in json.loads(path.read_text("utf-8")).items():
                places[f"{name} {key}"] = json.dumps(value)
        elif path.is_file():
            places[name] = path.read_bytes().hex()
    return places


async def of_redis(prefix):
    places = {}
    async with Redis.from_url(os.environ["REDIS_URI"]) as redis:
        async for key in redis.scan_iter(match=f"{prefix}*"):
            content = await redis.dump(key)
            places[key.decode()] = f"{content.hex()} {await redis.pttl(key)}"
    return places


async def of_postgres(prefix):
    """xmin and ctid tell that a row was written, even with what it had."""
    places = {}
    connection = await asyncpg.connect(
        host=os.environ["POSTGRES_HOST"],
        port=int(os.environ["POSTGRES_PORT"]),
        user=os.environ["POSTGRES_USER"],
        password=os.environ["POSTGRES_PASSWORD"],
        database=os.environ["POSTGRES_DATABASE"],
    )
    try:
        for table, columns in await connection.fetch(
            "SELECT table_name, string_agg(c::text, ' ' ORDER BY ordinal_position)"
            " FROM information_schema.columns c WHERE table_schema = current_schema()"
            " AND EXISTS (SELECT FROM information_schema.columns w WHERE w.column_name = 'workspace'"
            " AND w.table_schema = c.table_schema AND w.table_name = c.table_name)"
            " AND EXISTS (SELECT FROM information_schema.columns i WHERE i.column_name = 'id'"
            " AND i.table_schema = c.table_schema AND i.table_name = c.table_name)"
            " GROUP BY table_name"
        ):
            places[f"{table} columns"] = columns
            for row in await connection.fetch(
                f"SELECT workspace, id, concat(xmin, ctid, t::text) FROM {table} t"
                " WHERE starts_with(workspace, $1)",
                prefix,
            ):
                places[f"{table} {row[0]} {row[1]}"] = row[2]
        for row in await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        ):
            places[f"index {row[0]}"] = row[1]
    finally:
        await connection.close()
    return places


async def of_mongo(prefix):
    places = {}
    async with AsyncMongoClient(os.environ["MONGO_URI"]) as client:
        database = client[os.environ["MONGO_DATABASE"]]
        for name in await database.list_collection_names():
            if name.startswith(prefix):
                indexes = await database[name].index_information()
                places[f"{name} indexes"] = json_util.dumps(indexes)
                async for document in database[name].find():
                    places[f"{name} {document['_id']}"] = json_util.dumps(
                        document, json_options=json_util.CANONICAL_JSON_OPTIONS
                    )
    return places


async def of_opensearch(prefix):
    """_version and _seq_no tell that a document was written, even with what it had."""
    places = {}
    async with AsyncOpenSearch(os.environ["OPENSEARCH_HOSTS"]) as client:
        await client.indices.refresh(index=f"{prefix}*")
        for name, index in (await client.indices.get(index=f"{prefix}*")).items():
            places[f"{name} index"] = json.dumps(index)
            found = await client.search(
                index=name,
                body={"size": 1000, "version": True, "seq_no_primary_term": True},
            )
            assert found["hits"]["total"]["value"] < 1000
            for hit in found["hits"]["hits"]:
                places[f"{name} {hit['_id']}"] = json.dumps(
                    [hit["_source"], hit["_version"], hit["_seq_no"]]
                )
    return places


TAKE = {
    "json": of_files,
    "redis": of_redis,
    "postgres": of_postgres,
    "mongo": of_mongo,
    "opensearch": of_opensearch,
}
