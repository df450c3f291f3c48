"""Tests of the Microsoft simulator, through HTTP and with Microsoft's own clients."""
