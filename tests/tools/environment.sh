#!/bin/bash
# Make or update a virtual environment of /usr/bin/python3; silent when it already holds what is required.
#
#   environment.sh FOLDER REQUIREMENTS [option of venv...]
set -euo pipefail

folder=$1 requirements=$2
shift 2
wanted=$(/usr/bin/python3 --version; cat "$requirements")
stamp=$folder/.made-for
mkdir -p "$folder"
exec 9>"$folder/.lock"
flock 9 # one make at a time
[ "$wanted" = "$(cat "$stamp" 2>/dev/null)" ] && exit 0

echo "Installing what $requirements lists into $folder ..."
rm -f "$stamp"
/usr/bin/python3 -m venv "$@" "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
echo "$wanted" >"$stamp"
