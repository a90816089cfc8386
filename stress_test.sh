#!/usr/bin/env bash
# How many tenants does this GPU hold? Runs `gpushare stress` over the ways of sharing that this machine can do.
set -euo pipefail

usage() {
    cat << 'END'
Usage: ./stress_test.sh [OPTION …]

More and more tenants share the GPU, by time-slicing, MPS and MIG, until something breaks or more bring no more.
Runs, a summary as text and Markdown, and a picture lie in a folder of their own below results/.

  ./stress_test.sh                                      resnet-infer, in all modes that this machine can do
  ./stress_test.sh --simulate                           the same on a simulated GPU, in seconds
  ./stress_test.sh --workload bert-infer --slo p99=10ms --past-plateau
  ./stress_test.sh --mode mps,time-slicing --max 16 --out /tmp/results

Every option of `gpushare stress` is taken; `./gpushare stress --help` lists them.
Exit status: 0 answered, 1 not even one tenant worked, 2 usage, 3 this machine cannot do it (without a GPU: add
--simulate), 4 a step or a mode could not be judged, 130 interrupted.
END
}

modes=(--mode all)
for argument in "$@"; do
    case $argument in
        -h | --help) usage; exit ;;
        --mode | --mode=*) modes=() ;;
    esac
done
exec "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/gpushare" stress "${modes[@]}" "$@"
