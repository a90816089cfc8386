#!/usr/bin/env bash
# Usage: enable_mps.sh [thread_percentage] [pinned_mem_limit_mb]
#
# Starts an MPS daemon for a GPU, so that kernels of several processes run side by side. Its settings hold for clients that
# start afterwards: [thread_percentage] of the SMs, 1 to 100, and [pinned_mem_limit_mb] MiB of device memory for each.
# On stdout it prints the line that makes a shell's programs clients:
#
#   eval "$(enable_mps.sh 25 4096)"
#
#   GPU=0                                       index or UUID
#   CUDA_MPS_PIPE_DIRECTORY=/tmp/nvidia-mps     where daemon and clients meet
#   CUDA_MPS_LOG_DIRECTORY                      /var/log/nvidia-mps for root; else the pipe directory with -log at its end
#   ALLOW_BUSY=1                                although processes use the GPU, which stay outside MPS until they start again
#
# Root is not needed: the daemon serves the user who starts it. One user at a time: clients of another wait for the first
# user's to leave. The default pipe directory is special: NVIDIA's container toolkit mounts it into every GPU container.
# Status: 0 it runs, 1 it failed, 2 usage, 3 this machine cannot do it.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"

(($# <= 2)) || fail 2 "enable_mps.sh takes a thread percentage and a memory limit" "Try $0 --help"
percentage=${1:-}
limit=${2:-}
[[ -z $percentage || $percentage =~ ^([1-9][0-9]?|100)$ ]] \
    || fail 2 "a thread percentage is a whole number from 1 to 100, not '$percentage'"
[[ -z $limit || $limit =~ ^[1-9][0-9]{0,8}$ ]] || fail 2 "a memory limit is a number of MiB, not '$limit'"
# The longest that the daemon makes in it.
longest_socket=$pipe_directory/control_privileged
((${#longest_socket} <= 107)) \
    || fail 2 "the path $pipe_directory is too long: the path of a socket ends at 107 bytes" "Choose a shorter CUDA_MPS_PIPE_DIRECTORY."

log_directory=${CUDA_MPS_LOG_DIRECTORY:-$( ((EUID == 0)) && echo /var/log/nvidia-mps || echo "$pipe_directory-log")}

percentage_now() {
    local answer
    answer=$(mps get_default_active_thread_percentage) || true
    printf '%s' "${answer%.0}"
}

# As 2G; N/A where there is no limit.
limit_now() {
    local answer
    answer=$(mps get_default_device_pinned_mem_limit 0) || true
    printf '%s' "$answer"
}

percentage_is() { [[ $1 == "$percentage" ]]; }

# The daemon answers in the largest unit that it finds, rounded down: 1G for 1536 MiB.
limit_is() {
    local unit
    [[ $1 =~ ^([0-9]+)([KMG]?)B?$ ]] || return 1
    case ${BASH_REMATCH[2]} in
        G) unit=$((1 << 30)) ;;
        M) unit=$((1 << 20)) ;;
        K) unit=$((1 << 10)) ;;
        *) unit=1 ;;
    esac
    ((BASH_REMATCH[1] == (limit << 20) / unit))
}

# What did not end well leaves no daemon behind that was not there before.
started=
finish() {
    local status=$?
    trap - EXIT
    if ((status != 0)) && [[ -n $started ]]; then
        ours=$(daemon_pid)
        mps_quit 0 > /dev/null || true
        for _ in {1..20}; do
            alive "$ours" || break
            sleep 0.05
        done
        # A number that was there before, or that another program has by now, is not ours.
        if [[ $ours != "$pid_before" ]] && alive "$ours" && [[ $(< "/proc/$ours/comm") == nvidia-cuda-mps* ]]; then
            kill -KILL "$ours"
        fi
        say "       Nothing of the daemon that was started for this is left."
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start_daemon() {
    local said words status=0
    if ! mkdir -p "$pipe_directory" "$log_directory" 2> /dev/null || [[ ! -w $pipe_directory || ! -w $log_directory ]]; then
        fail 3 "this user may not write to $pipe_directory or $log_directory" \
            "Choose others: CUDA_MPS_PIPE_DIRECTORY=/tmp/my-mps CUDA_MPS_LOG_DIRECTORY=/tmp/my-mps-log $0"
    fi
    # A file and no pipe: the daemon keeps what it inherits, and the reader of a pipe would wait for its end.
    said=$(mktemp)
    pid_before=$(daemon_pid)
    started=1
    CUDA_VISIBLE_DEVICES=$uuid CUDA_MPS_PIPE_DIRECTORY=$pipe_directory CUDA_MPS_LOG_DIRECTORY=$log_directory \
        timeout 20 nvidia-cuda-mps-control -d > "$said" 2>&1 < /dev/null || status=$?
    words=$(< "$said")
    rm -f "$said"
    if [[ $words == *"already running"* ]]; then
        started=
        fail 1 "a daemon that does not answer holds $pipe_directory: $(last_line "$words")" "Its process is $(daemon_pid)."
    fi
    ((status == 0)) || fail 1 "the MPS daemon did not start (status $status): $(last_line "${words:-it said nothing}")"
    for _ in {1..50}; do
        if mps_runs; then return; fi
        sleep 0.1
    done
    fail 1 "the MPS daemon started, and then did not answer in $pipe_directory" "Its log: $log_directory/control.log"
}

read_gpu
need_whole_gpu "an MPS daemon for it"
[[ $compute_mode != Prohibited ]] \
    || fail 3 "$gpu is in compute mode prohibited: nothing can run on it" "sudo nvidia-smi -i $index -c DEFAULT"
need_tool nvidia-cuda-mps-control "Install the compute tools of the driver in use (Debian and Ubuntu: nvidia-compute-utils-VERSION)."

servers=
if mps_runs; then
    served=$(mps device_query | grep -o 'GPU-[0-9a-f-]*' || true)
    [[ -z $served || $served == *"$uuid"* ]] || fail 3 "the MPS daemon in $pipe_directory serves another GPU" \
        "Choose a directory for this one: CUDA_MPS_PIPE_DIRECTORY=/tmp/mps-$index $0"
    servers=$(mps get_server_list | paste -sd ' ') || fail 1 "the MPS daemon in $pipe_directory stopped answering: $servers"
    say "$gpu: an MPS daemon runs in $pipe_directory already (process $(daemon_pid))."
else
    [[ -n ${ALLOW_BUSY:-} ]] || need_idle_gpu "what runs already stays outside MPS, and takes turns with its clients" \
        "Or go on, and start them again as clients: ALLOW_BUSY=1 $0"
    start_daemon
    say "$gpu: started an MPS daemon in $pipe_directory (process $(daemon_pid))."
fi

# Usage: set_default WHAT WANTED READ_BACK MATCHES COMMAND …
set_default() {
    local what=$1 wanted=$2 now=$3 matches=$4 before after said
    shift 4
    before=$("$now")
    if [[ -n $servers ]] && ! "$matches" "$before"; then
        fail 3 "the $what is ${before:-unknown}, not $wanted, and a server runs (process $servers), which keeps what it has" \
            "End it first: CUDA_MPS_PIPE_DIRECTORY=$pipe_directory ${0%/*}/disable_mps.sh"
    fi
    if [[ -n $servers || $before == "${wanted% %}" || $before == "$wanted" ]]; then
        say "The $what is $wanted already."
        return
    fi
    said=$(mps "$@") || true
    # Not what was said: out of range, it answers with the old value.
    after=$("$now")
    "$matches" "$after" \
        || fail 1 "the $what did not become $wanted; it is ${after:-unknown}" "The daemon said: $(last_line "${said:-nothing}")"
    say "Set the $what to $wanted, for clients that start from now on."
}

[[ -z $percentage ]] \
    || set_default "thread percentage" "$percentage %" percentage_now percentage_is set_default_active_thread_percentage "$percentage"
[[ -z $limit ]] || set_default "memory limit" "${limit}M" limit_now limit_is set_default_device_pinned_mem_limit 0 "${limit}M"

say "Verify while clients run: echo ps | CUDA_MPS_PIPE_DIRECTORY=$pipe_directory nvidia-cuda-mps-control" \
    "A client that does not find the daemon runs without MPS and says nothing: only the list shows it."
printf 'export CUDA_MPS_PIPE_DIRECTORY=%q\n' "$pipe_directory"
