"""Operators: the people of a partner. Also Django's user model."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.kernel.ids import new_id
from pilotage.partners.models.partner import Partner


class OperatorManager(BaseUserManager["Operator"]):
    """What Django's authentication asks of a user model; the name is Django's."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Operator":
        """Insert an operator; without a password none can be used until one is set."""
        operator = self.model(email=self.normalize_email(email).lower(), **fields)
        operator.set_password(password)
        operator.save()
        return operator


class Operator(AbstractBaseUser):
    """A person who signs in to act for one partner."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="operators")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=[(r.value, r.value.title()) for r in Role])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    set_up_at = models.DateTimeField(null=True)

    objects = OperatorManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        """The name, as Django and allauth ask for it."""
        return self.name
