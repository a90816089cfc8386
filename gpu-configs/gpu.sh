# shellcheck shell=bash disable=SC2034  # much of what is set here is for the scripts that source this
# What the scripts beside this one share: how they talk, and how they read one GPU's state. NVIDIA's tools exit with 0 after
# most failures, so no script believes an exit status: each change is read back, and the tool's words only say why it failed.

called_with=$*

# The comment at the top of a script is its documentation.
case ${1:-} in -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit ;; esac

# The answer goes to stdout, everything said about it to stderr.
say() { printf '%s\n' "$@" >&2; }

# Usage: fail STATUS SENTENCE [ADVICE …]   1 failed, 2 usage, 3 this machine cannot do it
fail() {
    local status=$1
    printf 'error: %s\n' "$2" >&2
    shift 2
    (($# == 0)) || printf '       %s\n' "$@" >&2
    exit "$status"
}

need_tool() {
    type -P "$1" > /dev/null || fail 3 "$1 is not on the PATH: there is no NVIDIA driver here, or not all of it" "$2"
}

# How this script was called, for a person to copy; as root keeps what was set in the environment.
again_as_root() {
    local words="sudo" name
    for name in GPU QUANTUM CUDA_MPS_PIPE_DIRECTORY; do
        [[ -z ${!name:-} ]] || words+=" $name=${!name}"
    done
    printf '%s' "$words $0${called_with:+ $called_with}"
}

# Usage: refused WHAT SAID [ADVICE …]   A change that did not come true, and what the tool said about it
refused() {
    local what=$1 said=$2
    shift 2
    case $said in
        *ermission* | *"not permitted"* | *oot\ privileges*)
            fail 3 "$what needs root: $(last_line "$said")" "$(again_as_root)" ;;
        *"In use by another client"*)
            fail 3 "$what is not possible while somebody uses the GPU: $(last_line "$said")" \
                "$(users_of_gpu)" "Stop them (nvidia-persistenced and dcgm too hold a GPU), and run this again." ;;
        *"ot supported"* | *"ot Supported"*)
            fail 3 "$what is not supported here: $(last_line "$said")" "$@" ;;
        *) fail 1 "$what did not come true: $(last_line "${said:-nvidia-smi said nothing}")" "$@" ;;
    esac
}

