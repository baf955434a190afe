"""Tags by which a site shows parts of signing in its own pages."""
