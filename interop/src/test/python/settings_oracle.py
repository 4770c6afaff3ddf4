"""What LightRAG's own loaders make of settings files and an environment.

    settings_oracle.py CASES RESULTS

CASES is a JSON array of {"directory", "environment", "stores", "programs",
"connect"}; the directory holds .env and config.ini. RESULTS is one array of the same length: for each store {setting: value} or
{"error": text}.

Each case has a process of its own, in which LightRAG is imported anew: it reads its files at
import. The processes are forks of one that has the libraries loaded, but nothing of LightRAG.
Nothing connects: the settings are taken from the drivers, where they arrive. With "connect",
PostgreSQL's storage is initialized, which settles its workspace. With "programs", "workspaces" has
what a program that uses the library and the API server pass to the storages.
"""

import asyncio
import contextlib
import importlib
import json
import os
import ssl
import sys
import traceback

CACHE = "llm_response_cache"


def load_libraries():
    for module in ("redis", "postgres", "mongo", "opensearch", "json_kv"):
        importlib.import_module(f"lightrag.kg.{module}_impl")
    importlib.import_module("lightrag.api.config")
    for name in list(sys.modules):
        if name.split(".")[0] == "lightrag":
            del sys.modules[name]


def storage(module, name, workspace):
    return getattr(importlib.import_module(f"lightrag.kg.{module}_impl"), name)(
        namespace=CACHE,
        workspace=workspace,
        global_config={
            "working_dir": os.environ.get("WORKING_DIR", "./rag_storage"),
            "embedding_batch_num": 10,
        },
        embedding_func=None,
    )


def workspace_of(name):
    assert name.endswith(CACHE), name
    return name[: -len(CACHE)].removesuffix("_")


async def json_values(workspace, connect):
    from lightrag.utils import get_env_value

    kv = storage("json_kv", "JsonKVStorage", workspace)
    # as the server's own lightrag.api.config reads it
    port = get_env_value("PORT", 9621, int)
    return {"WORKING_DIR": kv._file_name, "workspace": kv.workspace, "PORT": port}


async def redis_values(workspace, connect):
    kv = storage("redis", "RedisKVStorage", workspace)
    module = sys.modules["lightrag.kg.redis_impl"]
    arguments = kv._pool.connection_kwargs
    return {
        "REDIS_URI host": arguments.get("host", "localhost"),
        "REDIS_URI port": arguments.get("port", 6379),
        "REDIS_URI database": arguments.get("db", 0),
        "REDIS_URI user": arguments.get("username") or "",
        "REDIS_URI password": arguments.get("password") or "",
        "REDIS_URI tls": kv._pool.connection_class.__name__ == "SSLConnection",
        "REDIS_MAX_CONNECTIONS": kv._pool.max_connections,
        "REDIS_SOCKET_TIMEOUT": float(arguments["socket_timeout"]),
        "REDIS_CONNECT_TIMEOUT": float(arguments["socket_connect_timeout"]),
        "REDIS_RETRY_ATTEMPTS": module.RETRY_ATTEMPTS,
        "REDIS_ALLOW_EVICTION_POLICY": await allows_eviction(module),
        "workspace": workspace_of(kv.final_namespace),
    }


async def allows_eviction(module):
    class EvictingServer:
        async def config_get(self, pattern):
            return {"maxmemory": "100", "maxmemory-policy": "allkeys-lru"}

    try:
        await module._ensure_no_eviction_policy(EvictingServer(), "", "")
        return True
    except RuntimeError:
        return False


class Arrived(Exception):
    """The driver was about to connect."""


async def postgres_values(workspace, connect):
    module = importlib.import_module("lightrag.kg.postgres_impl")
    if connect:
        kv = storage("postgres", "PGKVStorage", workspace)
        importlib.import_module("lightrag.kg.shared_storage").initialize_share_data(workers=1)
        await kv.initialize()
        await kv.finalize()
        return {"workspace": kv.workspace}

    import asyncpg

    arrived = {}
    create_pool = asyncpg.create_pool

    def sees_pool(**arguments):
        arrived["max_size"] = arguments["max_size"]
        # which checks it, and then makes room for so many
        return create_pool(**arguments | {"max_size": min(arguments["max_size"], 10)})

    async def connects(*, addr, params, **_):
        arrived.update(addr=addr, params=params)
        raise Arrived()

    asyncpg.create_pool = sees_pool
    asyncpg.connect_utils._connect_addr = connects
    storage("postgres", "PGKVStorage", workspace)
    with contextlib.suppress(Arrived):
        await module.ClientManager.get_client()
    parameters = arrived["params"]
    address = arrived["addr"]
    host, port = (address, 0) if isinstance(address, str) else address
    config = module.ClientManager.get_config()
    return {
        "POSTGRES_HOST": host,
        "POSTGRES_PORT": port,
        "POSTGRES_USER": parameters.user,
        "POSTGRES_PASSWORD": parameters.password,
        "POSTGRES_DATABASE": parameters.database,
        "POSTGRES_MAX_CONNECTIONS": arrived["max_size"],
        "POSTGRES_SSL_MODE": checks(parameters.ssl),
        "POSTGRES_SSL_CERT": config["ssl_cert"] or "",
        "POSTGRES_SSL_KEY": config["ssl_key"] or "",
        "POSTGRES_SSL_ROOT_CERT": config["ssl_root_cert"] or "",
        "POSTGRES_SSL_CRL": config["ssl_crl"] or "",
        "POSTGRES_SERVER_SETTINGS": json.dumps(
            dict(parameters.server_settings or {}), sort_keys=True
        ),
        "POSTGRES_CONNECTION_RETRIES": config["connection_retry_attempts"],
        "POSTGRES_CONNECTION_RETRY_BACKOFF": config["connection_retry_backoff"],
        "POSTGRES_CONNECTION_RETRY_BACKOFF_MAX": max(
            config["connection_retry_backoff"], config["connection_retry_backoff_max"]
        ),
        # as PGKVStorage.initialize orders them, which the cases that connect show
        "workspace": config["workspace"] or workspace or "default",
    }


