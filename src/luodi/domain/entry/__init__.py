"""What a project must pass before it is signed: the checks asked side by side, the five fronts, and the gates between stages."""
