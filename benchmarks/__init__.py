"""Speed against peers: the same work on the same data in one run, told as ratios of medians."""
