"""Protective orders: the list, one order with its clock, its acts from draft to end, its paper."""
