"""Pure rules about persons: what a number or a name says by itself."""
