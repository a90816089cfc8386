#!/usr/bin/env bash
# Usage: disable_mps.sh [--force]
#
# Ends the MPS daemon in the pipe directory, with its servers, and looks that they are gone. Clients that run are not ended:
# it says who they are and stops. --force gives them 5 s, and then the servers end and the clients fail.
#
#   CUDA_MPS_PIPE_DIRECTORY=/tmp/nvidia-mps     whose daemon
#
# Only its owner and root can end a daemon. The pipe directory and the logs stay.
# Status: 0 none runs, 1 it did not end, 2 usage, 3 this user or machine cannot do it.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/gpu.sh"

force=${1:-}
[[ $# -le 1 && ($# -eq 0 || $force == --force) ]] || fail 2 "disable_mps.sh takes --force, or nothing" "Try $0 --help"
need_tool nvidia-cuda-mps-control "Install the compute tools of the driver in use (Debian and Ubuntu: nvidia-compute-utils-VERSION)."

if ! mps_runs; then
    say "No MPS daemon runs in $pipe_directory already."
    exit
fi

daemon=$(daemon_pid)
servers=$(mps get_server_list) || fail 1 "the MPS daemon in $pipe_directory stopped answering: $servers"
clients=
for server in $servers; do
    clients+=$(mps get_client_list "$server" | grep -E '^ *[0-9]+ *$' || true)$'\n'
done
clients=$(printf '%s' "$clients" | tr -s ' \n' ' ')
clients=${clients% }
if [[ -n $clients && $force != --force ]]; then
    fail 3 "clients of the MPS daemon in $pipe_directory are running: process ${clients// /, }" \
        "Wait for them or stop them; or end the daemon under them: $0 --force"
fi

said=$(mps_quit 5) || true
for _ in {1..100}; do
    left=
    for process in "$daemon" $servers; do
        ! alive "$process" || left+=" $process"
    done
    [[ -n $left ]] || break
    sleep 0.1
done
if [[ -n $left ]] || mps_runs; then
    case $said in
        *ermission* | *"not permitted"*)
            fail 3 "this user may not end the MPS daemon in $pipe_directory: $(last_line "$said")" "$(again_as_root)" ;;
    esac
    fail 1 "the MPS daemon in $pipe_directory did not end: still there is${left:- who answers}" \
        "It said: $(last_line "${said:-nothing}")" "Nothing was killed. Who owns it: ps -o pid,user,args -p${left:- $daemon}"
fi
say "Ended the MPS daemon in $pipe_directory (process $daemon)${servers:+ and its server (${servers//$'\n'/, })}." \
    "Verify: echo get_server_list | CUDA_MPS_PIPE_DIRECTORY=$pipe_directory nvidia-cuda-mps-control   must find no daemon" \
    "Programs take turns again. The compute mode was not touched."
