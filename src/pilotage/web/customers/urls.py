"""Addresses of the customers' pages; a panel has the name of its action."""

from django.urls import path

from pilotage.web.customers import activation_links as links
from pilotage.web.customers import customer_page as page
from pilotage.web.customers.account_terms import ConvertToProduction, EditCustomer
from pilotage.web.customers.add_customer import AddCustomer, fitting_plan
from pilotage.web.customers.approve_sign_in import ApproveSignIn
from pilotage.web.customers.connection_card import ProbeConnection, connection_live
from pilotage.web.customers.csv_export import customers_csv
from pilotage.web.customers.extend_trial import ExtendTrial
from pilotage.web.customers.extend_trials import ExtendTrials
from pilotage.web.customers.list_page import customers
from pilotage.web.customers.menu import customer_menu, customers_menu
from pilotage.web.customers.pending_page import pending_customers, pending_live
from pilotage.web.customers.request_import import RequestImport
from pilotage.web.customers.suspension import Resume, Suspend

ONE = "customers/<uuid:customer_id>"

urlpatterns = [
    path("customers", customers, name="customers"),
    path("customers.csv", customers_csv, name="customers_csv"),
    path("customers/pending", pending_customers, name="pending_customers"),
    path("customers/pending/live", pending_live, name="pending_live"),
    path("customers/menu", customers_menu, name="customers_menu"),
    path("customers/add", AddCustomer.as_view(), name="add_customer"),
    path("customers/add/plan", fitting_plan, name="fitting_plan"),
    path("customers/extend-trials", ExtendTrials.as_view(), name="extend_trials"),
    path(ONE, page.customer, name="customer"),
    path(f"{ONE}/live", page.customer_live, name="customer_live"),
    path(f"{ONE}/imports", page.customer_imports, name="customer_imports"),
    path(f"{ONE}/events", page.customer_events, name="customer_events"),
    path(f"{ONE}/menu", customer_menu, name="customer_menu"),
    path(f"{ONE}/extend-trial", ExtendTrial.as_view(), name="extend_trial"),
    path(f"{ONE}/convert", ConvertToProduction.as_view(), name="convert_to_production"),
    path(f"{ONE}/edit", EditCustomer.as_view(), name="edit_customer"),
    path(f"{ONE}/suspend", Suspend.as_view(), name="suspend"),
    path(f"{ONE}/resume", Resume.as_view(), name="resume"),
    path(f"{ONE}/activation-link", links.copy_link, name="copy_activation_link"),
    path(
        f"{ONE}/activation-link/resend",
        links.ResendLink.as_view(),
        name="resend_activation_link",
    ),
    path(
        f"{ONE}/activation-link/revoke",
        links.RevokeLink.as_view(),
        name="revoke_activation_link",
    ),
    path(f"{ONE}/approve-sign-in", ApproveSignIn.as_view(), name="approve_sign_in"),
    path(f"{ONE}/cancel-onboarding", links.CancelOnboarding.as_view(), name="cancel_onboarding"),
    path(f"{ONE}/connection/live", connection_live, name="connection_live"),
    path(f"{ONE}/connection/check", ProbeConnection.as_view(), name="probe_connection"),
    path(f"{ONE}/run-import", RequestImport.as_view(), name="request_import"),
]
