"""The house's own lint: habits that neither ruff nor the import contracts can see. Run as `python -m lint`.

Every rule has a code, a reason and a test that breaks it (`tests/lint`). A line that must break a rule says so at its
end, `# lint: allow Q203 - why`; in a template `{# lint: allow Q403 - why #}`. Without a why it is a finding itself.
"""
