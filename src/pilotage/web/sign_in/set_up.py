"""/set-up: a new operator chooses a password with the link from the invitation."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pilotage.kernel.actor import system_actor
from pilotage.partners.actions.set_up_operator import set_up_operator
from pilotage.partners.errors import SetUpLinkInvalid
from pilotage.partners.models import Operator
from pilotage.partners.set_up_link import find_operator
from pilotage.web.public import public

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class PasswordForm(forms.Form):
    """The new password, twice."""

    password = forms.CharField(
        label="Password",
        strip=False,
        help_text="At least 12 characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Repeat the password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, operator: Operator, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.operator = operator

    def clean_password(self) -> str:
        """Raise ValidationError for a password that is too weak."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.operator)
        return password

    def clean_repeated(self) -> str:
        """Raise ValidationError unless both are the same."""
        repeated: str = self.cleaned_data["repeated"]
        if self.cleaned_data.get("password", repeated) != repeated:
            raise forms.ValidationError("The two passwords differ.")
        return repeated


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The token is in the fragment, so the page's script posts it; opening it changes nothing."""
    if request.method != "POST":
        return render(request, "sign_in/set_up_read_link.html")
    # People paste the whole link as well as the code in it.
    token = request.POST.get("token", "").rpartition("#t=")[2]
    operator = find_operator(token)
    if operator is None:
        raise SetUpLinkInvalid
    form = PasswordForm(operator, request.POST if "password" in request.POST else None)
    if not form.is_valid():
        facts = {"operator": operator, "token": token, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "sign_in/set_up.html", facts, status=status)
    operator = set_up_operator(
        system_actor("set-up link"), token=token, password=form.cleaned_data["password"]
    )
    login(request, operator, backend=BACKEND)
    # The password was chosen this moment: the next page need not ask for it again.
    record_authentication(request, operator, method="password", reauthenticated=True)
    return HttpResponseRedirect(reverse("second_step_needed"))
