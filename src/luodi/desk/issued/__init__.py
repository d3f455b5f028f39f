"""Issued documents: whether each still holds, and taking one back."""
