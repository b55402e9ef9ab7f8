#!/bin/bash
# Install the Debian packages of programs that are missing, and of Python modules that /usr/bin/python3 lacks; silent
# when all are there.
#
#   system_packages.sh qgis|osgeo|ensurepip|bin/PROGRAM...
set -euo pipefail

python=/usr/bin/python3
declare -A package_of=(
  [qgis]=python3-qgis # pulls in the providers, GDAL, numpy, requests and Qt
  [osgeo]=python3-gdal
  [ensurepip]=python3-venv
  [bin/git]=git
  [bin/qgis]=qgis
  [bin/qgis_process.bin]=qgis
  [bin/lrelease]=qttools5-dev-tools
  [bin/Xvfb]=xvfb
  [bin/xdotool]=xdotool
)
is_there() {
  case $1 in
    # The one in /usr/bin may be a link to Qt's chooser, with nothing to choose from.
    bin/lrelease) [ -x /usr/lib/qt5/bin/lrelease ] || lrelease -version >/dev/null 2>&1 ;;
    bin/*) command -v "${1#bin/}" >/dev/null ;;
    *) "$python" -c "from importlib.util import find_spec; exit(find_spec('$1') is None)" 2>/dev/null ;;
  esac
}
missing=()
for name in "$@"; do
  is_there "$name" || missing+=("${package_of[$name]}")
done
[ ${#missing[@]} = 0 ] && exit 0

command -v apt-get >/dev/null || {
  echo "What the Debian packages ${missing[*]} hold is missing, and there is no apt-get: install it first." >&2
  exit 1
}
as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "Neither root nor sudo is at hand; please have this run first: apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
echo "Installing ${missing[*]} with apt-get; this can take a few minutes ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
  "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}
