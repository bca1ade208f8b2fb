# Two words are enough to begin: make demo, make test. Both set themselves up.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test stories faults fuzz bench relevance check format browser clean

# Where port 8000 is taken: make demo PORT=8010
PORT ?= 8000

demo: $(READY)
	$(BIN)/rxbot demo --port $(PORT)

# Half of the time a test waits for an answer, so two more than the cores are soonest done.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)

test: $(READY) browser check
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

# Every story in four ways: updates fetched from Telegram, and brought by it; on SQLite, and on PostgreSQL.
stories: $(READY)
	RXBOT_ALL_WAYS=1 $(BIN)/python -m pytest --numprocesses $(WORKERS) tests/test_stories.py

# Odd updates into the real inbox: make fuzz UPDATES=50000. A stretch that failed says how to play it again.
UPDATES ?= 1000000
SEED ?= 1
STRETCH ?= 2500
PEOPLE ?= 10
PROCESSES ?= 2

fuzz: $(READY)
	PYTHONPATH=tests PYTHONHASHSEED=0 $(BIN)/python -m fuzz --updates $(UPDATES) --seed $(SEED) --stretch $(STRETCH) \
	  --people $(PEOPLE) --processes $(PROCESSES)

# 50 people, 200 kills and every other fault on the real process: most of an hour. Prints a table as README has it.
# FAULTS_DATABASE=postgresql make faults does so on PostgreSQL.
faults: $(READY)
	$(BIN)/python tests/faults

# rxbot beside what the library does by itself, on this computer. BENCH_PEOPLE, BENCH_BOTS, BENCH_SECONDS choose less;
# BENCH chooses parts: turns, matching, importing.
bench: $(READY)
	$(BIN)/python tests/bench

# How good the matches are, by labelled profiles over real directories in ../shared, beside plain full text.
relevance: $(READY)
	$(BIN)/python tests/directory/relevance.py

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit -q -r src -c pyproject.toml

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rxbot needs Python 3.11 or newer; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# The tests that open pages want Debian's Chromium, and Noto's letters: whether a leaflet is one sheet is a matter of those, too.
browser:
	@{ command -v chromium && fc-list --quiet "Noto Sans"; } >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	  chromium fontconfig fonts-noto-core >/dev/null; } \
	  || echo "Chromium or Noto's letters are not here and may not be installed: tests of pages are skipped, or may fail by their letters."

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache
