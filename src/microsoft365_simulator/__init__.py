"""A real HTTPS server that plays Microsoft Entra ID and Microsoft Graph v1.0."""
