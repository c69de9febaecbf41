"""The loop: ask, draft, run, look, correct, finish. It knows no host, model or storage by name."""
