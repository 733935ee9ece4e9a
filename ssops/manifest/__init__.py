"""Files become documents with positions, checked against schemas and rules, and then resources."""
