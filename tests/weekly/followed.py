"""What a recorded figure has to show under the hand of player.mjs."""


def check(saw: dict) -> None:
    """Assert that slider, Step and Play moved picture and sentence, Reset brought both back, and Pause held them."""
    assert saw["reset"] == saw["start"]
    states = [saw[act] for act in ("start", "slid", "stepped", "played")]
    assert len({state["text"] for state in states}) == len({state["pixels"] for state in states}) == len(states)
    assert saw["paused"] == saw["later"]
