"""Collections that several surfaces were checked against."""

from surfaces.declaration import Reference

JAMIL_YANG = Reference(
    "Jamil and Yang (2013), A literature survey of benchmark functions for global optimisation",
    "https://arxiv.org/abs/1308.4008",
)


def virtual_library(page: str) -> Reference:
    """A page of Surjanovic and Bingham's library of test functions."""
    return Reference(
        "Surjanovic and Bingham (2013), Virtual Library of Simulation Experiments",
        f"https://www.sfu.ca/~ssurjano/{page}.html",
    )


LECTURE = Reference("Introduction to deep learning, lecture 1, sections 2 and 4")
