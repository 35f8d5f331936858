# make site    check ideas/ and build the portal into site/
# make test    run the tests; parts that need Chromium or Java run where these are found
# make lint    ruff and mypy
# make serve   build, show on this machine, and build again when something changes
# make engines fetch axe, Ace and the HTML checker from npm, for the tests of the built portal and of books
# make handbook  write into docs/handbok/ what the code says of fields, stages, checks and commands
# make messages  take out the texts of the user interface and compile the translations
# make lock    choose the newest versions that pyproject.toml allows, with hashes
# make clean   remove all that make has made
#
# Needs Python 3.11 or newer, git and make. PYTHON=/some/python chooses another Python; pip reads its own PIP_* settings.

MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: site test lint serve engines handbook messages lock clean

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# An installed package remembers its folder, so a project that was moved is installed anew.
ifneq ($(shell cat $(VENV)/folder 2>/dev/null),$(CURDIR))
$(VENV)/created: moved
endif
.PHONY: moved

site: $(VENV)/installed
	$(BIN)/idesluss build

serve: $(VENV)/installed
	$(BIN)/idesluss serve

test: $(VENV)/installed-test
	$(BIN)/python -m pytest $(PYTEST)

lint: $(VENV)/installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

$(VENV)/created:
	@for python in $(if $(PYTHON),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        rm -rf $(VENV); \
	        "$$python" -m venv $(VENV) || { \
	            rm -rf $(VENV); \
	            echo "make: $$python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; \
	            exit 1; }; \
	        printf '%s\n' '$(subst ','\'',$(CURDIR))' > $(VENV)/folder; \
	        touch $@; \
	        exit 0; \
	    fi; \
	done; \
	echo "make: $(if $(PYTHON),$(PYTHON) is no Python 3.11 or newer. Name,no Python 3.11 or newer found. Install one, or name) \
	another: make PYTHON=/path/to/python3" >&2; exit 1

# The path is made relative, since Python 3.11 cannot read an å in a .pth file where the locale is C.
$(VENV)/installed: $(VENV)/created requirements.lock pyproject.toml
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@for file in $(VENV)/lib/python*/site-packages/_idesluss.pth; do echo ../../../../generator > "$$file"; done
	@touch $@

$(VENV)/installed-test: $(VENV)/installed requirements-test.lock
	$(PIP) --require-hashes --requirement requirements-test.lock
	@touch $@

engines:
	npm ci --prefix .ci

handbook: $(VENV)/installed
	$(BIN)/python -m idesluss.handbook

messages: $(VENV)/installed-test
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/messages.py compile

UV_COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --custom-compile-command "make lock" --upgrade

lock: $(VENV)/installed
	$(PIP) uv
	$(UV_COMPILE) --group build --output-file requirements.lock
	$(UV_COMPILE) --group dev --constraints requirements.lock --output-file requirements-test.lock

clean:
	rm -rf site $(VENV) .idesluss .pytest_cache .mypy_cache .ruff_cache .hypothesis .ci/node_modules dist
	find generator tests tools bench \( -name __pycache__ -o -name .mypy_cache \) -type d -prune -exec rm -rf {} +
