"""What goes out with a proof, so that nobody needs us to check it."""
