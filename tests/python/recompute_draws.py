"""The draws behind a result file, from their addresses: an implementation of its own."""

import numpy as np

CHOICE, ATTACKS, ACTIVITY, AUTHORITY, HARDLINER, EVENT = range(1, 7)


def philox(seed, quarter, step, stream, replicate):
    """The four words of Philox4x32-10 at counters (quarter, step, stream, replicate)."""
    mask = np.uint64(0xFFFFFFFF)
    quarter = np.atleast_1d(np.asarray(quarter, dtype=np.uint64))
    c = [quarter] + [np.full_like(quarter, x) for x in (step, stream, replicate)]
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p0 = np.uint64(0xD2511F53) * c[0]
        p1 = np.uint64(0xCD9E8D57) * c[2]
        c = [
            (p1 >> np.uint64(32)) ^ c[1] ^ np.uint64(k0),
            p1 & mask,
            (p0 >> np.uint64(32)) ^ c[3] ^ np.uint64(k1),
            p0 & mask,
        ]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack(c)


def words(seed, entity, step, purpose, replicate, authority=0, index=0):
    """One word per entity: word entity % 4 of the block at entity / 4."""
    entity = np.atleast_1d(np.asarray(entity, dtype=np.int64))
    stream = purpose << 28 | authority << 16 | index
    block = philox(seed, entity // 4, step, stream, replicate)
    return block[entity % 4, np.arange(len(entity))].astype(np.int64)


def uniform(word):
    return (word + 0.5) / 2.0**32


def fnv1a(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def poisson_quantile(mean, u):
    """The smallest count whose distribution function exceeds u."""
    term = np.exp(-mean)
    total, count = term, 0
    while u >= total and count < 10 * mean + 100:
        count += 1
        term *= mean / count
        total += term
    return count
