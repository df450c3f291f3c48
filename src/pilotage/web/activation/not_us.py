"""/activate/not-us: from the mail about a connection to its end."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pilotage.onboarding.actions.report_binding import report_binding
from pilotage.onboarding.reported import get_reported_connection, reader_of
from pilotage.onboarding.tries import count_try
from pilotage.web.activation.link import token_in
from pilotage.web.public import public


@public
@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
def not_us(request: HttpRequest) -> HttpResponse:
    """The page's script posts the token, which shows what it is about; a button then ends it.

    Mail scanners open links: opening this one changes nothing, and neither does posting the token.
    """
    if request.method != "POST":
        return render(request, "activation/not_us_open.html")
    token = token_in(request.POST.get("token", ""))
    count_try(get_adapter().get_client_ip(request), token)
    connection = get_reported_connection(token)
    is_sure = "end" in request.POST
    if is_sure:
        report_binding(reader_of(connection), connection.customer_id, connection.id)
    context = {
        "connection": connection,
        "customer": connection.customer,
        "partner": connection.customer.partner,
        "token": token,
        "is_ended": is_sure,
    }
    return render(request, "activation/not_us.html", context)
