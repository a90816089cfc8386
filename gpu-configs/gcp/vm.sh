#!/usr/bin/env bash
# Usage: vm.sh COMMAND [OPTION …] [-- WHAT GPUSHARE IS TO DO]
#
# A run of gpushare on one machine with a T4 at Google, made for it and deleted afterwards.
#
#   vm.sh all --project my-project                                 machine, run, results, and all of it deleted
#   vm.sh all --project my-project --dry-run                       every command of that, and none is run
#   vm.sh all --project my-project --spot -- sweep experiments --within 30m
#
#   up        makes the machine, and installs driver, Docker, container toolkit, gpushare and images of its workloads
#   run       runs gpushare there: `bench --workloads 4`, or what stands behind --. It goes on when the connection breaks
#   collect   fetches the results
#   stop      switches the machine off: its disk is paid, and nothing else          start: on again
#   down      deletes everything that carries the name, and looks that nothing is left
#   left      lists what there is
#   all       up, run, collect, down
#
#   --project P       gcloud's own unless said                --zone Z          us-central1-a
#   --name N          of all that is made: gpushare-$USER     --machine M       n1-standard-8
#   --accelerator A   nvidia-tesla-t4                         --count C         GPUs of the machine: 1
#   --spot            cheaper, and may be taken away          --hours H         after which Google deletes the machine: 4
#   --bundle FILE     target/gpushare-…-linux-x64.tar.xz      --base IMAGE      of the workloads, with Python and PyTorch
#   --driver D        a driver of Ubuntu's: 580-server        --iap             connects through Google's proxy
#   --out FOLDER      for the results: results/NAME           --keep            deletes nothing after a failure, nor after `all`
#   --tries N         of cleaning up: 20                      --pause SECONDS   between looks, and between tries: 30
#   --dry-run         prints the commands and runs none
#
# What fails or is ended by Ctrl-C takes away what the call has made. Needs gcloud and ssh.
# Status: 0 done, 1 failed, 2 usage, 3 Google or this machine cannot do it, 6 something is left that costs money, 130
# interrupted. After `run` and `all` that went their way it is gpushare's own, 0 to 5.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cloud.sh
source "$(dirname "${BASH_SOURCE[0]}")/cloud.sh"
# shellcheck source-path=SCRIPTDIR source=left.sh
source "$(dirname "${BASH_SOURCE[0]}")/left.sh"

services=(compute.googleapis.com)
kinds=(instance disk)
read_options "$@"
case $command in
    up | run | collect | stop | start | down | left | all) ;;
    *) fail 2 "${command:+$command is no command of this script}${command:-a command is missing}" "Try $0 --help" ;;
esac
made=("instance,$zone")

at_end() {
    status=$1
    case $command in
        up) (($1 == 0)) || remove_what_this_call_made "$1" ;;
        all) remove_what_this_call_made "$1" ;;
        run)
            # Nobody would fetch what goes on there after a Ctrl-C.
            ((status < 129)) || [[ -z ${running:-} ]] || there bash on-vm.sh end "$call"
            ((status == 0)) || say "The machine is still there, and costs money until: $0 down --project $project --name $name"
            ;;
    esac
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Usage: there WORD …   A command on the machine
there() {
    step gcloud compute ssh "$name" "${reached[@]}" --ssh-flag=-oServerAliveInterval=30 "--command=$(quoted "$@")"
}

make_machine() {
    local gpu=() way=(--provisioning-model=STANDARD)
    # Other machine types have their GPUs in them.
    [[ $machine != n1-* ]] || gpu=("--accelerator=type=$accelerator,count=$count")
    [[ -z $spot ]] || way=(--provisioning-model=SPOT)
    say_cost "$machine"
    making=1 begun=1
    need "Making the machine" gcloud compute instances create "$name" "--project=$project" "--zone=$zone" \
        "--machine-type=$machine" "${gpu[@]}" --maintenance-policy=TERMINATE --no-restart-on-failure "${way[@]}" \
        "--max-run-duration=${hours}h" --instance-termination-action=DELETE "--labels=$labels" \
        --image-family=ubuntu-2404-lts-amd64 --image-project=ubuntu-os-cloud --boot-disk-size=100GB --boot-disk-type=pd-balanced \
        --no-service-account --no-scopes
    making=
    label_disk
}

# Its disk is named as the machine, and would stay unseen if it outlived it.
label_disk() {
    need "Labelling the disk" gcloud compute disks add-labels "$name" "--project=$project" "--zone=$zone" "--labels=$labels"
}

