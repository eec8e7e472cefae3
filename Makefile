# Each target's line after ## is what `make` prints.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

comma   := ,
QUIET   := -B -ntp -Dstyle.color=never
MVN     := scripts/mvn.sh $(QUIET)
# tests start both programs often enough for a cache of their classes to pay
TRAIN   := -Dtrained=true
# of what Maven says, the tests it runs, their counts, warnings and errors
LOG     := -Dorg.slf4j.simpleLogger
TESTS_ONLY := $(LOG).defaultLogLevel=warn \
	$(LOG).log.org.apache.maven.plugin.surefire=info $(LOG).log.org.apache.maven.plugin.failsafe=info

# with the name of one of the system tests behind it: that one alone
ALONE   := $(MVN) -q -pl system-tests -am verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
	-Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=

COMPOSE := docker compose -f docker-compose-dev.yaml

JARS    := central/target/central.jar agency/target/agency.jar local/target/local.jar
# both programs unpacked, with what Java remembers of a short job: half the start-up time for make run
TRAINED := target/programs/trained
# a PostgreSQL out of a jar, which several centrals share
DATABASE := database/target/dependency/complete
BENCH   := bench/target/bench.jar
# where Maven keeps what it has fetched, unless its settings say otherwise
REPOSITORY := $(HOME)/.m2/repository
# what a jar is made of; a change of anything else needs no build
SOURCES := pom.xml $(shell find protocol central agency local \( -path '*/src/main/*' -o -name pom.xml \) -type f 2>/dev/null)
BENCHED := $(SOURCES) $(shell find bench \( -path '*/src/main/*' -o -name pom.xml \) -type f 2>/dev/null)

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: run
run: ## the whole job without Docker (AGENCIES= DIALECT=name|all DATA= BATCH= CENTRALS=)
	@scripts/run-local.sh

.PHONY: test
test: ## check everything: format, warnings, unit, integration, architecture and end-to-end tests
	@scripts/make-test.sh $(QUIET) $(TESTS_ONLY) $(TRAIN) verify

# how often a long run makes each fault; the name is that of the count in the tests
TORTURE := central-kills=300 agency-kills=200 central-stops=100 cuts=1000000 late=20 frozen-seconds=30 twice-at-once=10 \
	power-cuts=100 flips=1000 power-cuts-after-kills=8 mutated-messages=1000000 \
	shared-jobs=120 shared-central-kills=100 database-restarts=30 failovers=10 patroni-failovers=5 \
	damages=300 torn-writes=300 flips-in-the-last-group=600 absent-standby=50

.PHONY: torture
torture: ## make faults hundreds of times and print a table of what was lost and stored twice (takes an hour)
	@rm -f */target/torture.txt
	@code=0; $(MVN) $(TESTS_ONLY) $(TRAIN) -pl protocol,database,central,agency,local,system-tests verify -Dgroups=fault \
		$(addprefix -Dtorture.,$(TORTURE)) || code=$$?; \
	printf '%-52s %6s %6s %6s\n' fault runs lost twice; \
	sort -n */target/torture.txt; \
	exit $$code

.PHONY: fuzz
fuzz: ## give every decoder to a fuzzer, ten minutes each (SECONDS_EACH= DECODERS=lines-central,...)
	@scripts/fuzz.sh $(or $(SECONDS_EACH),600) $(subst $(comma), ,$(DECODERS))

.PHONY: build
build: $(TRAINED) ## central/target/central.jar and agency/target/agency.jar, without the tests

# One run of Maven makes them all. The second rule is for the day when only one of the others is deleted.
central/target/central.jar: $(SOURCES)
	@test -d $(REPOSITORY)/org/springframework/boot && echo "building the central and the agency" || \
		echo "building the central and the agency: the first time Maven fetches some 300 MB for it, which takes minutes"
	@$(MVN) -q -pl central,agency,local -am package -DskipTests
	@ls $(JARS) >/dev/null
	@touch $(JARS)

agency/target/agency.jar local/target/local.jar: central/target/central.jar
	@test -f $@ || $(MVN) -q -pl $(firstword $(subst /, ,$@)) -am package -DskipTests
	@touch $@

