"""Random numbers from the domains that a page declares."""

import math
import zlib

import torch
import torch.nn.functional


def generator(*seed):
    """A random number generator for a seed of any kind."""
    return torch.Generator().manual_seed(zlib.crc32(repr(seed).encode()))


def drawn(domain, shape, source):
    """A float64 tensor of that shape with entries from that domain."""
    if domain == "positive":
        return torch.rand(shape, generator=source, dtype=torch.float64) * 1.5 + 0.4
    if domain == "unit":
        return torch.rand(shape, generator=source, dtype=torch.float64) * 0.9 + 0.05
    if domain in ("binary", "sign"):
        count = math.prod(shape)
        flags = (torch.arange(count) + torch.randint(2, (1,), generator=source)) % 2
        flags = flags[torch.randperm(count, generator=source)].reshape(shape).double()
        return flags if domain == "binary" else 2 * flags - 1
    if domain == "one-hot":
        hot = torch.randint(shape[-1], shape[:-1], generator=source)
        return torch.nn.functional.one_hot(hot, shape[-1]).double()
    normal = torch.randn(shape, generator=source, dtype=torch.float64)
    if domain == "probabilities":
        return torch.softmax(normal, -1)
    if domain == "nonzero":
        return normal + 0.3 * torch.where(normal < 0, -1.0, 1.0)
    return normal * 1e-4 if domain == "small" else normal
