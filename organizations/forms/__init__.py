"""Shape and coercion of what people type, one module per page family."""
