#!/bin/sh
# Starts SecantusDB, a server that speaks MongoDB's protocol, for the tests:
#
#   test-servers/secantus.sh VENV
#
# VENV is the directory of a Python virtual environment; it is made and filled if need be. Prints, for eval,
#   MIGRATE_TEST_MONGO_URI=mongodb://127.0.0.1:PORT/?directConnection=true
#   SECANTUS_PID=PID
# The server runs until it is killed; its data and log are in VENV/run.PORT.
set -eu

[ $# -eq 1 ] || { echo "usage: $0 VENV" >&2; exit 2; }
venv=$1

if [ ! -x "$venv/bin/secantusd-py" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --pre secantusdb >&2
fi

port=$("$venv/bin/python" -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
run=$venv/run.$port
mkdir -p "$run"
nohup "$venv/bin/secantusd-py" --host 127.0.0.1 --port "$port" --storage-path "$run/data" \
  </dev/null >"$run/log" 2>&1 &
pid=$!
uri="mongodb://127.0.0.1:$port/?directConnection=true"

# The package brings pymongo.
if ! "$venv/bin/python" - "$uri" "$pid" <<'PY'
import os, sys, time
import pymongo

uri, pid = sys.argv[1], int(sys.argv[2])
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    os.kill(pid, 0)
    try:
        pymongo.MongoClient(uri, serverSelectionTimeoutMS=500).admin.command("ping")
        sys.exit(0)
    except pymongo.errors.PyMongoError:
        pass
sys.exit(1)
PY
then
  echo "SecantusDB does not answer:" >&2
  tail -n 20 "$run/log" >&2
  kill "$pid" 2>/dev/null || true
  exit 1
fi

echo "MIGRATE_TEST_MONGO_URI='$uri'"
echo "SECANTUS_PID=$pid"
