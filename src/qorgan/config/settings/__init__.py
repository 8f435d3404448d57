"""Settings, one module per kind of process; `common` holds what they share and no secret."""
