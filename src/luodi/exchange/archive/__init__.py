"""The archive of a project: everything about it in one zip that can be read and checked without network and without luodi."""
