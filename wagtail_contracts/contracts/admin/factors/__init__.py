"""Second factors of staff: their own, and for administrators those of colleagues."""
