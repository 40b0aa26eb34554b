"""What changes a meeting: verbs, each atomic, with the actor as `by=`."""
