"""Adapters to SpeechSense."""
