"""The parts of the chat's screen."""
