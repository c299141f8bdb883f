"""From a marked passage to draft questions, each with what the rules say about it."""
