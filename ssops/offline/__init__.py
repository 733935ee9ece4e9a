"""Plans made without the service: against recorded state, or against the manifests of a git revision."""
