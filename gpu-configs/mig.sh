# shellcheck shell=bash disable=SC2154  # index, uuid, gpu and the modes are set by read_gpu
# What setup_mig.sh and disable_mig.sh share, on top of gpu.sh: reading how a GPU is divided.

# A line each: id, profile, start:size.
gpu_instances() {
    smi mig -i "$index" -lgi | awk -v gpu="$index" '$2 == gpu && $3 == "MIG" { print $6, $4, $7 }'
}

# A line each: id of the GPU instance, id, profile.
compute_instances() {
    smi mig -i "$index" -lci | awk -v gpu="$index" '$2 == gpu && $4 == "MIG" { print $3, $7, $5 }'
}

# A line each: name, how many fit into an undivided GPU.
profiles() {
    smi mig -i "$index" -lgip | awk -v gpu="$index" '$2 == gpu && $3 == "MIG" { split($6, count, "/"); print $4, count[2] }'
}

# UUIDs, a line each: what CUDA_VISIBLE_DEVICES takes.
mig_devices() {
    smi -L | awk -v uuid="$uuid" '/^GPU/ { ours = index($0, uuid) } ours' | grep -o 'MIG-[^)]*' || true
}

# As in: 1 × 3g.71gb, 4 × 1g.18gb
layout() {
    gpu_instances | awk '{ print $2 }' | sort -r | uniq -c | awk '{ print $1 " × " $2 }' | paste -sd , | sed 's/,/, /g'
}

need_mig() {
    [[ $mig == Enabled || $mig == Disabled ]] \
        || fail 3 "$gpu cannot be divided: it has no MIG" "Cards with MIG: A30, A100, H100, H200, B200 and others of these families."
}

# Usage: fail_until_reset SENTENCE ADVICE …
fail_until_reset() {
    local sentence=$1
    shift
    fail 3 "$sentence" "Stop all who use it, also nvidia-persistenced and dcgm, then: sudo nvidia-smi --gpu-reset -i $index" \
        "Where a reset is not possible, as in many virtual machines, reboot." "$@"
}

# Usage: remove_instances ID …   With their compute instances. What is left is for the caller to read.
remove_instances() {
    local id
    for id; do
        smi mig -i "$index" -dci -gi "$id" || true
        smi mig -i "$index" -dgi -gi "$id" || true
    done
}
