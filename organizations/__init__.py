"""Areas, people, posts, accounts, who may see what, and the audit trail."""
