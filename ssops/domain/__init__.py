"""SpeechSense as data: every fact with its public source, nothing invented."""
