"""What my own numbers say: read, put into words, and laid out as a page. The statistics are in `plans.insights`."""
