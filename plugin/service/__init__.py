"""An image service, and how to talk to it."""
