#!/bin/bash
# Millrace as one more system of a benchmark that asks its systems by
#   peer.sh install | info | worker CONCURRENCY | produce OP N ARG
# and gives them REDIS_PORT, PG_PORT, PEERS_DIR and BENCH_OUT. Link or copy this folder there; a copy needs
# MILLRACE_CHECKOUT. `info` begins a new measurement: an empty database, a new api and a new scheduler, which end with the benchmark's
# Redis.
set -e
here=$(dirname "$(readlink -f "$0")")
checkout=${MILLRACE_CHECKOUT:-$(cd "$here/../../.." && pwd)}
dir=$PEERS_DIR/millrace
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
tool=$checkout/deploy/bench/target/millrace-bench.jar
export REDIS_URL=redis://127.0.0.1:$REDIS_PORT
export DATABASE_URL=postgresql://postgres@127.0.0.1:$PG_PORT/millrace_bench

fail() {
  echo "millrace: $*" >&2
  exit 1
}

url() {
  [ -f "$dir/url" ] || fail "no api runs: ask for info first."
  cat "$dir/url"
}

answers() {
  curl -fs -o /dev/null "$1"
}

# Looks each 0.1 s for a minute whether something is so.
await() {
  what=$1
  shift
  for _ in $(seq 600); do
    if "$@"; then return 0; fi
    sleep 0.1
  done
  fail "waited a minute for $what, see the logs in $dir."
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

end() {
  kill "$1" 2>/dev/null || return 0
  await "process $1 to end" eval "! kill -0 $1 2>/dev/null"
}

sql() {
  psql -q -h 127.0.0.1 -p "$PG_PORT" -U postgres -d postgres -c "$1" >&2
}

# The api and the scheduler end with the Redis that they were started for, since nobody tells them that the benchmark is over.
start_services() {
  port=$(free_port)
  echo "http://127.0.0.1:$port" > "$dir/url"
  QUARKUS_HTTP_PORT=$port QUARKUS_PROFILE=local setsid "$java" -Xmx384m -XX:+UseSerialGC \
    -jar "$checkout/api-service/target/quarkus-app/quarkus-run.jar" > "$dir/api.log" 2>&1 < /dev/null &
  api=$!
  echo "$api" > "$dir/api.pid"
  QUARKUS_HTTP_PORT=0 QUARKUS_PROFILE=local setsid "$java" -Xmx256m -XX:+UseSerialGC \
    -jar "$checkout/scheduler-service/target/quarkus-app/quarkus-run.jar" > "$dir/scheduler.log" 2>&1 < /dev/null &
  scheduler=$!
  redis=$(cat "$PEERS_DIR/redis/redis.pid")
  setsid sh -c "while kill -0 $redis && kill -0 $api; do sleep 1; done; kill $api $scheduler" > /dev/null 2>&1 < /dev/null &
  await "the api to be ready" answers "$(url)/q/health/ready"
}

# Submits are refused until some worker has said that it has the task.
make_tasks_known() {
  mkdir -p "$dir/out"
  BENCH_OUT=$dir/out "$0" worker 1 > "$dir/first-worker.log" 2>&1 &
  await "the tasks to be known" answers "$(url)/api/v1/tasks/bench.noop"
  end $!
}

begin() {
  mkdir -p "$dir"
  if [ -f "$dir/api.pid" ]; then end "$(cat "$dir/api.pid")"; fi
  redis-cli -p "$REDIS_PORT" flushall >&2
  sql 'DROP DATABASE IF EXISTS millrace_bench WITH (FORCE)'
  sql 'CREATE DATABASE millrace_bench'
  start_services
  make_tasks_known
}

# After the benchmark has emptied Redis, which it does before each measurement, the api needs a moment.
redis_is_ready() {
  [ "$(redis-cli -p "$REDIS_PORT" exists 'mr:{s0}:epoch')" = 1 ]
}

case $1 in
  install) [ -f "$tool" ] || fail "$tool is not there: run './millrace bench --jobs 1' once, which builds it." ;;
  info)
    begin >&2
    echo '{"version":"0.1.0","store":"redis","result":true,"n1":50000,"c1":50,"c3":1000,"c5":20,"settings":"bulk x1000; SerialGC; api and PostgreSQL are not counted here"}'
    ;;
  worker)
    export QUARKUS_HTTP_PORT=0 MILLRACE_WORKER_GRACE=PT2S MILLRACE_WORKER_SLOTS=$2 MILLRACE_WORKER_TASKS_BENCH_OUT=$BENCH_OUT
    exec "$java" -Xmx512m -XX:+UseSerialGC -jar "$checkout/deploy/bench/worker/target/quarkus-app/quarkus-run.jar"
    ;;
  produce)
    await "Redis to be in use" redis_is_ready
    MILLRACE_URL=$(url)
    export MILLRACE_URL
    shift
    exec "$java" -Xmx512m -cp "$tool" dev.millrace.bench.Produce "$@"
    ;;
  *) fail "there is no '$1' here: install | info | worker CONCURRENCY | produce OP N ARG." ;;
esac
