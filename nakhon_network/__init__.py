"""The project package: wires the apps together and owns no rule."""
