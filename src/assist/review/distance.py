"""How far apart two texts are."""


def edit_distance(one: str, other: str) -> int:
    """Return the Levenshtein distance in code points.

    Myers' bit-parallel algorithm in Hyyrö's form (2003): a column of the table is two long
    integers of vertical differences, so 4,000 by 4,000 characters take milliseconds.
    """
    if not one or not other:
        return len(one) + len(other)
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    full, last = (1 << len(one)) - 1, 1 << len(one) - 1
    up, down, distance = full, 0, len(one)
    for character in other:
        equal = places.get(character, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        right = down | ~(diagonal | up) & full
        left = up & diagonal
        distance += (right & last != 0) - (left & last != 0)
        right = (right << 1 | 1) & full
        up = left << 1 & full | ~(diagonal | right) & full
        down = right & diagonal
    return distance
