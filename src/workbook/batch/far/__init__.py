"""Many machines: what an edition may show goes to workers that share no disk, pages come back as bytes."""
