#!/bin/bash
# Link this checkout into the user's default QGIS profile, so that QGIS runs what is being edited; or unlink it.
#
#   install.sh link|unlink
set -euo pipefail

action=$1
checkout=$(cd "$(dirname "$0")/../.." && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}/QGIS

profiles=()
for release in QGIS3 QGIS4; do
  [ -d "$data/$release" ] && profiles+=("$data/$release/profiles/default")
done
# QGIS has not run yet.
[ ${#profiles[@]} = 0 ] && profiles=("$data/QGIS3/profiles/default")

for profile in "${profiles[@]}"; do
  plugin=$profile/python/plugins/image_server_layer
  is_ours=$([ "$(readlink -f "$plugin")" = "$checkout" ] && echo yes || true)
  if [ -e "$plugin" ] && [ ! -L "$plugin" ]; then
    echo "$plugin is a folder, not a link: another copy of the plugin is installed. Uninstall that one first." >&2
    exit 1
  elif [ "$action" = link ] && [ -n "$is_ours" ]; then
    echo "$plugin is linked to this checkout already."
  elif [ "$action" = link ]; then
    mkdir -p "$(dirname "$plugin")"
    ln -sfn "$checkout" "$plugin"
    echo "Linked $plugin to this checkout. Switch it on in QGIS: Plugins ▸ Manage and Install Plugins ▸ Installed."
  elif [ -n "$is_ours" ]; then
    rm "$plugin"
    echo "Removed the link $plugin."
  else
    echo "$plugin is no link to this checkout; nothing to do."
  fi
done
