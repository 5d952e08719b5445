"""What an author may not do with a comment of their own."""


class RefusedError(Exception):
    """The comment does not allow it; `sentence` says why, in the author's language."""

    def __init__(self, sentence: object) -> None:
        self.sentence = str(sentence)
        super().__init__(self.sentence)
