"""What can be looked up by name, code or pinyin initials, and the views that people keep."""
