# shellcheck shell=bash disable=SC2034,SC2154  # what is set here is for the scripts that source this, and the other way round
# What gke.sh and vm.sh share: their options, how a command is run or only shown, and what is looked at before anything costs money.

# shellcheck source-path=SCRIPTDIR source=../gpu.sh
source "$(dirname "${BASH_SOURCE[0]}")/../gpu.sh"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# What a dry run prints, and the folder of the results, also where the answer of a function is taken.
exec 3>&1

# What things cost an hour in us-central1, in hundredths of a cent; see docs/gcp.md.
prices_of="2025"
price() {
    case $1 in
        n1-standard-*) echo $((475 * ${1##*-})) ;;
        e2-standard-*) echo $((335 * ${1##*-})) ;;
        nvidia-tesla-t4) echo 3500 ;;
        cluster) echo 1000 ;;
        *) return 1 ;;
    esac
}

# What a label and a name of Google's may consist of, from whatever the user is called.
default_name() {
    local LC_ALL=C user=${USER:-me}
    user=${user,,}
    user=${user//[^a-z0-9]/-}
    user=${user:0:20}
    printf '%s' "gpushare-${user%%-}" | tr -s - | sed 's/-$//'
}

# Usage: read_options "$@"   Sets what is said below, command and words: what gpushare is to do
read_options() {
    command=${1:-}
    project=${CLOUDSDK_CORE_PROJECT:-} zone=us-central1-a name=$(default_name)
    machine=n1-standard-8 accelerator=nvidia-tesla-t4 count=1 hours=4
    base=pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime
    bundle='' out='' spot='' dry_run='' keep='' share='' iap='' driver=580-server tries=20 pause=30
    words=()
    shift || true
    while (($# > 0)); do
        case $1 in
            --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}"; continue ;;
            -h | --help) exec "$0" --help ;;
            --spot | --dry-run | --keep | --iap) printf -v "$(variable "$1")" 1; shift; continue ;;
            --) words=("${@:2}"); break ;;
            --project | --zone | --name | --machine | --accelerator | --count | --hours | --base | --bundle | --out | --share \
                | --driver | --tries | --pause)
                (($# > 1)) || fail 2 "$1 needs a value" "Try $0 --help"
                printf -v "$(variable "$1")" %s "$2"
                shift 2
                ;;
            *) fail 2 "$1 is no option of this script" "Try $0 --help. What gpushare is to do stands behind --" ;;
        esac
    done
    ((${#words[@]} > 0)) || words=(bench --workloads 4)
    check_options
}

variable() { local option=${1#--}; printf '%s' "${option//-/_}"; }

# Usage: need_form OPTION VALUE PATTERN WHAT
need_form() {
    local LC_ALL=C
    [[ $2 =~ ^($3)$ ]] || fail 2 "$1 is $4, not '$2'"
}

check_options() {
    need_form --name "$name" '[a-z]([-a-z0-9]{0,28}[a-z0-9])?' "at most 30 small letters, digits and hyphens, the first a letter"
    need_form --project "$project" '|[a-z0-9][-a-z0-9.:]*' "the id of a project"
    need_form --zone "$zone" '[a-z]+-[a-z]+[0-9]+-[a-z]' "a zone such as us-central1-a"
    need_form --machine "$machine" '[a-z0-9]+(-[a-z0-9]+)+' "a machine type such as n1-standard-8"
    need_form --accelerator "$accelerator" '[a-z0-9]+(-[a-z0-9]+)+' "a kind of GPU such as nvidia-tesla-t4"
    need_form --count "$count" '1|2|4|8' "1, 2, 4 or 8"
    need_form --hours "$hours" '[1-9][0-9]?' "a whole number of hours, at most 99"
    need_form --base "$base" '[A-Za-z0-9][-A-Za-z0-9._/:@]*' "the name of an image"
    need_form --share "$share" '|(time-sharing|mps):[2-9]|(time-sharing|mps):[1-4][0-9]' "time-sharing:N or mps:N, N from 2 to 49"
    need_form --driver "$driver" '[0-9]{3}(-server)?(-open)?' "a driver of Ubuntu's such as 580-server"
    need_form --tries "$tries" '[1-9][0-9]?' "a whole number, at most 99"
    need_form --pause "$pause" '[0-9]{1,3}(\.[0-9]+)?' "a number of seconds"
    case $accelerator:$machine in
        nvidia-tesla-*:n1-* | nvidia-tesla-a100:a2-*) ;;
        nvidia-tesla-a100:*) fail 2 "$accelerator is part of the machine types a2-…; $machine is none" "--machine a2-highgpu-${count}g" ;;
        nvidia-tesla-*) fail 2 "$accelerator can be attached to N1 machines only; $machine is none" "--machine n1-standard-8" ;;
        nvidia-l4:g2-* | nvidia-a100-80gb:a2-* | nvidia-h100-*:a3-*) ;;
        nvidia-l4:*) fail 2 "nvidia-l4 is part of the machine types g2-…; $machine is none" "--machine g2-standard-8" ;;
    esac
    region=${zone%-*}
    out=${out:-results/$name}
    # Every call marks what it makes: what fails takes nothing away that an earlier call made.
    call=$(date -u +%Y%m%dt%H%M%S)-$((RANDOM % 9000 + 1000))
    labels=gpushare_run=$name,gpushare_call=$call
}

