#!/usr/bin/env bash
# Runs a small task and shows its log: what `make demo` does.
#
# Uses the Longshore of /var/lib/longshore if one runs. Else it starts one of its own, with its state in the user's cache and on
# port 4566 or the next free one, and ends it again: nothing is left running. LONGSHORE names the program.
set -euo pipefail

LONGSHORE=${LONGSHORE:-longshore}
SUDO=$([ "$(id -u)" = 0 ] || echo sudo)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/longshore
OWN_DIR=$CACHE/demo
GROUP=/longshore/demo

fail() { echo "demo: $*" >&2; exit 1; }
say() { if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n%s\n' "$*"; fi; }
# Prints a command as it can be repeated by hand, then runs it.
show() {
    local word line='$'
    for word in "$@"; do
        if [[ $word =~ [^a-zA-Z0-9_./:=,@%+-] ]]; then line+=" '$word'"; else line+=" $word"; fi
    done
    printf '%s\n' "$line"
    "$@"
}

command -v "$LONGSHORE" >/dev/null || fail "there is no program '$LONGSHORE': build it with 'make release', or name it in LONGSHORE"
command -v aws >/dev/null || fail "the aws CLI is not installed: 'make demo' brings one, or: pip install awscli"

# Makes DIR the data directory of a Longshore that runs.
find_or_start() {
    DIR=/var/lib/longshore
    if $SUDO "$LONGSHORE" status --data-dir "$DIR" >/dev/null 2>&1; then
        say "Using the Longshore that runs in $DIR"
        return
    fi
    DIR=$OWN_DIR
    if $SUDO "$LONGSHORE" status --data-dir "$DIR" >/dev/null 2>&1; then
        fail "a demo is running already (data directory $DIR); end it with: $LONGSHORE down --data-dir $DIR"
    fi
    mkdir -p "$CACHE"
    local port=4566 log=$CACHE/demo.log
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((port + 1))
    done
    say "Starting Longshore on port $port (its log: $log)"
    trap stop EXIT
    : >"$log"
    $SUDO "$LONGSHORE" up --data-dir "$DIR" --listen "127.0.0.1:$port" >"$log" 2>&1 &
    local pid=$! deadline=$((SECONDS + 60))
    until grep -q '^Longshore is up' "$log"; do
        kill -0 "$pid" 2>/dev/null || fail "Longshore did not start: $(tail -n 1 "$log") ('$LONGSHORE doctor' says what this machine lacks)"
        [ $SECONDS -lt $deadline ] || fail "Longshore was not up after a minute; see $log"
        sleep 0.1
    done
}

stop() {
    # Nothing to end where not even its directory was made.
    $SUDO test -d "$DIR" || return 0
    say "Ending what the demo started"
    $SUDO "$LONGSHORE" down --data-dir "$DIR" || echo "demo: 'down' failed; see $CACHE/demo.log" >&2
    wait
}

run() {
    say "An image, made of this machine's busybox"
    show $SUDO "$LONGSHORE" image demo --data-dir "$DIR"
    eval "$($SUDO "$LONGSHORE" env --data-dir "$DIR")"
    # No pager between this script and its end.
    export AWS_PAGER=

    say "A task definition"
    show aws ecs register-task-definition --family longshore-demo --query taskDefinition.taskDefinitionArn --output text \
        --container-definitions '[{"name": "demo", "image": "longshore-demo", "memory": 32, "logConfiguration": {"logDriver": "awslogs",
           "options": {"awslogs-group": "'$GROUP'", "awslogs-region": "'"$AWS_REGION"'", "awslogs-stream-prefix": "demo", "awslogs-create-group": "true"}}}]'

    say "A task"
    local task
    # The reason stands in the place of the task where it was not placed.
    task=$(show aws ecs run-task --task-definition longshore-demo --query 'tasks[0].taskArn || failures[0].reason' --output text | tee /dev/stderr | tail -n 1)
    [[ $task == arn:* ]] || fail "the task was not placed: $task"
    show aws ecs wait tasks-stopped --tasks "$task"
    show aws ecs describe-tasks --tasks "$task" --output table \
        --query 'tasks[0].{status: lastStatus, code: stopCode, reason: stoppedReason, exitCode: containers[0].exitCode}'

    say "Its log"
    show aws logs filter-log-events --log-group-name $GROUP --log-stream-names "demo/demo/${task##*/}" \
        --query 'events[].[message]' --output text
    [ "$(aws ecs describe-tasks --tasks "$task" --query 'tasks[0].containers[0].exitCode' --output text)" = 0 ] || fail "the container did not exit with 0"

    say "How to go on"
    if [ "$DIR" = "$OWN_DIR" ]; then
        echo "Start Longshore in a terminal of its own with 'make up', then follow the tour in README.md."
    else
        echo "Longshore keeps running; the tour in README.md goes on from here."
    fi
}

find_or_start
run
