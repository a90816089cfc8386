#!/usr/bin/env bash
# Usage: on-vm.sh setup DRIVER BASE | start RUN WORD … | follow RUN BYTE | end RUN | pack RUN
#
# What vm.sh does on the machine that it made, an Ubuntu: installs driver, Docker and NVIDIA's container toolkit, and runs gpushare
# apart from the connection, so that a run outlives it. Each can be done again. `pack latest` takes the last run.
set -euo pipefail
cd "$HOME"

# Programs of others ask nothing, and packages wait for whoever holds their lock after the first boot.
packages() {
    sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@"
}

setup() {
    local driver=$1 base=$2
    sudo cloud-init status --wait > /dev/null || true
    packages update
    # Modules that Ubuntu has built and signed for this kernel, or else built here.
    packages install -y --no-install-recommends "linux-modules-nvidia-$driver-$(uname -r)" "nvidia-headless-no-dkms-$driver" \
        || packages install -y --no-install-recommends "linux-headers-$(uname -r)" "nvidia-headless-$driver"
    packages install -y --no-install-recommends "nvidia-utils-$driver" "nvidia-compute-utils-$driver" docker.io xz-utils curl gpg
    sudo modprobe nvidia
    sudo modprobe nvidia-uvm
    nvidia-smi --list-gpus

    local from=https://nvidia.github.io/libnvidia-container key=/usr/share/keyrings/nvidia-container-toolkit.gpg
    curl -fsSL --retry 5 "$from/gpgkey" | sudo gpg --dearmor --yes --output "$key"
    echo "deb [signed-by=$key] $from/stable/deb/amd64 /" | sudo tee /etc/apt/sources.list.d/nvidia-container-toolkit.list > /dev/null
    packages update
    packages install -y nvidia-container-toolkit
    sudo nvidia-ctk runtime configure --runtime=docker
    sudo systemctl restart docker
    sudo usermod -aG docker "$USER"

    rm -rf gpushare unpacked
    mkdir unpacked
    tar -C unpacked -xf gpushare.tar.xz
    mv unpacked/gpushare-* gpushare
    # This login came before the group.
    sudo -u "$USER" gpushare/gpushare workloads build resnet-train resnet-infer notebook bert-infer bert-train stream matmul-burn spin \
        --base "$base"
    gpushare/gpushare doctor || true
}

start() {
    local run=runs/$1
    shift
    mkdir -p "$run/work"
    # Once only: the connection may have broken after it began.
    if [[ ! -e $run/pid ]]; then
        # shellcheck disable=SC2016  # it is the inner shell that expands this
        PATH=$HOME/gpushare:$PATH setsid nohup bash -c 'cd "$1/work" && status=0 && { gpushare "${@:2}" || status=$?; }; echo "$status" > ../status' \
            run "$run" "$@" > "$run/log" 2>&1 < /dev/null &
        echo "$!" > "$run/pid"
    fi
}

# Its output from that byte on, until it ends; its status.
follow() {
    local run=runs/$1
    tail -c "+$2" --follow --sleep-interval=0.2 "--pid=$(< "$run/pid")" "$run/log"
    if [[ ! -s $run/status ]]; then
        echo "gpushare was ended by something else; nothing is known of its status" >&2
        exit 1
    fi
    exit "$(< "$run/status")"
}

end() {
    kill -TERM -- "-$(< "runs/$1/pid")"
}

pack() {
    local run=runs/$1
    [[ $1 != latest ]] || run=$(find runs -mindepth 1 -maxdepth 1 -type d 2> /dev/null | sort | tail -n 1) || true
    [[ -e ${run:-none}/pid ]] || { echo "gpushare did not run here yet" >&2; exit 1; }
    [[ -s $run/status ]] || ! kill -0 "$(< "$run/pid")" 2> /dev/null || { echo "gpushare is still at work" >&2; exit 1; }
    tar -C "$run/work" -czf "runs/$1.tar.gz" .
}

case ${1:-} in
    setup | start | follow | end | pack) "$@" ;;
    *) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
