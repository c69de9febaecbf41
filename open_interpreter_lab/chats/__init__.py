"""Chats that live: what happened in each, who follows it, and the one task that may run in it."""
