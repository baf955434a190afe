"""A bundle of HTML, styles and files in; a sealed archival PDF, or a report on one, out."""
