"""The quizapp command."""
