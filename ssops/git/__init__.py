"""What git knows of the folder of ssops.yaml: the base of a comparison, its files, their bytes; no checkout."""
