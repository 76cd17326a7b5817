#!/bin/sh
# Installs the builders and extractors that test/engines runs. Does nothing when they are all there.
set -eu

packages='docker.io docker-registry buildah podman skopeo umoci busybox-static libarchive-tools openssl python3 tar zstd util-linux mount curl'

missing=
for package in $packages; do
  # dpkg-query also knows removed packages; only "installed" counts.
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Recommended packages would start a system-wide daemon and set up a bridge; the tests start their own.
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing
