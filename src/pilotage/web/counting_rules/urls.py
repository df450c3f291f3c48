"""Addresses of the counting rules."""

from django.urls import path

from pilotage.web.counting_rules.page import SetCountingRule, counting_rules

urlpatterns = [
    path("settings/counting-rules", counting_rules, name="counting_rules"),
    path(
        "settings/counting-rules/<uuid:partner_id>",
        SetCountingRule.as_view(),
        name="set_counting_rule",
    ),
]
