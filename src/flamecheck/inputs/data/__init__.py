"""YAML and JSON files with texts in named fields: queues of posts, catalogues of messages."""

from flamecheck.inputs.data.read import read_json, read_jsonl, read_yaml

__all__ = ["read_json", "read_jsonl", "read_yaml"]
