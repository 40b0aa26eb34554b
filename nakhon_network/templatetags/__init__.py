"""Template filters that speak Thai."""
