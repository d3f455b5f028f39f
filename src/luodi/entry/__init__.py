"""What must be known before signing: opinions given side by side, the five fronts, and the gates between stages."""
