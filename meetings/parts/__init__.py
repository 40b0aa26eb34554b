"""The parts of a meeting's page, one module each with its template of the same name."""
