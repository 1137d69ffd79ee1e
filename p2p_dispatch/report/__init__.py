"""What planners look at: figures first, then ways of showing them."""
