"""The strategies that come with p2p-dispatch; each sees the problem and the solution only."""