def checks(context):
    """What a TLS context of asyncpg's is good for."""
    if not context:
        return "OFF"
    if context.verify_mode == ssl.CERT_NONE:
        return "OPPORTUNISTIC"
    return "VERIFY_FULL" if context.check_hostname else "VERIFY_CA"


async def mongo_values(workspace, connect):
    kv = storage("mongo", "MongoKVStorage", workspace)
    module = sys.modules["lightrag.kg.mongo_impl"]
    database = await module.ClientManager.get_client()
    database.get_collection(kv.final_namespace)  # the driver has rules for names
    options = database.client.options
    credentials = options.pool_options._credentials
    return {
        "MONGO_URI hosts": ",".join(
            sorted(f"{host}:{port}" for host, port in database.client._topology_settings.seeds)
        ),
        "MONGO_URI user": credentials.username if credentials else "",
        "MONGO_URI password": credentials.password if credentials else "",
        "MONGO_URI source": credentials.source if credentials else "",
        "MONGO_URI tls": options.pool_options._ssl_context is not None,
        "MONGO_URI replica set": options.replica_set_name or "",
        "MONGO_DATABASE": database.name,
        "workspace": workspace_of(kv.final_namespace),
    }


async def opensearch_values(workspace, connect):
    import opensearchpy

    async def refuses(*_, **__):
        raise Arrived()

    kv = storage("opensearch", "OpenSearchKVStorage", workspace)
    module = sys.modules["lightrag.kg.opensearch_impl"]
    opensearchpy.AsyncTransport.perform_request = refuses
    transport = (await module.ClientManager.get_client()).transport
    await transport._async_init()
    nodes = transport.connection_pool.connections
    user, _, password = (nodes[0]._http_auth or "").partition(":")
    contexts = [node._ssl_context for node in nodes if node._ssl_context]
    return {
        "OPENSEARCH_HOSTS": ",".join(sorted({node.host + node.url_prefix for node in nodes})),
        "OPENSEARCH_USER": user,
        "OPENSEARCH_PASSWORD": password,
        "OPENSEARCH_USE_SSL": bool(contexts),
        "OPENSEARCH_VERIFY_CERTS": ssl.CERT_REQUIRED in [one.verify_mode for one in contexts],
        "OPENSEARCH_TIMEOUT": nodes[0].timeout,
        "OPENSEARCH_MAX_RETRIES": transport.max_retries,
        "OPENSEARCH_NUMBER_OF_SHARDS": module._get_index_number_of_shards(),
        "OPENSEARCH_NUMBER_OF_REPLICAS": module._get_index_number_of_replicas(),
        "index": kv._index_name,
        "workspace": kv.workspace,
    }


STORES = {
    "json": json_values,
    "redis": redis_values,
    "postgres": postgres_values,
    "mongo": mongo_values,
    "opensearch": opensearch_values,
}


def library_workspace():
    """The default of LightRAG's own field: what a program that uses the library has."""
    from lightrag import LightRAG

    return LightRAG.__dataclass_fields__["workspace"].default_factory()


def server_workspace():
    from lightrag.api.config import parse_args

    sys.argv = ["lightrag-server"]
    return parse_args().workspace


def attempt(function, *arguments):
    try:
        value = function(*arguments)
        return asyncio.run(value) if asyncio.iscoroutine(value) else value
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        return {"error": f"{type(error).__name__}: {error}"}


def attempt_text(function):
    answer = attempt(function)
    return answer if isinstance(answer, str) else answer["error"]


def as_text(value):
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    return str(value).lower() if isinstance(value, bool) else str(value)


def loaded_workspace():
    """As the library's field has it, without the time that LightRAG takes to import."""
    importlib.import_module("lightrag.base")
    return os.environ.get("WORKSPACE", "")


async def values_of(store, case):
    workspace = library_workspace() if case["programs"] else loaded_workspace()
    return await STORES[store](workspace, case["connect"])


def answer(case):
    os.chdir(case["directory"])
    os.environ.clear()
    os.environ.update(case["environment"])
    results = {store: attempt(values_of, store, case) for store in case["stores"]}
    if case["programs"]:
        results["workspaces"] = {
            "library": attempt_text(library_workspace),
            "server": attempt_text(server_workspace),
        }
    return as_text(results)


def begin(case):
    """A child at work on the case, and what to read its answer from."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            with os.fdopen(writer, "w") as out:
                json.dump(answer(case), out)
            sys.stderr.flush()
        finally:
            os._exit(0)
    os.close(writer)
    return child, reader


def end(child, reader):
    with os.fdopen(reader) as answer_of_child:
        text = answer_of_child.read()
    os.waitpid(child, 0)
    return json.loads(text)


def main():
    with open(sys.argv[1], encoding="utf-8") as cases:
        cases = json.load(cases)
    load_libraries()
    results = []
    for two in (cases[i : i + 2] for i in range(0, len(cases), 2)):
        children = [begin(case) for case in two]
        results += [end(*child) for child in children]
    with open(sys.argv[2], "w") as out:
        json.dump(results, out)


main()
