"""The matters: what each needs, who handles it, and how long the law gives."""
