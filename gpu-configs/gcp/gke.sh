#!/usr/bin/env bash
# Usage: gke.sh COMMAND [OPTION …] [-- WHAT GPUSHARE IS TO DO]
#
# A run of gpushare on a Kubernetes cluster at Google: a pool of one machine with a T4, made for it and deleted afterwards.
#
#   gke.sh all --project my-project                                image, cluster, run, results, and all of it deleted
#   gke.sh all --project my-project --dry-run                      every command of that, and none is run
#   gke.sh all --project my-project --spot -- bench --workload resnet-infer:3 --workload bert-train
#
#   image     builds gpushare's image here with Docker and pushes it into a repository of its own
#   up        makes the cluster and the pool with the GPU, with driver and device plugin
#   run       runs gpushare in a pod on that machine: `bench --workloads 4`, or what stands behind --
#   collect   fetches the results, checks them, and removes the pod
#   stop      scales the pool to zero: no GPU is paid any more, the cluster is          start: one machine again
#   down      deletes everything that carries the name, and looks that nothing is left
#   left      lists what there is
#   all       image, up, run, collect, down
#
#   --project P       gcloud's own unless said                --zone Z          us-central1-a
#   --name N          of all that is made: gpushare-$USER     --machine M       n1-standard-8
#   --accelerator A   nvidia-tesla-t4                         --count C         GPUs of the machine: 1
#   --spot            cheaper, and may be taken away          --hours H         the longest that a run may take: 4
#   --share S:N       the device plugin offers each GPU N times, S is time-sharing or mps; not needed for `run`
#   --bundle FILE     target/gpushare-…-linux-x64.tar.xz      --base IMAGE      with Python and PyTorch
#   --out FOLDER      for the results: results/NAME           --keep            deletes nothing after a failure, nor after `all`
#   --tries N         of cleaning up: 20                      --pause SECONDS   between looks, and between tries: 30
#   --dry-run         prints the commands and runs none
#
# What fails or is ended by Ctrl-C takes away what the call has made. Needs gcloud, kubectl with gke-gcloud-auth-plugin, Docker.
# Status: 0 done, 1 failed, 2 usage, 3 Google or this machine cannot do it, 6 something is left that costs money, 130
# interrupted. After `run` and `all` that went their way it is gpushare's own, 0 to 5.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cloud.sh
source "$(dirname "${BASH_SOURCE[0]}")/cloud.sh"
# shellcheck source-path=SCRIPTDIR source=left.sh
source "$(dirname "${BASH_SOURCE[0]}")/left.sh"

services=(container.googleapis.com compute.googleapis.com artifactregistry.googleapis.com)
kinds=(cluster instance disk repository)
read_options "$@"
case $command in
    image | up | run | collect | stop | start | down | left | all) ;;
    *) fail 2 "${command:+$command is no command of this script}${command:-a command is missing}" "Try $0 --help" ;;
esac
registry=$region-docker.pkg.dev
made=("cluster,$zone" "repository,$region")

at_end() {
    status=$1
    case $command in
        image | up) (($1 == 0)) || remove_what_this_call_made "$1" ;;
        all) remove_what_this_call_made "$1" ;;
        run) (($1 == 0)) || [[ -z ${job_begun:-} || -n $keep ]] || remove_job ;;
    esac
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

check_docker() {
    need_program docker "It builds the image: https://docs.docker.com/engine/install/"
    ask docker version > /dev/null || fail 3 "the Docker engine does not answer: $(last_line "$(< "$scratch/words")")"
}

