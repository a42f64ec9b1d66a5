# make run    a demonstration at http://127.0.0.1:8080
# make check  what to run before each commit: a few minutes
# make test   everything, on a machine that has, or may install, Chromium and PostgreSQL; a skipped test counts as failed
#
# vet, staticcheck and the tests all compile with the same flags, so that SQLite, which takes more than a minute, is
# compiled once for all of them.

SHELL       := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

# The program names the commit that it was built from, where there is one to name.
VCS   := $(shell git rev-parse HEAD >/dev/null 2>&1 && echo auto || echo false)
# SQLite does without counting its memory, and keeps more small pieces of it for each connection: some 4 % less time. A statement is planned
# once and not anew for each value (QPSG): a quarter less time for lists.
export CGO_CFLAGS ?= -O3 -g -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_DEFAULT_LOOKASIDE=1200,200 -DSQLITE_ENABLE_QPSG
TESTS := GOFLAGS='-race -buildvcs=false' CGO_ENABLED=1
TOOLS := GOFLAGS='-buildvcs=false'

.PHONY: run build assets check test packages clean

run: build
	@RESILIENCE_DEMONSTRATION=true RESILIENCE_DATABASE=var/demo.db RESILIENCE_SHUTDOWN_SECONDS=2 RESILIENCE_LOG_LEVEL=warn exec bin/resilience serve

build: assets
	go build -buildvcs=$(VCS) -ldflags '-s -w' -o bin/resilience ./cmd/resilience

# Style sheets and scripts, built anew when their sources changed.
assets: static/dist/app.css

static/dist/app.css: static/node_modules/.package-lock.json static/build.mjs $(wildcard static/css/*.css static/js/*.js static/images/*)
	npm --prefix static run --silent build
	@touch $@

static/node_modules/.package-lock.json: static/package-lock.json
	npm --prefix static ci --no-audit --no-fund --loglevel=error
	@touch $@

bin/staticcheck: .ci/tools/go.sum
	$(TOOLS) go build -C .ci/tools -o ../../$@ honnef.co/go/tools/cmd/staticcheck

bin/totals: .ci/tools/totals/main.go
	$(TOOLS) go build -C .ci/tools -o ../../$@ ./totals

check: assets bin/staticcheck
	$(TOOLS) .ci/generated
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go')); if [ -n "$$unformatted" ]; then echo "run gofmt -w on: $$unformatted"; exit 1; fi
	$(TESTS) go vet ./...
	$(TESTS) bin/staticcheck ./...
	$(TESTS) go test -short ./...

test: packages assets bin/totals
	$(TESTS) go vet ./...
	@{ $(TESTS) RESILIENCE_TEST_REQUIRED=1 go test -json -timeout 90m ./... || true; \
	   $(TOOLS) go test -C .ci/tools -count=1 -json ./... || true; } | bin/totals

# What the tests need beside Go, Node and a C compiler.
packages:
	@.ci/packages

clean:
	rm -rf bin static/dist/* static/node_modules
