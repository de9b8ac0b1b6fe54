"""Settings of a content repository: what a person wrote in ``pyproject.toml`` or ``flamecheck.toml``, path by path."""
