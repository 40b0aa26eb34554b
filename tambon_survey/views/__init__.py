"""Pages of the tambon survey."""
