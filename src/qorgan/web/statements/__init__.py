"""The register of statements for staff: brought, read, corrected, published, withdrawn."""
