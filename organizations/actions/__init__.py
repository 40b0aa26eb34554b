"""The verbs of areas, people, posts and accounts: each one atomic, each one in the audit trail."""
