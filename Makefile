# Each target's line of help follows two hashes.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help build evaluate test test-cluster verify generate demo measure dist image faults kills crashes trials bench cache storm nodeloss judge churn

CONFIGURATION ?= Debug
ARGS ?=
CASES ?= tests/golden

help: ## say what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

build: ## compile everything, warnings are errors
	@dotnet build Operator.sln -c $(CONFIGURATION) -v q -nologo

test: build ## run every test; the last line is the sum
	@tests/run.sh $(CONFIGURATION)

test-cluster: ## run what a real cluster can answer on that of KUBECONFIG=..., in namespaces that are removed again
	@KUBECONFIG='$(KUBECONFIG)' tests/cluster.sh $(CONFIGURATION)

verify: ## fail when a generated file differs from the code
	@dotnet run --project operator/Firstline.Generate -- --verify .

generate: ## write crds/ and the generated part of config/ from the code
	@dotnet run --project operator/Firstline.Generate -- .

demo: ## break things and watch them being fixed, no cluster needed; ARGS=--once ends by itself
	@dotnet run --project operator/Firstline.Cli -c Release -- demo $(ARGS)

measure: ## print the table of code measures with our targets
	@dotnet run --project tests/Firstline.Measure -- .

dist: ## write dist/install.yaml, config/default as a single file; IMAGE=registry.example/firstline-operator:0.1.0 names the image in it, OVERLAY=observe-only takes that of config/overlays
	@operator/tools/dist.sh '$(IMAGE)' '$(OVERLAY)'

image: ## build the operator's container image, no container engine needed, and push it; IMAGE=registry.example/firstline-operator:0.1.0
	@operator/tools/image.sh '$(IMAGE)'

evaluate: ## run the operator on the incidents in CASES=tests/golden and print how right it is
	@dotnet run --project operator/Firstline.Cli -c Release -- evaluate '$(CASES)' $(ARGS)

faults: ## play 1,000 seeded schedules of network and server faults; ARGS="RUNS FIRST-SEED" for others
	@dotnet run --project tests/Firstline.Faults -c Release -- $(if $(ARGS),$(ARGS),1000)

kills: ## kill the leader of two operators 50 times in the middle of its work; ARGS="KILLS SEED" for others
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- kills $(ARGS)

crashes: ## kill the operator before and after every request that it makes, in seven troubles, five of them approved by two people; ARGS="POINTS SEED" for some of the points
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- crashes $(ARGS)

trials: ## play the troubles of `make crashes` under server faults, clocks that jump an hour, two operators and new starts of the API server; ARGS="ROUNDS SEED"
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- trials $(ARGS)

bench: ## measure start, detection, L1 patch, writes and memory of the operator as a process of its own, and hold them against their bars; ARGS="RUNS" for more than 20
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- $(if $(ARGS),$(ARGS),20)

cache: ## measure memory, sync time and allocation of the cache of 10,000 and 50,000 pods beside one of whole objects; ARGS="PODS..." for other sizes, ARGS="--kubeconfig FILE PODS" for sync time on a real API server
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- cache $(ARGS)

storm: ## send 10,000 alerts over 200 causes within a minute; ARGS="ALERTS CAUSES SECONDS" for others
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- storm $(ARGS)

nodeloss: ## lose a node with 250 pods of 50 workloads: one incident holds them all; ARGS="PODS WORKLOADS" for others
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- nodeloss $(ARGS)

judge: ## count what an event of a pod costs in clusters of 1,000, 10,000 and 50,000 pods; ARGS="PODS..." for other sizes
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- judge $(ARGS)

churn: ## play a day of rollouts, scalings, drains and Jobs in a cluster of 500 workloads: no incident; ARGS="WORKLOADS HOURS SPEED SEED" for others
	@dotnet run --project tests/Firstline.Benchmarks -c Release -- churn $(ARGS)
