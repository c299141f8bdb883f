"""One learner's memory of one fact: when it is due, in which form it is asked, how much of it is left."""