# Without its cache a program starts all the same: what keeps Java from writing one is said, and nothing waits for it.
$(TRAINED): $(JARS)
	@echo "training the central and the agency, so that they start faster"
	@rm -rf $(@D) && mkdir -p $(@D)
	@java=$$(scripts/java25.sh) && for program in central agency; do \
		"$$java" -Djarmode=tools -jar $$program/target/$$program.jar extract --destination $(@D)/$$program || exit; done && \
		{ "$$java" -cp local/target/local.jar loteria.local.Train $(@D) >$(@D)/training.log 2>&1 || \
		{ rm -f $(@D)/*/*.aot; echo "they were not trained, and start slower; why: $(@D)/training.log"; }; }
	@touch $@

.PHONY: database
database: $(DATABASE)

$(DATABASE): database/pom.xml $(shell find database/src/main -type f 2>/dev/null)
	@test -d $(REPOSITORY)/io/zonky/test || echo "fetching a PostgreSQL, some 160 MB"
	@$(MVN) -q -pl database package dependency:copy-dependencies -DskipTests -DincludeScope=runtime
	@touch $@

# Maven makes the central's jar again on the way, from what it was made of before: it keeps its time, and what depends on it
$(BENCH): $(BENCHED) | $(TRAINED)
	@echo "building what measures"
	@mkdir -p $(@D) && touch -r central/target/central.jar $@.time
	@$(MVN) -q -pl bench -am package -DskipTests
	@touch -r $@.time central/target/central.jar && touch $@

# NAME=value of make as options of the command; --help of it says what they mean
MEASURED = $(if $(ONLY),--only=$(ONLY)) $(if $(CENTRAL),--central=$(CENTRAL)) $(if $(VERSUS),--versus=$(VERSUS)) \
	$(if $(ROUNDS),--rounds=$(ROUNDS)) $(BENCH_OPTIONS)
# it uses what Java warns of
FOR_JMH  = --sun-misc-unsafe-memory-access=allow

.PHONY: bench
bench: $(TRAINED) $(BENCH) ## measure beside Redis, PostgreSQL and a file, five minutes (ONLY=name,... CENTRAL= VERSUS=jar ROUNDS=)
	@java=$$(scripts/java25.sh --jdk) && exec "$$java" $(FOR_JMH) -cp $(BENCH) loteria.bench.Bench $(MEASURED)

.PHONY: load
load: $(TRAINED) $(BENCH) ## one load of any shape against a central (LOAD_OPTIONS=, among them --help)
	@java=$$(scripts/java25.sh --jdk) && exec "$$java" -cp $(BENCH) loteria.bench.Load $(LOAD_OPTIONS)

.PHONY: bench-all
bench-all: $(TRAINED) $(BENCH) ## measure everything three times, and write docs/performance.md (half an hour; twice that with VERSUS=)
	@java=$$(scripts/java25.sh --jdk) && exec "$$java" $(FOR_JMH) -cp $(BENCH) loteria.bench.Bench --all --docs=docs $(MEASURED)

.PHONY: data
data: local/target/local.jar ## write .data/agency-<n>.csv: .data/dataset.zip or invented (AGENCIES= BETS=n|n,n,... SEED= FORCE=1)
	@java=$$(scripts/java25.sh) && "$$java" -cp local/target/local.jar loteria.local.data.MakeData --directory=.data \
		$(if $(AGENCIES),'--agencies=$(AGENCIES)') $(if $(BETS),'--bets=$(BETS)') $(if $(SEED),'--seed=$(SEED)') \
		$(if $(filter 1,$(FORCE)),--force)

.PHONY: pictures
pictures: ## take the pictures of the live page anew, in Chromium (docs/images/)
	@$(ALONE)PagePictures
	@ls -l docs/images

.PHONY: page-cost
page-cost: ## measure what the live page of a thousand agencies costs Chromium: first paint, memory (MINUTES=)
	@$(ALONE)PageCost -Dminutes=$(or $(MINUTES),10)

.PHONY: certs
certs: local/target/local.jar ## write certs/: a private authority, the central's certificate and the agencies' (AGENCIES= NAMES=host,... DAYS= FORCE=1)
	@java=$$(scripts/java25.sh) && "$$java" -cp local/target/local.jar loteria.local.certificates.MakeCertificates \
		--directory=certs $(if $(AGENCIES),'--agencies=$(AGENCIES)') $(if $(NAMES),'--names=$(NAMES)') \
		$(if $(DAYS),'--days=$(DAYS)') $(if $(filter 1,$(FORCE)),--force)

.PHONY: docker-image
docker-image: ## build the images server:latest and client:latest
	docker build -f docker/Dockerfile --target server -t server:latest .
	docker build -f docker/Dockerfile --target agency -t client:latest .

.PHONY: docker-compose-up
docker-compose-up: ## build what changed and start everything of docker-compose-dev.yaml in the background
	$(COMPOSE) up -d --build --remove-orphans

.PHONY: docker-compose-down
docker-compose-down: ## stop it (10 s are enough) and remove what it made, but for the store
	$(COMPOSE) stop -t 10
	$(COMPOSE) down --remove-orphans

.PHONY: docker-compose-new-draw
docker-compose-new-draw: ## put the store's draw aside in a directory of its own there, and start again with an empty store
	@scripts/new-draw.sh docker-compose-dev.yaml

.PHONY: docker-compose-logs
docker-compose-logs: ## follow its logs
	$(COMPOSE) logs -f
