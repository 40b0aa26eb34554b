"""Why an action could not be done, as a sentence for the person who asked."""


class Refused(Exception):
    """A rule of the network forbids it; `str()` is a translated sentence that says what to do."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)

    @property
    def sentence(self) -> str:
        """The sentence in the language of the page."""
        return str(self.args[0])


class Stale(Refused):
    """Somebody changed the thing since the page was opened; the page answers 409 and shows both."""
