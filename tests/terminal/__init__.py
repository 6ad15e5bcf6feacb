"""Real shells in pseudo-terminals, seen through a screen emulator."""
