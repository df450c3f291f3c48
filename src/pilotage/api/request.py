"""What a request is once the gateway has let it in."""

from django.http import HttpRequest

from pilotage.kernel.actor import Actor


class ApiRequest(HttpRequest):
    """A request of a known actor; `request_id` stands in the answer and in the log."""

    actor: Actor
    request_id: str
    # Set by the sign-in middleware for a session that must do something first.
    refusal: Exception | None
