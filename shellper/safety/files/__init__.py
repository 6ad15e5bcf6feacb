"""Which files a call reads, writes and sends, what is remembered of them, and which of them are run later."""
