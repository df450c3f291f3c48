"""JSON, for tests and scripts."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from local_mailbox.behaviour import MODES, UnknownMode
from local_mailbox.letterbox import Kept, Letterbox
from local_mailbox.reading import Mail


async def list_messages(request: Request) -> Response:
    """Newest first; ?to=ADDRESS only those delivered to it."""
    kept = _letterbox(request).newest(to=request.query_params.get("to", ""))
    return JSONResponse([_summary(one) for one in kept])


async def get_message(request: Request) -> Response:
    """One mail with its texts, links, headers and attachments."""
    found = _letterbox(request).find(request.path_params["id"])
    if found is None:
        return JSONResponse({"error": "There is no such mail."}, 404)
    return JSONResponse(_summary(found[0]) | _details(found[1]))


async def delete_messages(request: Request) -> Response:
    """Delete all."""
    return JSONResponse({"deleted": _letterbox(request).clear()})


async def get_behaviour(request: Request) -> Response:
    """How the server answers now."""
    behaviour = request.app.state.behaviour
    return JSONResponse({"mode": behaviour.mode, "times": behaviour.times, "modes": MODES})


async def set_behaviour(request: Request) -> Response:
    """{mode, times?}: how the server answers from the next mail on."""
    try:
        asked = await request.json()
        times = asked.get("times")
        request.app.state.behaviour.change(
            str(asked["mode"]), None if times is None else int(times)
        )
    except UnknownMode as error:
        return JSONResponse({"error": str(error)}, 422)
    except (ValueError, KeyError, TypeError, AttributeError):
        return JSONResponse({"error": 'Send JSON such as {"mode": "450", "times": 2}.'}, 400)
    return await get_behaviour(request)


def _letterbox(request: Request) -> Letterbox:
    letterbox: Letterbox = request.app.state.letterbox
    return letterbox


def _summary(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "received_at": kept.received_at.isoformat(),
        "from": kept.envelope.sender,
        "to": list(kept.envelope.recipients),
        "subject": kept.subject,
        "preview": kept.preview,
        "size": kept.size,
    }


def _details(mail: Mail) -> dict[str, Any]:
    return {
        "message_id": mail.header("Message-ID"),
        "headers": [list(pair) for pair in mail.headers],
        "text": mail.text,
        "html": mail.html,
        "links": mail.links,
        "attachments": [
            {"name": a.name, "content_type": a.content_type, "size": a.size}
            for a in mail.attachments
        ],
    }