await_machine() {
    local look
    for look in {1..20}; do
        if there true; then return 0; fi
        ((look == 20)) || sleep "$pause"
    done
    fail 1 "the machine $name cannot be reached: $(last_line "$(< "$scratch/words")")" \
        "Is port 22 open in the firewall of the project? Without an address of its own: --iap"
}

equip_machine() {
    need "Copying gpushare to the machine" gcloud compute scp "$bundle" "$name:gpushare.tar.xz" "${reached[@]}"
    need "Copying a script to the machine" gcloud compute scp "$here/on-vm.sh" "$name:on-vm.sh" "${reached[@]}"
    there bash on-vm.sh setup "$driver" "$base" || lost "Installing driver, Docker and images" "$(last_line "$(< "$scratch/words")")"
}

run_gpushare() {
    local status broken=0 log=$out/log-$call.txt
    if [[ -n $dry_run ]]; then
        there bash on-vm.sh start "$call" "${words[@]}"
        there bash on-vm.sh follow "$call" 1
        return 0
    fi
    mkdir -p "$out" || fail 3 "the folder $out cannot be made"
    : > "$log"
    running=1
    until there bash on-vm.sh start "$call" "${words[@]}"; do
        ((++broken < 5)) || lost "Starting gpushare" "$(last_line "$(< "$scratch/words")")"
        sleep "$pause"
    done
    while true; do
        status=0
        step_output=$log there bash on-vm.sh follow "$call" $(($(wc -c < "$log") + 1)) || status=$?
        # ssh's own word that the connection broke; gpushare goes on meanwhile.
        ((status == 255)) || break
        if ((++broken == 20)) || ! machine_runs; then lost "Running gpushare" "the connection broke"; fi
        say "The connection broke. gpushare goes on; connecting again …"
        sleep "$pause"
    done
    running=
    say "gpushare ended with status $status."
    return "$status"
}

machine_runs() {
    [[ $(ask gcloud compute instances describe "$name" "--project=$project" "--zone=$zone" '--format=value(status)') == RUNNING ]]
}

# Usage: lost WHAT SAID
lost() {
    local taken
    taken=$(preempted "$name")
    [[ -z $taken ]] || fail 1 "the run is lost: Google took the spot machine $name away at $taken" "Run it again, or without --spot"
    machine_runs || fail 1 "$1 failed: the machine $name does not run any more" "After --hours $hours Google deletes it."
    fail 1 "$1 failed: $2"
}

# Usage: collect RUN
collect() {
    local try archive=${scratch:-.}/results.tar.gz
    if [[ -n $dry_run ]]; then
        there bash on-vm.sh pack "$1"
        step gcloud compute scp "$name:runs/$1.tar.gz" results.tar.gz "${reached[@]}"
        step tar -C "$out" -xzf results.tar.gz
        return 0
    fi
    mkdir -p "$out" || fail 3 "the folder $out cannot be made"
    for ((try = 1; try <= 3; try++)); do
        ((try == 1)) || sleep "$pause"
        if there bash on-vm.sh pack "$1" && step gcloud compute scp "$name:runs/$1.tar.gz" "$archive" "${reached[@]}" \
            && step tar -tzf "$archive" && step tar -C "$out" -xzf "$archive"; then
            say "The results are in $out:"
            printf '%s\n' "$out"
            return 0
        fi
        say "Fetching the results did not work: $(last_line "$(< "$scratch/words")")"
    done
    fail 1 "the results could not be fetched"
}

check_google
need_program ssh "Install OpenSSH's client."
place=("--project=$project" "--zone=$zone" --quiet)
reached=("${place[@]}" ${iap:+--tunnel-through-iap})
case $command in
    up)
        find_bundle
        check_room instance
        make_machine
        await_machine
        equip_machine
        say "Next: $0 run --name $name. It costs money until: $0 down --name $name"
        ;;
    run) run_gpushare; say "Next: $0 collect --name $name" ;;
    collect) collect latest ;;
    stop) need "Stopping the machine" gcloud compute instances stop "$name" "${place[@]}"
        say "Only its disk is paid now, until: $0 down --name $name" ;;
    start) need "Starting the machine" gcloud compute instances start "$name" "${place[@]}"; await_machine ;;
    left) left | tr , ' ' || refused_by_google "Asking what is there" "$(< "$scratch/words")" ;;
    down) remove_all || { say_left; exit 6; } ;;
    all)
        find_bundle
        check_room instance
        make_machine
        await_machine
        equip_machine
        ended=0
        run_gpushare || ended=$?
        collect "$call"
        exit "$ended"
        ;;
esac
