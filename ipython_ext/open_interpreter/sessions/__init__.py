"""What was asked, written, run and answered, kept on this machine alone."""
