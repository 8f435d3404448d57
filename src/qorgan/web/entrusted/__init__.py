"""Files that someone may enter who does not see the territory: routed, referred, opened by two people."""
