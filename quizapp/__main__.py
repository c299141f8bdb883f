"""`python -m quizapp` is the quizapp command."""

from quizapp.cli.main import main

if __name__ == "__main__":
    main()
