# Short names for what dev.py does. Arguments: make test ARGS="-k grading"; another Python: make run PYTHON=python3.12
PYTHON ?= python3

.PHONY: help run test test-long coverage lint lock bench screenshots clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: ## start the app and say where to look
	@$(PYTHON) dev.py run $(ARGS)

test: ## check style and types, then run all tests but the long ones
	@$(PYTHON) dev.py test $(ARGS)

test-long: ## run only the tests that take minutes
	@$(PYTHON) dev.py test-long $(ARGS)

coverage: ## run the tests and say what none of them reached; takes half as long again
	@$(PYTHON) dev.py coverage $(ARGS)

lint: ## check style, types and layers without running a test
	@$(PYTHON) dev.py lint $(ARGS)

lock: ## write both lock files anew from pyproject.toml
	@$(PYTHON) dev.py lock $(ARGS)

bench: ## measure how fast the app answers
	@$(PYTHON) dev.py bench $(ARGS)

screenshots: ## take a picture of every page
	@$(PYTHON) dev.py screenshots $(ARGS)

clean: ## delete .venv and everything else that tools made; instance/ is left alone
	@$(PYTHON) dev.py clean $(ARGS)
