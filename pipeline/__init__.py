"""What runs before and after the site generator, one module a step, named for what it makes."""
