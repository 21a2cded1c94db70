# Everything a fresh Debian or Ubuntu needs is installed by these targets; nothing is installed by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Builds are kept outside the clone, so that a fresh clone builds what changed and no more.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/longshore/target
VENV := $(HOME)/.cache/longshore/venv
# Where rustup puts its programs, which a shell that was there before does not know yet.
export PATH := $(HOME)/.cargo/bin:$(PATH)
RUST := 1.95.0
export LONGSHORE_VENV := $(VENV)

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES := build-essential nftables iproute2 util-linux e2fsprogs busybox-static crun runc python3-venv ca-certificates curl
BENCH_PACKAGES := docker.io wrk iperf3 dnsmasq-base nginx-light haproxy nghttp2-client
FUZZ_SECONDS ?= 60
# Versions of the clients that the suites drive, and of what runs them.
PYTHON_PACKAGES := awscli==1.46.2 boto3==1.44.5 ecs-deploy==1.17.0 pytest==9.2.0 pytest-xdist==3.8.0 grpcio==1.85.3 websockets==17.4 hpack==4.2.0 hyperframe==6.1.0

.PHONY: help up demo test test-cgroups test-agent agent-named lint bench fuzz deps venv cli2 nextest deny release fmt clean

help: ## what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

up: deps release ## build and start Longshore in the foreground
	$(SUDO) $(CARGO_TARGET_DIR)/release/longshore up

demo: deps venv release ## start Longshore, run a small task and show its log
	PATH="$(VENV)/bin:$$PATH" LONGSHORE=$(CARGO_TARGET_DIR)/release/longshore docs/demo.sh

# The node suites take root. The build is yours, what it built runs as root.
AS_ROOT := $(if $(SUDO),CARGO_TARGET_$(shell uname -m | tr a-z A-Z)_UNKNOWN_LINUX_GNU_RUNNER="$(SUDO) -E")

test: deps venv cli2 nextest ## every suite: pure, wire, node (as root), crash
	cargo nextest run --workspace --no-run
	$(if $(SUDO),$(SUDO) -v)
	$(AS_ROOT) cargo nextest run --workspace --no-fail-fast
	$(SUDO) env CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) LONGSHORE_VENV=$(VENV) PYTHONDONTWRITEBYTECODE=1 $(VENV)/bin/pytest tests

# `cargo fetch` brings the crates of every target: a build of this one leaves out those of others, and `cargo deny` reads them all.
lint: deps deny ## format, clippy, layers, file lengths, generated code, licences
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo xtask codegen --check
	cargo fetch --locked
	cargo deny --offline check bans licenses sources

bench: deps venv release ## benchmarks side by side with peers; writes docs/benchmarks.md
	@for p in $(BENCH_PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || $(SUDO) apt-get install -y --no-install-recommends $$p; done
	bench/run --prepare
	$(SUDO) env "PATH=$$PATH" "HOME=$$HOME" CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) LONGSHORE_VENV=$(VENV) bench/run --prepared

# With the one stable toolchain: without the address sanitizer, which is unstable, and which has nothing to find in what is fuzzed (`unsafe` is in other
# crates). Panics, overflows, hangs and what a target asserts are found.
fuzz: deps ## every fuzz target for a minute each (FUZZ_SECONDS); as root, since one unpacks archives
	@command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
	export CARGO_TARGET_DIR=$(CARGO_TARGET_DIR)/fuzz; \
	for target in $$(cargo fuzz list --fuzz-dir fuzz); do \
	  nice -n 10 cargo fuzz run --fuzz-dir fuzz --sanitizer none $$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -print_final_stats=1; done

# The newest of Debian's small kernels; it is unpacked beside the build and not installed.
KERNEL := $(CARGO_TARGET_DIR)/v2-kernel

test-cgroups: deps ## boots machines with cgroup v2 only and with v1 only in QEMU and runs tasks on them; not part of `make test`
	@for p in qemu-system-x86 cpio kmod binutils wget runc; do dpkg -s $$p >/dev/null 2>&1 || $(SUDO) apt-get install -qy --no-install-recommends $$p; done
	@if [ ! -d $(KERNEL)/boot ]; then mkdir -p $(KERNEL); cd $(KERNEL); \
	  apt-get download $$(apt-cache depends linux-image-cloud-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1); \
	  dpkg -x linux-image-*.deb .; fi
	cargo build --package longshore
	for version in v2 v1; do \
	  tests/cgroups.py --program $(CARGO_TARGET_DIR)/debug/longshore --kernel $(KERNEL) --cgroups $$version; done

# The agent is no package: built from github.com/aws/amazon-ecs-agent, or copied out of its image. As root, since it runs a Docker of its own.
test-agent: agent-named deps venv ## the official ECS agent with Docker against Longshore: make test-agent AGENT=/path/to/amazon-ecs-agent; not part of `make test`
	@PATH=/usr/sbin:/usr/bin:/sbin:/bin; command -v dockerd >/dev/null || { $(SUDO) apt-get update -q; \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -qy --no-install-recommends docker.io iptables; }
	cargo build --workspace --bins
	$(SUDO) env CARGO_TARGET_DIR=$(CARGO_TARGET_DIR) LONGSHORE_VENV=$(VENV) PYTHONDONTWRITEBYTECODE=1 LONGSHORE_ECS_AGENT="$(abspath $(AGENT))" \
	  $(VENV)/bin/pytest tests/official_agent.py -n 0 -vv

agent-named:
	@[ -n "$(AGENT)" ] || { echo "test-agent: name the agent's program: make test-agent AGENT=/path/to/amazon-ecs-agent" >&2; exit 2; }
	@[ -f "$(AGENT)" -a -x "$(AGENT)" ] || { echo "test-agent: $(AGENT) is not a program" >&2; exit 2; }

release:
	cargo build --release --package longshore

# The distribution's own Rust is too old on most releases; one that is there already is used as it is.
deps: ## packages of the distribution, and Rust where there is none
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then $(SUDO) apt-get update -q; DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -qy --no-install-recommends $$missing; fi
	@command -v cargo >/dev/null || curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs \
	  | sh -s -- -y --no-modify-path --profile minimal --component clippy,rustfmt --default-toolchain $(RUST)

# PyPI has version 1 only. Where the distribution has no version 2, the one test that wants it is skipped, and says so.
cli2: deps ## version 2 of the aws CLI, from the distribution
	@case "$$(apt-cache policy awscli | sed -n 's/^ *Candidate: //p')" in \
	  2.*) dpkg -s awscli >/dev/null 2>&1 || { $(SUDO) apt-get update -q; DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -qy --no-install-recommends awscli; };; esac

venv: deps ## the AWS clients, in an environment of their own
	@if [ "$$(cat $(VENV)/.versions 2>/dev/null)" != "$(PYTHON_PACKAGES)" ]; then \
	  rm -rf $(VENV); python3 -m venv $(VENV); \
	  $(VENV)/bin/pip install --quiet --disable-pip-version-check $(PYTHON_PACKAGES); \
	  echo "$(PYTHON_PACKAGES)" > $(VENV)/.versions; fi

nextest:
	@command -v cargo-nextest >/dev/null || cargo install --locked cargo-nextest

deny:
	@command -v cargo-deny >/dev/null || cargo install --locked cargo-deny

fmt: ## format everything
	cargo fmt --all

clean: ## remove what was built
	rm -rf $(CARGO_TARGET_DIR)