make_image() {
    local folder=image config=docker-config
    find_bundle
    if [[ -z $dry_run ]]; then
        folder=$scratch/image config=$scratch/docker
        mkdir "$folder" "$config"
        cp "$here/Dockerfile" "$folder/Dockerfile"
        ln "$bundle" "$folder/gpushare.tar.xz" 2> /dev/null || cp "$bundle" "$folder/gpushare.tar.xz"
        # The login goes into a folder of ours, so the engine that the user's own folder chooses is named.
        [[ -n ${DOCKER_HOST:-} ]] || DOCKER_HOST=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2> /dev/null) || true
        [[ -z $DOCKER_HOST ]] || export DOCKER_HOST
    else
        printf '%s\n' "$(quoted mkdir image docker-config)" "$(quoted cp "$here/Dockerfile" image/Dockerfile)" \
            "$(quoted cp "$bundle" image/gpushare.tar.xz)"
    fi
    need "Building the image" docker build "--tag=$image" "--build-arg=BASE=$base" --platform=linux/amd64 "$folder"
    making=1 begun=1
    if [[ -n $dry_run ]] || ! has_repository; then
        need "Making the repository for the image" gcloud artifacts repositories create "$name" "--project=$project" \
            "--location=$region" --repository-format=docker "--labels=$labels"
    fi
    making=
    log_in "$config"
    need "Pushing the image" docker --config "$config" push "$image"
}

has_repository() { left | grep -q "^repository,$name,$region\$"; }

# The word goes from gcloud to Docker, and is neither shown nor kept.
log_in() {
    if [[ -n $dry_run ]]; then
        printf '%s | %s\n' "$(quoted gcloud auth print-access-token)" \
            "$(quoted docker --config "$1" login --username=oauth2accesstoken --password-stdin "$registry")"
        return 0
    fi
    ask gcloud auth print-access-token > "$scratch/word" || refused_by_google "Asking for a login" "$(< "$scratch/words")"
    step_input=$scratch/word need "Logging in to $registry" \
        docker --config "$1" login --username=oauth2accesstoken --password-stdin "$registry"
    rm -f "$scratch/word"
}

make_cluster() {
    local sharing='' spot_option=()
    [[ -z $share ]] || sharing=,gpu-sharing-strategy=${share%:*},max-shared-clients-per-gpu=${share#*:}
    [[ -z $spot ]] || spot_option=(--spot)
    say_cost "$machine" e2-standard-2 cluster
    making=1 begun=1
    need "Making the cluster" gcloud container clusters create "$name" "--project=$project" "--location=$zone" \
        --machine-type=e2-standard-2 --num-nodes=1 --disk-size=50 "--labels=$labels" --quiet
    need "Making the pool with the GPU" gcloud container node-pools create gpu "--cluster=$name" "--project=$project" \
        "--location=$zone" "--machine-type=$machine" --num-nodes=1 --disk-size=100 "--labels=$labels" \
        "--accelerator=type=$accelerator,count=$count,gpu-driver-version=default$sharing" "${spot_option[@]}" --quiet
    making=
    connect
    await_gpu
}

# With a file of its own, so that the user's kubectl goes on talking to whom it talked to.
connect() {
    local file=${scratch:-.}/kubeconfig
    [[ -z ${kubectl:-} ]] || return 0
    [[ -z $dry_run ]] || file=kubeconfig
    need "Connecting to the cluster $name" env "KUBECONFIG=$file" gcloud container clusters get-credentials "$name" \
        "--project=$project" "--location=$zone"
    kubectl=(kubectl "--kubeconfig=$file" --namespace=default)
}

check_kubectl() {
    need_program kubectl "gcloud components install kubectl"
    need_program gke-gcloud-auth-plugin "kubectl logs in with it: gcloud components install gke-gcloud-auth-plugin"
}

# Google's device plugin tells of the GPU once the driver is installed, some minutes after the machine is there.
await_gpu() {
    local nodes='' look
    for look in {1..30}; do
        nodes=$(ask "${kubectl[@]}" get nodes "--selector=cloud.google.com/gke-accelerator=$accelerator" \
            '-o=jsonpath={range .items[*]}{.metadata.name}{" "}{.status.allocatable.nvidia\.com/gpu}{"\n"}{end}') || true
        [[ -z $dry_run ]] || return 0
        if [[ $nodes =~ \ [1-9] ]]; then
            say "The cluster offers: ${nodes//$'\n'/, } × nvidia.com/gpu."
            return 0
        fi
        ((look == 30)) || sleep "$pause"
    done
    fail 1 "no machine of the cluster offers a GPU" "Machines with the card: ${nodes:-none}" "Is the driver there? kubectl get pods -n kube-system"
}

# As a string of YAML; Kubernetes itself would replace $(NAME).
yaml_string() {
    local text=$1 out='' i letter
    for ((i = 0; i < ${#text}; i++)); do
        letter=${text:i:1}
        case $letter in
            '"' | \\) out+=\\$letter ;;
            '$') out+='$$' ;;
            [[:cntrl:]]) printf -v letter '\\u%04x' "'$letter"; out+=$letter ;;
            *) out+=$letter ;;
        esac
    done
    printf '"%s"' "$out"
}

