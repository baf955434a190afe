"""Rights in workspaces: given to groups, held by members, told in the workspace's history."""
