"""Who may have something computed, and when: places, lanes, fair turns, and work under tokens."""

from server.admission.admission import Admission
from server.admission.jobs import AtCapacityError, Job, Tell, Work
from server.admission.lanes import Lane
from server.admission.places import Client, Place, client_of

__all__ = [
    "Admission",
    "AtCapacityError",
    "Client",
    "Job",
    "Lane",
    "Place",
    "Tell",
    "Work",
    "client_of",
]