# A command as a person can type it.
quoted() {
    local word line='' plain='^[A-Za-z0-9_@%+=:,./-]+$'
    for word; do
        [[ $word =~ $plain ]] || word="'${word//\'/\'\\\'\'}'"
        line+=" $word"
    done
    printf '%s' "${line# }"
}

# Usage: show COMMAND …   Status 0 in a dry run, where this is all that happens
show() {
    if [[ -n $dry_run ]]; then
        printf '%s\n' "$(quoted "$@")" >&3
    else
        say "+ $(quoted "$@")"
        return 1
    fi
}

# Usage: ask COMMAND …   Its answer, within five minutes or `patience`; nothing in a dry run. What it complains of is in the
# file `words` if it fails
ask() {
    if [[ -n $dry_run ]]; then
        printf '%s\n' "$(quoted "$@")" >&3
        return 0
    fi
    timeout --foreground "${patience:-300}" "$@" 2> "$scratch/words" < /dev/null
}

# Usage: step COMMAND …   Runs it, and shows what it says, which is in the file `words` afterwards. Its input is the file
# step_input, or nothing; what it says on stdout is added to the file step_output, if there is one. It has a process group of
# its own: a signal ends us at once, and us alone, so that we end it in good order.
child=
step() {
    local status=0
    if show "$@"; then return 0; fi
    rm -f "$scratch/said"
    set -m
    if [[ -n ${step_output:-} ]]; then
        "$@" < "${step_input:-/dev/null}" > "$scratch/pipe" 2> "$scratch/words" &
    else
        "$@" < "${step_input:-/dev/null}" > "$scratch/pipe" 2>&1 &
    fi
    child=$!
    set +m
    tee -a "${step_output:-$scratch/said}" < "$scratch/pipe" >&2 &
    wait "$child" || status=$?
    child=
    wait $! || true
    if [[ -n ${step_output:-} ]]; then cat "$scratch/words" >&2; else mv "$scratch/said" "$scratch/words"; fi
    return "$status"
}

# Usage: need WHAT COMMAND …   A step without which nothing goes on
need() {
    local what=$1
    shift
    step "$@" || refused_by_google "$what" "$(< "$scratch/words")"
}

# Usage: refused_by_google WHAT SAID
refused_by_google() {
    local what=$1 said=$2
    case $said in
        *ZONE_RESOURCE_POOL_EXHAUSTED* | *"does not have enough resources"*)
            fail 3 "$what failed: $zone has no $accelerator to give at the moment" "$(why EXHAUSTED 'enough resources')" \
                "Try another zone with --zone${spot:+, or without --spot}. Zones that have the card: $(zones_with_it)" ;;
        *[Qq]uota* | *QUOTA*)
            fail 3 "$what failed: the project may not have so much of it (its quota)" "$(why uota QUOTA)" \
                "A new project may have no GPU at all. Ask for GPUS_ALL_REGIONS and for this card in $region under" \
                "https://console.cloud.google.com/iam-admin/quotas?project=$project" ;;
        *SERVICE_DISABLED* | *"has not been used in project"* | *"API is not enabled"*)
            fail 3 "$what failed: a service of Google's is switched off in this project" "$(why DISABLED 'not been used' 'not enabled')" \
                "gcloud services enable ${services[*]} --project=$project" ;;
        *PERMISSION_DENIED* | *"Required '"* | *"does not have permission"*)
            fail 3 "$what failed: this account may not do it in the project $project" "$(why DENIED Required permission)" ;;
        *) fail 1 "$what failed: $(why ERROR rror)" ;;
    esac
}

