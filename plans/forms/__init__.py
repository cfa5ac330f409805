"""What people type about plans, a file for each noun. Forms clean; services decide."""
