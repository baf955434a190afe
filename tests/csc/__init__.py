"""People with certificates of their own, and the service that signs for them."""
