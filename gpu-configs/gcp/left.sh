# shellcheck shell=bash disable=SC2154  # the script that sources this has set what is not set here
# What is left at Google of a name, and how it goes away. Everything made by gke.sh and vm.sh carries two labels: gpushare_run,
# the name, and gpushare_call, which call made it. Nothing is deleted that does not carry the first, and after a failure
# nothing that does not carry the second too.

# Usage: left [CALL]   A line each, `kind,name,place`, in the order in which they can be deleted. Status 1: it could not be asked
left() {
    local kind found name_seen place run made_by
    for kind in "${kinds[@]}"; do
        found=$("list_$kind") || return 1
        # The filter is Google's; that it held is looked at here.
        while IFS=, read -r name_seen place run made_by; do
            if [[ -n $name_seen && $run == "$name" && (-z ${1:-} || $made_by == "$1") ]]; then
                printf '%s,%s,%s\n' "$kind" "$name_seen" "$place"
            fi
        done <<< "$found"
    done
}

list_cluster() {
    ask gcloud container clusters list "--project=$project" "--filter=resourceLabels.gpushare_run=$name" \
        '--format=csv[no-heading](name,location,resourceLabels.gpushare_run,resourceLabels.gpushare_call)'
}
list_instance() { list_of_compute instances; }
list_disk() { list_of_compute disks; }
list_of_compute() {
    ask gcloud compute "$1" list "--project=$project" "--filter=labels.gpushare_run=$name" \
        '--format=csv[no-heading](name,zone.basename(),labels.gpushare_run,labels.gpushare_call)'
}
# Its name is a path with the place in it.
list_repository() {
    ask gcloud artifacts repositories list "--project=$project" --location=all "--filter=labels.gpushare_run=$name" \
        '--format=csv[no-heading](name,format,labels.gpushare_run,labels.gpushare_call)' \
        | sed -E 's|^projects/[^,]*/locations/([^/,]+)/repositories/([^/,]+),[^,]*,|\2,\1,|'
}

# Usage: deletion KIND NAME PLACE   Sets `words_of_deletion`
deletion() {
    case $1 in
        cluster) words_of_deletion=(gcloud container clusters delete "$2" "--project=$project" "--location=$3" --quiet) ;;
        instance) words_of_deletion=(gcloud compute instances delete "$2" "--project=$project" "--zone=$3" --delete-disks=all --quiet) ;;
        disk) words_of_deletion=(gcloud compute disks delete "$2" "--project=$project" "--zone=$3" --quiet) ;;
        repository) words_of_deletion=(gcloud artifacts repositories delete "$2" "--project=$project" "--location=$3" --quiet) ;;
    esac
}

# Usage: remove_all [CALL]   Deletes what is left, looks, and does it again until nothing is. Status 1: something is still there
remove_all() {
    local failures=0 things before='' first kind thing place gone='' refused
    if [[ -n $dry_run ]]; then
        dry_removal
        return 0
    fi
    while ((failures < tries)); do
        if ! things=$(left "$@"); then
            say "Google could not be asked what is left: $(last_line "$(< "$scratch/words")")"
            ((failures += 1))
            sleep "$pause"
            continue
        fi
        if [[ -z $things && -n ${making:-} ]]; then
            # What was being made when it was cut off may not be listed yet.
            making=
            sleep "$pause"
            continue
        fi
        if [[ -z $things ]]; then
            say "Looked: nothing with the label gpushare_run=$name${1:+ and of this call} is left${gone:+. Deleted:$gone}."
            return 0
        fi
        refused=
        first=${things%%,*}
        while IFS=, read -r -u 4 kind thing place; do
            # Machines of a cluster go with it, and disks with their machine; what did not, the next look finds.
            [[ $kind == "$first" ]] || break
            deletion "$kind" "$thing" "$place"
            if step "${words_of_deletion[@]}"; then
                [[ $gone == *" $kind $thing"* ]] || gone+="${gone:+,} $kind $thing"
            else
                refused=1
            fi
        done 4<<< "$things"
        # What was taken away and is listed again counts as refused too.
        if [[ -n $refused || $things == "$before" ]]; then
            ((failures += 1))
            say "Deleting did not work (try $failures of $tries)."
            sleep "$pause"
        fi
        before=${refused:+changed}
        before=${before:-$things}
    done
    return 1
}

# The same commands for what this script makes, as if all of it were there.
dry_removal() {
    local thing
    left > /dev/null
    for thing in "${made[@]}"; do
        deletion "${thing%,*}" "$name" "${thing#*,}"
        step "${words_of_deletion[@]}"
    done
    left > /dev/null
}

# Says what is still there, and what takes it away.
say_left() {
    local things kind thing place
    printf 'error: something is left at Google, and costs money until it is gone\n' >&2
    if things=$(left "$@") && [[ -n $things ]]; then
        while IFS=, read -r kind thing place; do
            deletion "$kind" "$thing" "$place"
            say "       $kind $thing in $place: $(quoted "${words_of_deletion[@]}")"
        done <<< "$things"
    else
        say "       What it is could not be seen. Look at https://console.cloud.google.com/home/dashboard?project=$project"
    fi
    say "       Or once more: $0 down --project $project --name $name"
}

# At the end of each call, however it came.
finish() {
    local status=$?
    trap - EXIT
    # Nothing ends this but SIGKILL: who presses Ctrl-C again still does not want to pay.
    trap '' INT TERM HUP PIPE
    set +e
    if [[ -n $child ]]; then
        kill -TERM -- "-$child" 2> /dev/null
        for _ in {1..100}; do
            alive "$child" || break
            sleep 0.1
        done
        kill -KILL -- "-$child" 2> /dev/null
        child=
    fi
    at_end "$status"
    [[ -z ${scratch:-} ]] || rm -rf "$scratch"
    exit "$status"
}

# Usage: remove_what_this_call_made STATUS   Sets status: 6 where something stays
remove_what_this_call_made() {
    [[ -n ${begun:-} ]] || return 0
    if [[ -n $keep ]]; then
        say "It is kept, and costs money until it is gone: $0 down --project $project --name $name"
        return 0
    fi
    (($1 == 0)) || say "Taking away what this call made …"
    if ! remove_all "$call"; then
        say_left "$call"
        status=6
    fi
}
