"""The data: a LightRAG cache as JSON file, the same bytes for the same arguments."""

import hashlib
import json
import random
from pathlib import Path

WORDS = {
    "en": "entity relation the of graph knowledge between describes company founded research method".split(),
    "de": "Größe Übersicht Straße für über müssen Entität Beziehung gehört zwischen Forschung".split(),
    "zh": "实体 关系 知识 图谱 描述 公司 研究 方法 之间 重要 系统 数据".split(),
    "el": "οντότητα σχέση γνώση μεταξύ έρευνα εταιρεία σύστημα".split(),
    "markup": ["<|#|>", "\n", '"quoted"', "\t", "{tuple_delimiter}", "- item:"],
}
LANGUAGES = ["en"] * 6 + ["de", "zh", "zh", "el"]


def paragraphs(rng):
    pool = []
    for _ in range(400):
        words = WORDS[rng.choice(LANGUAGES)]
        text = []
        for _ in range(rng.randint(20, 60)):
            text.append(rng.choice(WORDS["markup"] if rng.random() < 0.08 else words))
        pool.append(" ".join(text))
    return pool


def text(rng, pool, size):
    parts, length = [], 0
    while length < size:
        part = rng.choice(pool)
        parts.append(part)
        length += len(part.encode())
    return "\n".join(parts)


def records(count, small):
    """(key, fields) of each record: about 15 KB, or 0.5 KB when small."""
    rng = random.Random(20261125)
    pool = paragraphs(rng)
    for number in range(count):
        cache_type = "summary" if number % 5 == 0 else "extract"
        key = f"default:{cache_type}:{hashlib.md5(str(number).encode()).hexdigest()}"
        prompt, answer = (150, 120) if small else (10_500 + rng.randint(0, 3000), rng.randint(1000, 4000))
        if small:
            body = {"return": rng.choice(pool)[:answer], "prompt": rng.choice(pool)[:prompt]}
        else:
            body = {"return": text(rng, pool, answer), "prompt": text(rng, pool, prompt)}
        yield key, {
            "return": body["return"],
            "cache_type": cache_type,
            "chunk_id": f"chunk-{hashlib.md5(str(number // 3).encode()).hexdigest()}",
            "original_prompt": body["prompt"],
            "queryparam": None,
            "create_time": 1_700_000_000 + number,
            "update_time": 1_700_000_100 + number,
        }


def json_file(directory, count, small):
    """LightRAG's file, as LightRAG writes it; made once."""
    path = Path(directory) / "kv_store_llm_response_cache.json"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with open(part, "w", encoding="utf-8", newline="\n") as file:
        separator = "{\n  "
        for key, fields in records(count, small):
            entry = json.dumps({**fields, "_id": key}, ensure_ascii=False, indent=2)
            file.write(f'{separator}"{key}": ' + entry.replace("\n", "\n  "))
            separator = ",\n  "
        file.write("\n}")
    part.rename(path)
    return path
