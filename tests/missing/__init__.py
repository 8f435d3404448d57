"""Tests of missing children."""
