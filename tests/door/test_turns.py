"""Fair turns and places, against what fair queueing promises and what can be counted by hand."""

import pytest

from server.admission.places import Client, Places, client_of
from server.admission.turns import Turns


def served(turns, n):
    return [turns.take() for _ in range(n)]


def test_addresses_take_turns_however_much_each_asks():
    turns = Turns()
    for i in range(100):
        turns.add(Client("flood", i), "flood", 0.01)
    for i in range(10):
        turns.add(Client("class", i), "class", 0.01)
    assert served(turns, 20).count("class") == 10
    assert set(served(turns, 90)) == {"flood"}
    assert len(turns) == 0 and turns.seconds == 0.0


def test_shares_are_of_work_and_not_of_requests():
    """One asks for 0.1 s at a time, the other for 0.01 s: ten to one, both the same seconds."""
    turns = Turns()
    for _ in range(100):
        turns.add(Client("dear", 1), "dear", 0.1)
        turns.add(Client("cheap", 1), "cheap", 0.01)
    first = served(turns, 55)
    assert first.count("dear") == 5
    assert first.count("cheap") == 50


def test_connections_of_one_address_share_what_it_has():
    turns = Turns()
    for i in range(300):
        turns.add(Client("school", i % 3), i % 3, 0.02)
    first = served(turns, 30)
    assert [first.count(i) for i in range(3)] == [10, 10, 10]


def test_who_was_idle_comes_before_who_was_not():
    """Of a hundred busy connections of one address, one that asks now and then waits for none."""
    turns = Turns()
    for i in range(100):
        turns.add(Client("school", i), "busy", 0.02)
    for _ in range(250):
        # Each asks again as soon as it is answered.
        turns.take()
        turns.add(Client("school", _ % 100), "busy", 0.02)
    turns.add(Client("school", 1000), "now and then", 0.02)
    assert "now and then" in served(turns, 2)


def test_who_was_refused_comes_before_who_was_served_since():
    """All have had one turn, b the last of them; b is refused once, and comes first."""
    turns = Turns()
    for name in ("a", "c", "b"):
        turns.add(Client(name, 1), name, 0.02)
    served(turns, 3)
    turns.forgive(Client("b", 1), most=0.2)
    for name in ("a", "c", "b"):
        turns.add(Client(name, 1), name, 0.02)
    assert served(turns, 3)[0] == "b"


def test_who_had_much_more_than_others_is_not_helped_by_a_refusal():
    turns = Turns()
    for name in ("a", "c", "b"):
        turns.add(Client(name, 1), name, 0.02)
    served(turns, 3)
    turns.charge(Client("b", 1), 10.0)
    turns.forgive(Client("b", 1), most=0.2)
    for name in ("b", "a", "c"):
        turns.add(Client(name, 1), name, 0.02)
    assert served(turns, 3)[-1] == "b"


def test_what_is_dropped_is_not_served():
    turns = Turns()
    one, other = object(), object()
    turns.add(Client("a", 1), one, 1.0)
    turns.add(Client("a", 1), other, 2.0)
    assert turns.drop(Client("a", 1), one)
    assert not turns.drop(Client("a", 1), one)
    assert not turns.drop(Client("b", 1), one)
    assert (len(turns), turns.seconds) == (1, 2.0)
    assert turns.take() is other


def taken(places, client, gone):
    place = places.take(client)
    if place is not None:

        def give_up():
            gone.append(client)
            return True

        place.give_up = give_up
    return place


def test_when_all_places_are_taken_the_greediest_gives_one_up_for_who_has_fewer():
    places, gone = Places(10), []
    for i in range(8):
        assert taken(places, Client("flood", i), gone)
    for i in range(2):
        assert taken(places, Client("class", i), gone)
    assert taken(places, Client("flood", 9), gone) is None
    assert not gone
    assert [taken(places, Client("class", i), gone) for i in range(2, 5)].count(None) == 0
    assert [one.address for one in gone] == ["flood"] * 3
    assert len(places) == 10
    # Five and five now: nobody has a right to more.
    assert taken(places, Client("class", 9), gone) is None
    assert taken(places, Client("flood", 9), gone) is None
    assert taken(places, Client("newcomer", 1), gone) is not None


def test_one_connection_does_not_take_the_places_of_its_neighbours():
    places, gone = Places(4), []
    for _ in range(4):
        assert taken(places, Client("school", 1), gone)
    assert taken(places, Client("school", 1), gone) is None
    assert taken(places, Client("school", 2), gone) is not None
    assert gone == [Client("school", 1)]


def test_what_has_begun_is_not_given_up():
    places = Places(3)
    for i in range(3):
        places.take(Client("flood", i)).give_up = lambda: False
    assert places.take(Client("class", 1)) is None
    assert len(places) == 3


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_an_address_is_what_one_household_has(first, second, same):
    """RFC 6177: a site is assigned a /64 at least."""
    one, other = (client_of({"client": (host, 1)}).address for host in (first, second))
    assert (one == other) == same


def test_who_asked_much_while_nobody_else_did_owes_nothing():
    turns = Turns()
    for _ in range(1000):
        turns.give(Client("class", 1), 0.0)
        turns.charge(Client("class", 1), 0.02)
    for i in range(20):
        turns.add(Client("flood", i), "flood", 0.0)
    assert turns.behind(Client("class", 1)) == "flood"
    turns.add(Client("class", 1), "class", 0.0)
    order = []
    for _ in range(4):
        order.append(turns.take())
        turns.charge(Client(order[-1], 1), 0.02)
    assert "class" in order
