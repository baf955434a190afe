"""Remote signing services, by the API of the Cloud Signature Consortium."""
