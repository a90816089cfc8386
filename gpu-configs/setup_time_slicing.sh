#!/usr/bin/env bash
# Usage: setup_time_slicing.sh [replicas]
#
# Lets processes take turns on a GPU: compute mode default, and the time slice that QUANTUM names. That is what the driver does
# unless told otherwise, so often there is nothing to change.
#
# With [replicas] it prints, on stdout, the configuration by which the Kubernetes device plugin offers the GPU that many
# times. Replicas are not shares: they limit neither memory nor time, and two of them for one pod are not twice as fast.
#
#   GPU=0                index or UUID
#   QUANTUM=default      or short, medium, long: how long a process keeps the GPU before it is another's turn
#
#   sudo QUANTUM=long setup_time_slicing.sh
#   setup_time_slicing.sh 4 > time-slicing.yaml
#
# Changes need root. Both settings are the driver's, and are gone after a reboot.
# Status: 0 it is so, 1 a change failed, 2 usage, 3 this machine cannot do it.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"

replicas=${1:-}
(($# <= 1)) || fail 2 "setup_time_slicing.sh takes one argument, the replicas" "Try $0 --help"
[[ -z $replicas || $replicas =~ ^([2-9]|[1-9][0-9]{1,2})$ ]] || fail 2 "replicas are a number from 2 to 999, not '$replicas'"
wanted=${QUANTUM:-default}

# By which nvidia-smi takes it.
number_of() {
    case $1 in
        default) echo 0 ;;
        short) echo 1 ;;
        medium) echo 2 ;;
        long) echo 3 ;;
        *) return 1 ;;
    esac
}
number_of "$wanted" > /dev/null || fail 2 "QUANTUM is default, short, medium or long, not '$wanted'"

# As nvidia-smi shows it, in small letters; empty where it shows none.
time_slice() {
    smi compute-policy -l -i "$index" | awk -v gpu="$index" '$2 == gpu && $3 == "Timeslice" { print tolower($4) }'
}

read_gpu
need_whole_gpu time-slicing
if mps_runs; then
    fail 3 "an MPS daemon runs in $pipe_directory: programs would go through it, and not take turns" \
        "End it first: CUDA_MPS_PIPE_DIRECTORY=$pipe_directory ${0%/*}/disable_mps.sh"
fi

before=$(time_slice)
if [[ -z $before && $wanted != default ]]; then
    fail 3 "$gpu has no time slice that could be set: $(last_line "$(smi compute-policy -l -i "$index")")" \
        "Leave QUANTUM away to share it as it is."
fi
slice_set=
if [[ -z $before ]]; then
    say "$gpu: the time slice is the default; this driver or card has no other."
elif [[ $before == "$wanted" ]]; then
    say "$gpu: the time slice is $wanted already."
else
    said=$(smi compute-policy -i "$index" --set-timeslice "$(number_of "$wanted")")
    [[ $(time_slice) == "$wanted" ]] || refused "Setting the time slice of $gpu to $wanted" "$said"
    slice_set=1
    say "$gpu: set the time slice from $before to $wanted."
fi

if [[ $compute_mode == Default ]]; then
    say "$gpu: the compute mode is default already."
else
    mode_before=$compute_mode
    said=$(smi -i "$index" -c DEFAULT)
    read_gpu
    if [[ $compute_mode != Default ]]; then
        if [[ -n $slice_set ]]; then
            smi compute-policy -i "$index" --set-timeslice "$(number_of "$before")" > /dev/null
            say "$gpu: the time slice is $(time_slice) again."
        fi
        refused "Setting the compute mode of $gpu to default" "$said"
    fi
    say "$gpu: set the compute mode from $mode_before to default."
fi

say "Verify: nvidia-smi compute-policy -l -i $index; nvidia-smi -i $index --query-gpu=compute_mode --format=csv"
[[ -n $replicas ]] || exit 0
say "$replicas pods can share $gpu, without limits between them. Below, the configuration for the Kubernetes device plugin."
cat << YAML
# For NVIDIA's device plugin for Kubernetes, as its configuration file or ConfigMap. It offers each GPU of a node $replicas times.
# Replicas are not shares: they limit neither memory nor time.
version: v1
sharing:
  timeSlicing:
    failRequestsGreaterThanOne: true
    resources:
      - name: nvidia.com/gpu
        replicas: $replicas
YAML
