"""What is descended: differentiable functions of two parameters."""
