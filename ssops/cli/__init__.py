"""The command line: parses, calls one function of the pipeline, renders, returns an exit code."""
