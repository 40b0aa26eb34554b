"""Shapes of what people type about meetings."""
