"""What runs in the limited process: the standard library and the parsers, no record, no model."""
