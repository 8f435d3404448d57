"""The process of petitions: signers are known to it alone."""
