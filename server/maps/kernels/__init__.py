"""Kernels: what is computed of hundreds or thousands of pixels side by side, a lane each."""
