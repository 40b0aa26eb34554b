"""The packet of a meeting: built once, frozen, drawn as often as wanted."""
