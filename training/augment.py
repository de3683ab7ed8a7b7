"""Random distortion of glyphs, in batches, on the device where the network is."""

import numpy as np
import torch
import torch.nn.functional as F

AS_WRITTEN = 0.2  # share of a batch that is left as it is, because that is what the network will be shown
DRAWN = 0.5  # of the strength for glyphs that `render` has already distorted as strokes


def change_thickness(x: torch.Tensor, amount: torch.Tensor) -> torch.Tensor:
    """Makes strokes up to a pixel per side thicker (amount 1) or thinner (amount -1)."""
    dilated, eroded = F.max_pool2d(x, 3, 1, 1), -F.max_pool2d(-x, 3, 1, 1)
    amount = amount.view(-1, 1, 1, 1)
    x = torch.where(amount > 0, x.lerp(dilated, amount.clamp(min=0)), x.lerp(eroded, -amount.clamp(max=0)))
    return x / x.amax((2, 3), keepdim=True).clamp(min=0.2)


def augment(x: torch.Tensor, generator: torch.Generator, strength: torch.Tensor) -> torch.Tensor:
    """Rotates, slants, scales, shifts, warps and thickens glyphs [n, 1, 28, 28]; `strength` [n] lies in [0, 1].

    Sampling is cubic. Linear sampling blurs, and the softness of a stroke helps to tell small letters from capitals.
    """
    n = len(x)

    def normal(*shape):
        each = strength.view(n, *[1] * len(shape))
        return torch.randn(n, *shape, generator=generator, device=x.device) * each

    def uniform():
        return torch.rand(n, generator=generator, device=x.device)

    x = change_thickness(x, (uniform() * 1.7 - 0.9) * (uniform() < 0.1) * strength)
    rotation, slant, size, aspect = (normal() * s for s in (0.10, 0.12, 0.05, 0.06))
    rows = [
        torch.stack([size.exp() * aspect.exp(), slant + rotation], 1),
        torch.stack([-rotation, size.exp() / aspect.exp()], 1),
    ]
    shift = (normal(2) * 0.05).unsqueeze(2)
    grid = F.affine_grid(torch.cat([torch.stack(rows, 1), shift], 2), x.shape, align_corners=False)
    warp = F.interpolate(normal(2, 4, 4) * 0.05, x.shape[2:], mode="bicubic", align_corners=True)
    return F.grid_sample(x, grid + warp.permute(0, 2, 3, 1), "bicubic", align_corners=False).clamp(0, 1)


def augmented(images: torch.Tensor, is_scan: torch.Tensor, strength: float, seed: list[int]) -> torch.Tensor:
    """A training batch after augmentation. Scans get the full strength, drawn glyphs half of it, and some glyphs none."""
    generator = torch.Generator(images.device).manual_seed(int(np.random.default_rng(seed).integers(2**62)))
    each = strength * torch.where(is_scan.to(images.device), 1.0, DRAWN)
    each *= torch.rand(len(images), generator=generator, device=images.device) >= AS_WRITTEN
    return augment(images, generator, each)
