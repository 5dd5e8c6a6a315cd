# 园融通 Yuanrongtong: all a person needs to run it and to change it. `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test check setup setup-run bench demo words migrate campaign mutants guides system-run system-test
.NOTPARALLEL:

BIN := .venv/bin
BABEL := $(BIN)/pybabel --quiet
MESSAGES := $(patsubst %.po,%.mo,$(wildcard financing/locale/*/LC_MESSAGES/yuanrong.po))
# SYSTEM=ready: the system packages are there already, look no further (not Debian, or no right to install).
SYSTEM ?= install

help: ## 列出全部命令 | list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name says; do printf '  make %-9s %s\n' "$$name" "$$says"; done

run: setup-run ## 安装所缺、建库、填入演示园区并启动 | install what is missing, fill a demo zone, serve
	@$(BIN)/yuanrong migrate
	@$(BIN)/yuanrong demo --if-empty
	@$(BIN)/yuanrong serve

test: check ## 安装全部工具并运行整套检查与测试 | install every tool, run the whole gate
	@$(BIN)/pytest -n 2 --dist loadgroup

check: setup ## 格式、规范、类型、依赖方向、译文、迁移 | format, lint, types, imports, words, migrations
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/lint-imports --no-cache && $(BIN)/python setup/words.py && $(BIN)/yuanrong migrate --check; others=$$?; \
	wait $$types && exit $$others

setup: system-test .venv/test.stamp web/static/vendor/stamp reports/print/fonts/stamp $(MESSAGES) ## 安装开发与测试所需 | install what development and tests need
setup-run: system-run .venv/run.stamp web/static/vendor/stamp reports/print/fonts/stamp $(MESSAGES)

demo: setup-run ## 把演示园区重新填入空库 | fill an empty database with the demo zone
	@$(BIN)/yuanrong demo

migrate: setup-run ## 把数据库升级到当前版本 | bring the database to the current version
	@$(BIN)/yuanrong migrate

words: setup ## 抽取、更新并编译译文 | extract, update and compile translations
	@mkdir -p build
	@$(BABEL) extract --mapping-file setup/babel.cfg --no-location --sort-output --project yuanrong --copyright-holder "Yuanrongtong" --output build/yuanrong.pot financing reports web
	@$(BABEL) update --input-file build/yuanrong.pot --output-dir financing/locale --domain yuanrong --locale en --init-missing --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BABEL) compile --directory financing/locale --domain yuanrong

bench: setup ## 跑全部性能图表，每行一个 JSON；ONLY=score 只跑一组 | run the figures, one JSON object per line
	@$(BIN)/python bench/run.py $(ONLY)

campaign: setup ## 长时间大次数验证，结果写入 docs/assurance.md；GOAL="G-10 G-14" 只跑几项 | long runs with large counts, written to docs/assurance.md
	@$(BIN)/python setup/campaign.py $(GOAL)

# COUNT=300 SEED=1: how many faults, and which draw of them.
COUNT ?= 300
SEED ?= 1
mutants: setup ## 变异测试：在 scoring/ 里逐个改错一处，测试必须发现 | small faults in scoring/, each of which the tests must notice
	@$(BIN)/python setup/mutants.py --count $(COUNT) --seed $(SEED)

guides: setup ## 为使用指南重新拍摄页面图 | take the pictures of the guides anew
	@GUIDES=take $(BIN)/pytest -q -n 0 tests/journeys/test_guides.py

system-run system-test: system-%:
	@[ "$(SYSTEM)" = ready ] || sh setup/system-packages.sh $*

.venv/test.stamp: uv.lock pyproject.toml setup/python.sh setup/browser.sh
	@sh setup/python.sh test
	@sh setup/browser.sh
	@touch .venv/run.stamp $@

.venv/run.stamp: uv.lock pyproject.toml setup/python.sh
	@sh setup/python.sh run
	@touch $@

web/static/vendor/stamp: web/package-lock.json web/vendor.py web/icons.txt setup/front-end.sh
	@sh setup/front-end.sh
	@touch $@

reports/print/fonts/stamp: reports/faces.py reports/fonts.py setup/fonts.sh
	@sh setup/fonts.sh

%.mo: %.po
	@$(BABEL) compile --input-file $< --output-file $@
