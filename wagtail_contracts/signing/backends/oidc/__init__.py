"""What a relying party of OpenID Connect does: who we are, the provider's documents, its tokens."""
