"""What people type otherwise than they mean: found, and told with what is most likely meant."""
