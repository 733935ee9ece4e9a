"""SpeechSense configuration as code: validate, plan and apply YAML manifests."""

__version__ = "0.1.0"
