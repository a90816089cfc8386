#!/usr/bin/env bash
# Usage: setup_mig.sh [profile] [instances]
#
# Divides a GPU: switches MIG on and creates [instances] of one [profile], each with a compute instance of all of it. The profile
# is the smallest that the card offers, and instances as many as fit, unless told otherwise. Names differ by card:
#
#   nvidia-smi mig -lgip
#
# On stdout it prints the UUIDs of the MIG devices, a line each: one for CUDA_VISIBLE_DEVICES of each program. They are new
# after every creation.
#
#   GPU=0     index or UUID
#
# Needs root, and a GPU that nobody uses. If anything fails, what this created is removed again, and MIG is switched off if this
# switched it on. Instances are gone after a reboot; the mode too, but for A100 and A30. Several profiles: gpushare mode apply.
# Status: 0 it is so, 1 a change failed, 2 usage, 3 this machine cannot do it, also when the GPU has to be reset first.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"
# shellcheck source-path=SCRIPTDIR source=mig.sh
source "$(dirname "${BASH_SOURCE[0]}")/mig.sh"

(($# <= 2)) || fail 2 "setup_mig.sh takes a profile and a number of instances" "Try $0 --help"
profile=${1:-}
count=${2:-}
[[ -z $profile || $profile =~ ^[0-9]+g\.[0-9]+gb([+-][a-z.]+)*$ ]] \
    || fail 2 "'$profile' is no MIG profile; they look like 1g.18gb" "Those of this card: nvidia-smi mig -lgip"
[[ -z $count || $count =~ ^[1-9]$ ]] || fail 2 "instances are a number from 1 to 9, not '$count'"

read_gpu
need_mig
offered=$(profiles)
[[ -n $offered ]] || fail 1 "$gpu lists no MIG profiles: $(last_line "$(smi mig -i "$index" -lgip)")"
if [[ -z $profile ]]; then
    # By slices, then by memory; those with extras like +me are for special needs.
    profile=$(awk '$1 !~ /[+-]/ { print $1 }' <<< "$offered" | sort -t g -k 1,1n -k 2.2,2n | head -n 1)
fi
most=$(awk -v profile="$profile" '$1 == profile { print $2 }' <<< "$offered")
[[ -n $most ]] \
    || fail 3 "$gpu has no MIG profile $profile" "It offers $(awk '{ print $1 " (" $2 ")" }' <<< "$offered" | paste -sd , | sed 's/,/, /g')."
count=${count:-$most}
((count <= most)) || fail 3 "$gpu has room for $most × $profile, not for $count" "Ask for $most or fewer: $0 $profile $most"

# Whether there are that many of that profile, nothing else, and each has a compute instance of all of it.
is_as_wanted() {
    local instances devices
    instances=$(gpu_instances)
    devices=$(compute_instances)
    [[ $(awk -v profile="$profile" '$2 == profile' <<< "$instances" | grep -c .) == "$count" ]] \
        && [[ $(grep -c . <<< "$instances") == "$count" && $(grep -c . <<< "$devices") == "$count" ]] \
        && [[ $(awk -v profile="$profile" '$3 == profile { print $1 }' <<< "$devices" | sort -u | grep -c .) == "$count" ]]
}

answer() {
    say "Verify: nvidia-smi mig -lgi -i $index; nvidia-smi -L" "Undo: sudo GPU=$index ${0%/*}/disable_mig.sh"
    mig_devices
}

if [[ $mig == Enabled && $mig_pending == Disabled ]]; then
    fail_until_reset "$gpu leaves MIG mode at its next reset" \
        "To take that back: sudo nvidia-smi -i $index -mig 1"
fi
if [[ $mig == Disabled && $mig_pending == Enabled ]]; then
    fail_until_reset "$gpu goes into MIG mode at its next reset, and cannot be divided before" \
        "Then run this again. To take the request back: sudo GPU=$index ${0%/*}/disable_mig.sh"
fi
if [[ $mig == Enabled ]]; then
    if is_as_wanted; then
        say "$gpu is divided into $count × $profile already."
        answer
        exit
    fi
    there=$(layout)
    [[ -z $there ]] || fail 3 "$gpu is divided already, into $there" \
        "What others made is not removed unasked. Remove it first: sudo GPU=$index ${0%/*}/disable_mig.sh"
fi

# Nothing was there before, so all that is there when something fails is from here.
switched=
created=
finish() {
    local status=$? ids
    trap - EXIT
    if [[ -n $created ]]; then
        mapfile -t ids < <(gpu_instances | awk '{ print $1 }')
        remove_instances "${ids[@]}" > /dev/null
        if [[ -z $(gpu_instances) ]]; then
            say "       What had been created was removed again."
        else
            say "       Still there, and not removable: $(layout)"
        fi
    fi
    if [[ -n $switched ]]; then
        smi -i "$index" -mig 0 > /dev/null
        read_gpu
        if [[ $mig == Disabled && $mig_pending == Disabled ]]; then
            say "       MIG was switched off again."
        else
            say "       MIG could not be switched off again: it is $mig, after a reset $mig_pending."
        fi
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [[ $mig == Disabled ]]; then
    need_idle_gpu "MIG cannot be switched on under a process"
    switched=1
    said=$(smi -i "$index" -mig 1)
    read_gpu
    if [[ $mig == Disabled && $mig_pending == Enabled ]]; then
        # Nothing changed yet, and the reset is the user's to make: the request stays.
        switched=
        fail_until_reset "$gpu goes into MIG mode at its next reset only: $(grep -m 1 -i pending <<< "$said" || last_line "$said")" \
            "Then run this again. To take the request back: sudo GPU=$index ${0%/*}/disable_mig.sh"
    fi
    if [[ $mig == Disabled ]]; then
        switched=
        refused "Switching MIG on for $gpu" "$said"
    fi
    say "$gpu: switched MIG on."
fi

wanted=$(printf ",$profile%.0s" $(seq "$count"))
created=1
said=$(smi mig -i "$index" -cgi "${wanted#,}" -C)
is_as_wanted || refused "Creating $count × $profile on $gpu" "$said" \
    "GPU instances that are there now: $(gpu_instances | grep -c .), compute instances: $(compute_instances | grep -c .)"
created=
switched=
say "$gpu: created $count × $profile."
answer
