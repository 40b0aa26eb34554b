"""The verbs of the tambon survey: each one atomic, each one in the history."""
