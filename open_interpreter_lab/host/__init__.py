"""The host behind the panel: the notebook of one task, its kernel, and what the task does to both."""
