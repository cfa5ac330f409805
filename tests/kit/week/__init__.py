"""Two phones and the web, apart for a week: who does what, a road that drops things, and what may never happen."""
