"""What the server refuses, in the shape of an ArcGIS REST error."""

from __future__ import annotations


class ServiceError(Exception):
    """An error body: `{"error": {"code": …, "message": …, "details": […]}}`, sent with HTTP status 200."""

    def __init__(self, code: int, message: str, *details: str) -> None:
        super().__init__(f"{code} {message} {' '.join(details)}")
        self.code = code
        self.message = message
        self.details = details

    def to_json(self) -> dict[str, object]:
        return {"error": {"code": self.code, "message": self.message, "details": list(self.details)}}


class ParameterError(ServiceError):
    """A parameter that is missing, malformed or out of range (code 400)."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, "Invalid or missing input parameters.", detail)
