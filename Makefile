# Open Interpreter Lab. Each target works as the first command in a fresh checkout on a machine with Python and make:
# it makes its own environment in .venv; stamps in it make repeats instant.

VENV   := .venv
FLOOR  := .venv-floor
SERVED := .venv-documents
SHARED := .venv-collaboration
BIN    := $(VENV)/bin
STAMPS := $(VENV)/.stamps
OUT    := out
PORT   ?= 8888
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONUNBUFFERED := 1
export YARN_ENABLE_PROGRESS_BARS := false

FRONTEND := package.json yarn.lock tsconfig.json hatch_build.py install.json $(shell find src style schema -type f 2>/dev/null)
OLDEST   := python3.10 $(wildcard $(HOME)/.pyenv/versions/3.10.*/bin/python3.10) python3.11 $(PYTHON)
TOUR     := binder/tour.ipynb
AS_ROOT  := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: help demo lab test bench clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo "make demo    the main job without a screen: a notebook of %%interpret cells over real data"
	@echo "make lab     the same notebook in JupyterLab"
	@echo "make test    every test, the browser's too"
	@echo "make bench   the measurements, one table"
	@echo "make clean   takes away what the others made"

demo: $(STAMPS)/demo
	@mkdir -p $(OUT)
	@OPEN_INTERPRETER_HOME=$(CURDIR)/$(OUT)/home $(BIN)/open-interpreter run $(TOUR) -o $(OUT)/tour.ipynb -m builtin

lab: $(STAMPS)/lab $(STAMPS)/labextension
	@[ -e $(OUT)/lab/tour.ipynb ] || { mkdir -p $(OUT)/lab && cp -R binder/. $(OUT)/lab/; }
	$(BIN)/jupyter lab $(AS_ROOT) --port=$(PORT) --notebook-dir=$(OUT)/lab $(OUT)/lab/tour.ipynb

test: $(STAMPS)/test-bed $(STAMPS)/labextension $(STAMPS)/chromium $(FLOOR)/.ready $(SERVED)/.ready $(SHARED)/.ready
	@OPEN_INTERPRETER_FLOOR_PYTHON=$(CURDIR)/$(FLOOR)/bin/python \
	OPEN_INTERPRETER_DOCUMENTS_PYTHON=$(CURDIR)/$(SERVED)/bin/python \
	OPEN_INTERPRETER_COLLABORATION_PYTHON=$(CURDIR)/$(SHARED)/bin/python \
	$(BIN)/python .ci/stages.py

bench: $(STAMPS)/test-bed $(STAMPS)/labextension
	@$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) $(FLOOR) $(SERVED) $(SHARED) $(OUT) node_modules lib open_interpreter_lab/labextension .yarn tsconfig.tsbuildinfo

# The environments. The labextension has a step of its own, so that the demo needs no front end.

$(STAMPS)/venv: .ci/venv
	@.ci/venv $(VENV) $(PYTHON)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/demo: $(STAMPS)/venv pyproject.toml
	@echo "Installing the kernel's part into $(VENV) …"
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(VENV) -e ".[data]"
	@touch $@

$(STAMPS)/lab: $(STAMPS)/venv pyproject.toml
	@echo "Installing JupyterLab and the kernel's part into $(VENV) …"
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(VENV) -e ".[data,frontend,lab]"
	@touch $@ $(STAMPS)/demo

$(STAMPS)/test-bed: $(STAMPS)/venv pyproject.toml
	@echo "Installing everything into $(VENV) …"
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(VENV) -e ".[test]"
	@touch $@ $(STAMPS)/demo $(STAMPS)/lab

$(STAMPS)/node: $(STAMPS)/lab
	@.ci/node $(VENV)
	@touch $@

$(STAMPS)/node_modules: $(STAMPS)/node package.json yarn.lock
	@echo "Fetching the front end's packages (minutes, once) …"
	@.ci/quiet $(BIN)/jlpm install --immutable
	@touch $@

$(STAMPS)/labextension: $(STAMPS)/node_modules $(FRONTEND)
	@echo "Building the labextension …"
	@.ci/quiet $(BIN)/jlpm build:prod
	@.ci/quiet $(BIN)/jupyter-builder develop --overwrite .
	@touch $@

$(STAMPS)/chromium: $(STAMPS)/venv
	@.ci/chromium
	@touch $@

$(FLOOR)/.ready: $(STAMPS)/venv pyproject.toml tests/floor/constraints.txt
	@echo "Installing the oldest versions that pyproject.toml allows into $(FLOOR) …"
	@.ci/venv $(FLOOR) $(OLDEST)
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(FLOOR) -c tests/floor/constraints.txt -e .
	@touch $@

$(SERVED)/.ready: $(STAMPS)/labextension pyproject.toml
	@echo "Installing JupyterLab with jupyter-server-documents into $(SERVED) …"
	@.ci/venv $(SERVED) $(PYTHON)
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(SERVED) -e . "jupyter-builder>=1.2,<2" "jupyterlab>=4.6.2" "jupyter-server-documents>=0.3"
	@.ci/quiet $(SERVED)/bin/jupyter-builder develop --overwrite .
	@touch $@

$(SHARED)/.ready: $(STAMPS)/labextension pyproject.toml
	@echo "Installing JupyterLab with jupyter-collaboration into $(SHARED) …"
	@.ci/venv $(SHARED) $(PYTHON)
	@OPEN_INTERPRETER_NO_FRONTEND=1 .ci/install $(SHARED) -e . "jupyter-builder>=1.2,<2" "jupyterlab>=4.6.2" "jupyter-collaboration>=5"
	@.ci/quiet $(SHARED)/bin/jupyter-builder develop --overwrite .
	@touch $@
