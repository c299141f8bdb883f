"""Quizzes made from checkable facts.

    cli          the quizapp command
     │
    app          create_app: puts the parts together, knows them all
     │
    web          pages: read the request, call one service function, answer
     │
    runtime      what a running app carries: database, clock, source of seeds
     │
    services     one function per thing a person can ask for: queries and commands
     │
    database │ settings    tables, engine, migrations │ what an installation may change
     │
    domain       the rules, in plain Python: facts, question types, recipes, grading, formats

Arrows point down only, and no layer holds a circle; the contracts in pyproject.toml keep it so.

The way of the data is one road with no turning back:

    article ─► facts ─► questions ─► bank ─► quiz attempt ─► responses ─► history

The path of a page is three files with one name: web/quizzes.py, services/quizzes.py, web/templates/quizzes/.

This file, like every __init__.py of the package, imports nothing.
"""
