"""From trees to numbers: values with strict shapes, draws, derivatives by autograd."""
