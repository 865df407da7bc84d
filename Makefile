# The commands of the README. Each sets up what it needs.

.PHONY: run test bench pictures format lint clean

# Tests that watch a real terminal run by themselves: they wait for what is to be seen.
REAL = ^(ProgramTests|TerminalTests|HouseTests)
TEST = SWIFT_BACKTRACE=interactive=no swift test --skip-build --disable-xctest

SWIFT_FILES = Package.swift Sources Tests

run:
	@.ci/set-up swift ncurses
	@if [ ! -x .build/release/pbftscope ]; then echo "pbftscope: the first build takes a few minutes …"; else echo "pbftscope: building …"; fi
	@swift build -c release --product pbftscope
	@exec .build/release/pbftscope

test:
	@.ci/set-up swift ncurses tmux
	@echo "pbftscope: building all tests; the first time this takes a few minutes …"
	@swift build --build-tests
	@echo "pbftscope: running the tests of the rooms …"
	@$(TEST) --skip '$(REAL)'
	@echo "pbftscope: running the tests in a real terminal …"
	@$(TEST) --filter '$(REAL)'

bench:
	@.ci/set-up swift ncurses
	@swift build -c release --product pbftscope
	@.build/release/pbftscope bench

pictures:
	@.ci/set-up swift ncurses
	@swift build -c release --product pbftscope
	@grep -v '^#' demos/pictures/list | while read -r name arguments; do \
	  echo "demos/pictures/$$name.svg"; \
	  eval ".build/release/pbftscope shot $$arguments -o demos/pictures/$$name.svg" || exit 1; \
	done

format:
	@swift format --in-place --recursive $(SWIFT_FILES)

lint:
	@swift format lint --strict --recursive $(SWIFT_FILES)

clean:
	@swift package clean
