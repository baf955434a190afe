"""What these tests share."""

from tests.security.oidc.fixtures import *  # noqa: F403 - fixtures
