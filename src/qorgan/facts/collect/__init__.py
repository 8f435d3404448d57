"""The only place that sees records and facts. Runs as the collector, reads columns only, opens nothing sealed."""
