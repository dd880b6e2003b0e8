"""Sourced, checked answer drafts for human customer-service agents."""

__version__ = "0.1.0"
