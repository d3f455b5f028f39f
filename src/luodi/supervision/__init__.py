"""What leaders settle, see on site and count down to; what enterprises ask for and how they rate."""
