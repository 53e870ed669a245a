"""Template tags that every face may use."""
