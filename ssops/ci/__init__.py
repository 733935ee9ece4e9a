"""One comment on a pull or merge request that says what its plan comes to."""