# Usage: why WORD …   The first line of `said` with one of these, or the last of all
why() {
    local word
    for word; do
        grep -m 1 -F -e "$word" <<< "$said" && return 0
    done
    last_line "${said:-it said nothing}"
}

zones_with_it() {
    ask gcloud compute accelerator-types list "--project=$project" "--filter=name=$accelerator" '--format=value(zone.basename())' \
        | sort -u | paste -sd ' '
}

# Usage: need_program NAME ADVICE
need_program() { [[ -n $dry_run ]] || type -P "$1" > /dev/null || fail 3 "$1 is not on the PATH" "$2"; }

# What is wrong here is said before anything costs money.
check_google() {
    local account
    need_program gcloud "Install it: https://cloud.google.com/sdk/docs/install"
    if [[ -z $dry_run ]]; then
        scratch=$(mktemp -d)
        mkfifo "$scratch/pipe"
    fi
    account=$(ask gcloud auth list --filter=status:ACTIVE '--format=value(account)') || account=
    [[ -n $dry_run || -n $account ]] || fail 3 "nobody is logged in to Google Cloud here" "gcloud auth login"
    if [[ -z $project ]]; then
        project=$(ask gcloud config get-value project) || project=
        [[ -z $dry_run ]] || project=PROJECT
        [[ -n $project && $project != "(unset)" ]] || fail 2 "no project is chosen" \
            "Name one: --project my-project. Those of this account: gcloud projects list"
    fi
}

# Usage: check_room KIND   Whether it can be made in this zone: the card is there, and none of this name yet
check_room() {
    local there
    check_zone
    there=$(left) || refused_by_google "Asking what is there" "$(< "$scratch/words")"
    ! grep -q "^$1," <<< "$there" || fail 3 "there is already: $(grep "^$1," <<< "$there" | tr ',\n' ' ;')" \
        "Use it: $0 run --name $name. Remove it: $0 down --name $name. Or make another: --name another"
}

check_zone() {
    local zones
    zones=$(zones_with_it) || refused_by_google "Asking for the zones with $accelerator" "$(< "$scratch/words")"
    [[ -n $dry_run || -n $zones ]] || fail 2 "Google has no GPU called $accelerator" \
        "Those that there are: gcloud compute accelerator-types list --project=$project"
    [[ -n $dry_run || " $zones " == *" $zone "* ]] || fail 2 "there is no $accelerator in the zone $zone" "Zones that have it: $zones"
    ask gcloud compute machine-types describe "$machine" "--project=$project" "--zone=$zone" '--format=value(name)' > /dev/null \
        || fail 2 "there is no machine type $machine in the zone $zone" "It said: $(last_line "$(< "$scratch/words")")"
}

# Usage: say_cost THING …   Of these and of the GPUs
say_cost() {
    local thing sum=0 one i
    for ((i = 0; i < count; i++)); do set -- "$@" "$accelerator"; done
    for thing; do
        if ! one=$(price "$thing"); then
            say "What $thing costs is not known to this script: https://cloud.google.com/products/calculator"
            return 0
        fi
        ((sum += one))
    done
    say "$(printf 'It costs about $%d.%02d an hour while it runs (list prices of us-central1, %s, without disk and network).' \
        $(((sum + 50) / 10000)) $(((sum + 50) % 10000 / 100)) "$prices_of")"
    [[ -z $spot ]] || say "As spot the machine with the GPU is 60 to 91 % cheaper, and may be taken away at any time."
}

# Finds the bundle that is to run there.
find_bundle() {
    local found
    if [[ -z $bundle ]]; then
        for found in "$here"/../../target/gpushare-*-linux-x64.tar.xz; do
            bundle=$found
        done
    fi
    [[ -n $dry_run || -s $bundle ]] || fail 3 "there is no bundle of gpushare" \
        "Make one with mvn -Pbundle package, or name one: --bundle gpushare-0.1.0-linux-x64.tar.xz"
    # The pattern itself, where nothing fits it.
    [[ $bundle != *\** ]] || bundle=gpushare-linux-x64.tar.xz
}

# Usage: preempted MACHINE   When Google took it away; nothing if that was not so
preempted() {
    ask gcloud compute operations list "--project=$project" "--zones=$zone" \
        "--filter=operationType=compute.instances.preempted AND targetLink~/$1\$" '--format=value(insertTime)' | head -n 1 || true
}
