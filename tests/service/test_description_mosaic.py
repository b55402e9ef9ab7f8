"""What a root document says about the mosaic behind a service, and what it answers when it is not one of a service."""
