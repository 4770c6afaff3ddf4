"""A fake tokenizer, one token a byte: LightRAG's server would download the real one at its start."""

import tiktoken_ext.openai_public as encodings


def _bytes_only():
    return {
        "name": "bytes_only",
        "pat_str": r"[\s\S]",
        "mergeable_ranks": {bytes([byte]): byte for byte in range(256)},
        "special_tokens": {},
    }


for _name in encodings.ENCODING_CONSTRUCTORS:
    encodings.ENCODING_CONSTRUCTORS[_name] = _bytes_only