job() {
    local text arguments='' word
    for word in "${words[@]}"; do arguments+="${arguments:+, }$(yaml_string "$word")"; done
    text=$(sed '/^#/d' "$here/job.yaml")
    text=${text//@NAME@/"$name"}
    text=${text//@SECONDS@/"$((hours * 3600))"}
    text=${text//@ACCELERATOR@/"$accelerator"}
    text=${text//@COUNT@/"$([[ -n $share ]] && echo 1 || echo "$count")"}
    text=${text//@IMAGE@/"$image"}
    printf '%s\n' "${text//@ARGUMENTS@/"$arguments"}"
}

apply_job() {
    if [[ -n $dry_run ]]; then
        printf "%s << 'END'\n%s\nEND\n" "$(quoted "${kubectl[@]}" create --filename=-)" "$(job)"
        return 0
    fi
    job > "$scratch/job.yaml"
    job_begun=1
    step_input=$scratch/job.yaml step "${kubectl[@]}" create --filename=- && return 0
    case $(< "$scratch/words") in
        *AlreadyExists* | *"already exists"*)
            job_begun=
            fail 3 "an earlier run is still in the cluster $name" "Fetch its results first: $0 collect --name $name" ;;
    esac
    fail 1 "Kubernetes did not take the job: $(last_line "$(< "$scratch/words")")"
}

run_job() {
    connect
    apply_job
    follow_job
}

remove_job() {
    connect
    local try
    for ((try = 1; try <= tries; try++)); do
        step "${kubectl[@]}" delete job "$name" --ignore-not-found --wait && return 0
        sleep "$pause"
    done
    say "The pod of the run could not be removed. It ends after $hours h, or with $0 down --name $name"
    return 1
}

# Sets phase, pod_reason, node, waits, runs, exit_code, end_reason, scheduling. Status 1: there is no pod
bench_is='.status.containerStatuses[?(@.name=="bench")].state'
look_at_pod() {
    local line seen
    line=$(ask "${kubectl[@]}" get pods "--selector=job-name=$name" "-o=jsonpath={range .items[*]}{.status.phase}|{.status.reason}|\
{.spec.nodeName}|{$bench_is.waiting.reason}|{$bench_is.running.startedAt}|{$bench_is.terminated.exitCode}|{$bench_is.terminated.reason}|\
{.status.conditions[?(@.type==\"PodScheduled\")].message}{\"\\n\"}{end}") || return 1
    IFS='|' read -r phase pod_reason seen waits runs exit_code end_reason scheduling <<< "$line" || true
    node=${seen:-${node:-}}
    [[ -n $dry_run || -n $phase ]]
}

# Until gpushare has ended. Its status is ours.
follow_job() {
    local unseen=0 waited=0 followed=
    node=''
    while true; do
        if ! look_at_pod; then
            # The first time it may be too early, and a connection may break.
            ((++unseen < 3)) || lost "its pod is gone"
            sleep "$pause"
            continue
        fi
        if [[ -n $dry_run ]]; then
            step "${kubectl[@]}" logs "job/$name" --container=bench --follow
            look_at_pod
            return 0
        fi
        unseen=0
        if [[ -n $exit_code ]]; then
            case $end_reason in
                OOMKilled) say "It was ended for want of memory (OOMKilled): a larger --machine, or fewer tenants." ;;
                StartError | ContainerCannotRun) fail 1 "the pod cannot start: $end_reason" "The image is $image." ;;
            esac
            say "gpushare ended with status $exit_code."
            job_begun=
            return "$exit_code"
        elif [[ $phase == Failed || -n $pod_reason ]]; then
            lost "its pod failed: ${pod_reason:-no reason is told}"
        elif [[ -n $runs ]]; then
            # A connection that breaks is made again; what was said since then is shown.
            step "${kubectl[@]}" logs "job/$name" --container=bench --follow ${followed:+--since=60s} || sleep "$pause"
            followed=1
        else
            case $waits in
                ImagePullBackOff | InvalidImageName | ErrImageNeverPull | CreateContainerConfigError)
                    fail 1 "the pod cannot start: $waits" "The image is $image. May the machines read it? Their account needs roles/artifactregistry.reader." ;;
            esac
            ((waited++ < 40)) || fail 1 "the pod did not start: ${waits:-${scheduling:-$phase}}"
            say "The pod waits: ${waits:-${scheduling:-$phase}}"
            sleep "$pause"
        fi
    done
}

# Usage: lost WHY
lost() {
    local taken='' why
    [[ -z $node ]] || taken=$(preempted "$node")
    [[ -z $taken ]] || fail 1 "the run is lost: Google took the spot machine $node away at $taken" "Run it again, or without --spot"
    why=$(ask "${kubectl[@]}" get job "$name" '-o=jsonpath={.status.conditions[*].reason}') || why=
    [[ $why != *DeadlineExceeded* ]] || fail 1 "the run is lost: it took longer than --hours $hours"
    fail 1 "the run is lost: $1" "${node:+It ran on $node.}"
}

collect() {
    local try log
    connect
    log=$out/log-$call.txt
    if [[ -n $dry_run ]]; then
        printf '%s > %s\n' "$(quoted "${kubectl[@]}" logs "job/$name" --container=bench)" "$(quoted "$log")"
        printf '%s | %s\n' "$(quoted "${kubectl[@]}" exec "job/$name" --container=results -- tar -C /work -czf - .)" \
            "$(quoted tar -C "$out" -xzf -)"
        step "${kubectl[@]}" delete job "$name" --ignore-not-found --wait
        return 0
    fi
    mkdir -p "$out" || fail 3 "the folder $out cannot be made"
    for ((try = 1; try <= 3; try++)); do
        ((try == 1)) || sleep "$pause"
        if fetch "$log"; then
            remove_job || true
            say "The results are in $out:"
            printf '%s\n' "$out"
            return 0
        fi
        say "Fetching the results did not work: $(last_line "$(< "$scratch/words")")"
    done
    fail 1 "the results could not be fetched"
}

# A whole archive or none: a connection that breaks in the middle leaves one that does not end well.
fetch() {
    say "+ $(quoted "${kubectl[@]}" exec "job/$name" --container=results -- tar -C /work -czf - .)"
    patience=3600 ask "${kubectl[@]}" exec "job/$name" --container=results -- tar -C /work -czf - . > "$scratch/results.tar.gz" || return 1
    tar -tzf "$scratch/results.tar.gz" > /dev/null 2> "$scratch/words" || return 1
    tar -C "$out" -xzf "$scratch/results.tar.gz" 2> "$scratch/words" || return 1
    ask "${kubectl[@]}" logs "job/$name" --container=bench > "$1" || say "The log could not be fetched."
}

resize() {
    need "Changing the size of the pool" gcloud container clusters resize "$name" "--project=$project" "--location=$zone" \
        --node-pool=gpu "--num-nodes=$1" --quiet
}

check_google
image=$registry/${project/://}/$name/gpushare:latest
case $command in
    image) check_docker; make_image; say "The image is there: $image" ;;
    up) check_kubectl; check_room cluster; make_cluster; say "Next: $0 run --name $name. It costs money until: $0 down --name $name" ;;
    run) check_kubectl; run_job; say "Next: $0 collect --name $name" ;;
    collect) check_kubectl; collect ;;
    stop) resize 0; say "No GPU is paid any more; the cluster is, until: $0 down --name $name" ;;
    start) check_kubectl; resize 1; connect; await_gpu ;;
    left) left | tr , ' ' || refused_by_google "Asking what is there" "$(< "$scratch/words")" ;;
    down) remove_all || { say_left; exit 6; } ;;
    all)
        check_kubectl
        check_docker
        check_room cluster
        make_image
        make_cluster
        ended=0
        run_job || ended=$?
        collect
        exit "$ended"
        ;;
esac
