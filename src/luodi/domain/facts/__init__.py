"""What is known of a project: the 28 fields, the facts that follow from them, and the project file."""
