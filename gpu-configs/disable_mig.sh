#!/usr/bin/env bash
# Usage: disable_mig.sh
#
# Makes a divided GPU whole again: removes all compute instances and GPU instances on it, whoever made them, and switches MIG off.
# A request to switch MIG on at the next reset is taken back.
#
#   GPU=0     index or UUID
#
# Needs root, and MIG devices that nobody uses.
# Status: 0 it is whole, 1 a change failed, 2 usage, 3 this machine cannot do it, also when the GPU has to be reset first.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"
# shellcheck source-path=SCRIPTDIR source=mig.sh
source "$(dirname "${BASH_SOURCE[0]}")/mig.sh"

(($# == 0)) || fail 2 "disable_mig.sh takes no arguments" "Try $0 --help"
read_gpu
if [[ $mig != Enabled && $mig_pending != Enabled ]]; then
    say "$gpu: MIG is off already."
    exit
fi

there=$(layout)
if [[ -n $there ]]; then
    need_idle_gpu "a MIG device cannot be removed under a process"
    mapfile -t ids < <(gpu_instances | awk '{ print $1 }')
    said=$(remove_instances "${ids[@]}")
    left=$(layout)
    [[ -z $left ]] || refused "Removing the MIG instances $left of $gpu" "$said"
    say "$gpu: removed $there."
fi

if [[ $mig == Enabled && $mig_pending == Disabled ]]; then
    said="MIG mode was in pending disable state already"
else
    said=$(smi -i "$index" -mig 0)
    read_gpu
fi
if [[ $mig == Enabled && $mig_pending == Disabled ]]; then
    fail_until_reset "$gpu leaves MIG mode at its next reset only: $(grep -m 1 -i pending <<< "$said" || last_line "$said")"
fi
[[ $mig == Disabled && $mig_pending == Disabled ]] || refused "Switching MIG off for $gpu" "$said"
say "$gpu: MIG is off. It is one device again." "Verify: nvidia-smi -i $index --query-gpu=mig.mode.current,mig.mode.pending --format=csv"
