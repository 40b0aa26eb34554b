"""Forms of the tambon survey."""
