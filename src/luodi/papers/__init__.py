"""The one form, applications filled from it, issued documents and their seals."""
