#!/usr/bin/env bash
# How should this GPU be shared? Measures each workload alone and in every way of sharing that this machine can do.
set -euo pipefail

usage() {
    cat << 'END'
Usage: ./run_experiments.sh [--minutes N] [OPTION …]

Each workload alone, then 1, 2, 4 and 8 tenants of it by time-slicing, MPS and MIG, in rounds, sampled, and analysed:
a report, a page and pictures lie beside the runs below results/ at the end. The same command goes on where an
earlier one ended, however it ended.

  ./run_experiments.sh                                   30 minutes of it, in all modes that this machine can do
  ./run_experiments.sh --simulate                        the same on a simulated GPU, in less than a minute
  ./run_experiments.sh --minutes 20 --modes time-slicing,mps --workloads 2,4
  ./run_experiments.sh --workload resnet-infer --workload stream --slo resnet-infer.p99=10ms

  --minutes N   how long it may last; no run is begun that would end later. Default: 30.

Every option of `gpushare sweep` is taken; `./gpushare sweep --help` lists them.
Exit status: 0 done, 1 no run counts, 2 usage, 3 this machine cannot do it (without a GPU: add --simulate), 4 some
runs failed, 130 interrupted.
END
}

within=30m
options=()
while (($# > 0)); do
    case $1 in
        -h | --help) usage; exit ;;
        --minutes) within=${2:?--minutes needs a number}m; shift ;;
        --minutes=*) within=${1#*=}m ;;
        *) options+=("$1") ;;
    esac
    shift
done
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/gpushare" sweep experiments --within "$within" "${options[@]}"