last_line() {
    local line last=
    while IFS= read -r line; do
        [[ -z ${line// /} || $line == "All done." ]] || last=$line
    done <<< "$1"
    printf '%s' "$last"
}

# Never waits for long: a driver in trouble makes nvidia-smi hang.
smi() {
    local status=0
    timeout 60 nvidia-smi "$@" 2>&1 || status=$?
    ((status != 124)) || printf 'nvidia-smi did not answer within 60 s\n'
}

# Sets index, uuid, name, mig (Enabled, Disabled, [N/A]), mig_pending and compute_mode of the GPU in the variable GPU.
read_gpu() {
    local line
    need_tool nvidia-smi "Install the driver with its tools (Debian and Ubuntu: nvidia-utils-VERSION)."
    line=$(smi -i "${GPU:-0}" --format=csv,noheader \
        --query-gpu=index,uuid,mig.mode.current,mig.mode.pending,compute_mode,name)
    if [[ ! $line =~ ^([0-9]+),\ (GPU-[^,]+),\ ([^,]+),\ ([^,]+),\ ([^,]+),\ ([^$'\n']+)$ ]]; then
        fail 3 "there is no GPU ${GPU:-0} here: $(last_line "${line:-nvidia-smi said nothing}")" \
            "Those that are there: $(smi -L | grep '^GPU' | sed 's/ (UUID: / (/' | paste -sd ';' || true)" \
            "Choose one by index or UUID: GPU=0 $0"
    fi
    index=${BASH_REMATCH[1]} uuid=${BASH_REMATCH[2]} mig=${BASH_REMATCH[3]} mig_pending=${BASH_REMATCH[4]}
    compute_mode=${BASH_REMATCH[5]}
    name=${BASH_REMATCH[6]}
    gpu="GPU $index ($name)"
}

# Usage: need_whole_gpu WHAT   Refuses where the GPU is divided, or will be after a reset.
need_whole_gpu() {
    [[ $mig != Enabled ]] \
        || fail 3 "$gpu is in MIG mode: $1 is for whole GPUs" "Switch it off first: sudo GPU=$index ${0%/*}/disable_mig.sh"
    [[ $mig_pending != Enabled ]] \
        || fail 3 "$gpu goes into MIG mode at its next reset" "Take that back first: sudo GPU=$index ${0%/*}/disable_mig.sh"
}

# A line each: pid, name. MPS's own server is left out: it computes nothing for itself.
processes_on_gpu() {
    smi -i "$index" --query-compute-apps=pid,process_name --format=csv,noheader | grep -E '^ *[0-9]+,' \
        | grep -v 'nvidia-cuda-mps-server' || true
}

users_of_gpu() {
    local users
    users=$(processes_on_gpu | sed 's/^ *\([0-9]*\), *\(.*\)$/\2 (pid \1)/' | paste -sd , | sed 's/,/, /g')
    printf '%s' "Processes on it: ${users:-none that nvidia-smi shows}"
}

# Usage: need_idle_gpu WHY [ADVICE …]
need_idle_gpu() {
    [[ -z $(processes_on_gpu) ]] || fail 3 "$gpu is in use: $1" "$(users_of_gpu)" \
        "Stop them, or choose another GPU: GPU=1 $0" "${@:2}"
}

pipe_directory=${CUDA_MPS_PIPE_DIRECTORY:-/tmp/nvidia-mps}

# Usage: mps COMMAND …   What the daemon answers, in milliseconds if at all. Status 1: there is none; 124: it does not answer
mps() {
    CUDA_MPS_PIPE_DIRECTORY=$pipe_directory timeout 3 nvidia-cuda-mps-control <<< "$*" 2>&1
}

# Usage: mps_quit SECONDS   So long clients may go on; without a limit it would wait for them for ever
mps_quit() {
    CUDA_MPS_PIPE_DIRECTORY=$pipe_directory timeout $(($1 + 3)) nvidia-cuda-mps-control <<< "quit -t $1" 2>&1
}

# Whether an MPS daemon answers in the pipe directory. Fails where something is there that does not.
mps_runs() {
    local answer status=0
    type -P nvidia-cuda-mps-control > /dev/null || return 1
    # A socket proves nothing, since it stays behind; but without one there is nobody to ask.
    [[ -e $pipe_directory/control ]] || return 1
    answer=$(mps get_server_list) || status=$?
    case $status:$answer in
        *"Cannot find MPS control daemon"*) return 1 ;;
        0:*) [[ ! ${answer//$'\n'/} =~ [^0-9\ ] ]] || fail 1 "the MPS daemon in $pipe_directory answered: $(last_line "$answer")" ;;
        124:*) fail 1 "the MPS daemon in $pipe_directory does not answer" \
            "Its process is $(daemon_pid). Look at its log, and end it if nobody needs it." ;;
        *) fail 1 "the MPS daemon in $pipe_directory cannot be asked: $(last_line "$answer")" \
            "If it is another user's, choose a directory of your own: CUDA_MPS_PIPE_DIRECTORY=/tmp/my-mps $0" ;;
    esac
}

# A process that has ended, and that nobody has waited for yet, is gone too.
alive() {
    [[ $1 =~ ^[0-9]+$ && -e /proc/$1 && $(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2> /dev/null) != [ZX] ]]
}

daemon_pid() {
    local pid
    pid=$(tr -dc '0-9' 2> /dev/null < "$pipe_directory/nvidia-cuda-mps-control.pid" || true)
    printf '%s' "${pid:-unknown}"
}
