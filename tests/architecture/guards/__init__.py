"""What the house may not be: each guard takes models, paths or rows and answers with faults, one sentence each.

A guard that takes what it judges can be given something bad, so every guard is broken once in a test.
"""
