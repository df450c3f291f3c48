"""What one answer of Graph means: a page, or an error and whether to ask again."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pilotage.microsoft import retry_after
from pilotage.microsoft.graph import classify, errors
from pilotage.microsoft.graph.errors import GraphError, Trace
from pilotage.microsoft.graph.page import Damaged, GraphPage, page_of, plain_page
from pilotage.microsoft.transport import Answer, Fault, TransportFailed

_AGAIN = {408, 423, 424, 500, 502, 503, 504, 507, 509}


_BY_FAULT: dict[Fault, type[GraphError]] = {
    Fault.CONNECT: errors.GraphUnreachable,
    Fault.NAME: errors.GraphNameUnknown,
    Fault.TLS: errors.GraphCertificateRefused,
    Fault.TLS_TIME: errors.GraphCertificateExpired,
    Fault.TIMEOUT: errors.GraphTimeout,
    Fault.BROKEN: errors.AnswerCutOff,
    Fault.TOO_LARGE: errors.AnswerTooLarge,
}


class Next(StrEnum):
    """What to do after a failure."""

    GIVE_UP = "give_up"
    ASK_AGAIN = "ask_again"
    WAIT = "wait"
    RENEW_TOKEN = "renew_token"  # noqa: S105 - a word, not a secret


@dataclass(frozen=True, slots=True)
class Failure:
    """`error` is what to raise when there is no next try; `wait` is what Retry-After asks for."""

    error: GraphError
    next: Next
    wait: float | None = None


def judge(answer: Answer, trace: Trace, now: datetime) -> GraphPage | Failure:
    """The page in `answer`, or the failure it is."""
    if answer.status == 200:
        return _read(answer, trace)
    if classify.is_of_something_else(answer, trace):
        return Failure(errors.BlockedOnTheWay(trace=trace), Next.GIVE_UP)
    wait = retry_after.seconds(answer.header("retry-after"), now)
    if answer.status == 429 or (answer.status in _AGAIN and wait is not None):
        return Failure(errors.GraphUnavailable(trace=trace), Next.WAIT, wait)
    if answer.status in _AGAIN:
        return Failure(classify.error_for(trace), Next.ASK_AGAIN)
    error = classify.error_for(trace, is_delta=is_delta(trace.page))
    if isinstance(error, errors.DeltaExpired):
        error.restart_link = answer.header("location")
    is_token = isinstance(error, errors.TokenRefused)
    return Failure(error, Next.RENEW_TOKEN if is_token else Next.GIVE_UP)


def judge_failure(failed: TransportFailed, trace: Trace) -> Failure:
    """The failure of an exchange without a whole answer."""
    told = replace(trace, message=failed.text)
    kind = _BY_FAULT[failed.fault]
    is_final = failed.fault in {Fault.TOO_LARGE, Fault.TLS, Fault.TLS_TIME}
    return Failure(kind(trace=told), Next.GIVE_UP if is_final else Next.ASK_AGAIN)


def is_delta(page: str) -> bool:
    """Whether an address belongs to a chain of changes."""
    path, _, query = page.partition("?")
    return path.rstrip("/").rpartition("/")[2].startswith("delta") or "$deltatoken" in query


def _read(answer: Answer, trace: Trace) -> GraphPage | Failure:
    is_count = trace.page.partition("?")[0].endswith("/$count")
    try:
        return plain_page(answer, trace) if is_count else page_of(answer, trace)
    except Damaged:
        told = replace(trace, message="the body is not a complete JSON object")
        is_page = classify.is_web_page(answer)
        kind = errors.AnswerIsAPage if is_page else errors.AnswerUnreadable
        return Failure(kind(trace=told), Next.ASK_AGAIN)
