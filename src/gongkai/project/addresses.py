"""Whole numbers in addresses, as <number:…>."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A whole number that a database can hold; no address has a longer one."""

    regex = "[0-9]{1,18}"


register_converter(NumberConverter, "number")
