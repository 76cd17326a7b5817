#!/bin/sh
# Makes a root of Debian testing with the builders of today, which test/engines/current enters. Does nothing where it is
# finished. Takes two minutes and 800 MB.
set -eu

folder=${LAYERSCOPE_ENGINES:-/var/cache/layerscope-engines}
suite=forky
packages='docker.io docker-cli docker-buildx buildah runc crun containerd netavark git'

mkdir -p "$folder"
# Of two runs at once the second finds what the first has made. The lock goes with the process.
exec 9>"$folder/lock"
flock 9
[ ! -d "$folder/root" ] || exit 0

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt-get update -qq
if [ "$(dpkg-query --show --showformat='${db:Status-Status}' debootstrap 2>/dev/null || true)" != installed ]; then
  apt-get install -y -qq --no-install-recommends debootstrap
fi

# Testing comes from where this machine's Debian comes from, by the same way.
mirror=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(SITE)' 'Created-By: Packages' |
  awk '$1 == "Debian" && $2 !~ /-/ { print $3; exit }')
[ -n "$mirror" ] || { echo 'apt knows no Debian mirror here' >&2; exit 1; }
for scheme in http https; do
  proxy=
  eval "$(apt-config shell proxy "Acquire::$scheme::Proxy")"
  [ -z "$proxy" ] || export "${scheme}_proxy=$proxy"
done

# Finished elsewhere and then renamed: a root that is half made must never be used.
making=$folder/making
rm -rf --one-file-system "$making"
# This debootstrap may not know the suite by name; all of late are made as sid is.
debootstrap --variant=minbase --include=ca-certificates "$suite" "$making" "$mirror" /usr/share/debootstrap/scripts/sid
# The tests start their own daemons.
printf '#!/bin/sh\nexit 101\n' >"$making/usr/sbin/policy-rc.d"
chmod +x "$making/usr/sbin/policy-rc.d"
# What is mounted for the installation is mounted for it alone.
# shellcheck disable=SC2016,SC2086
unshare --mount --propagation private sh -eu -c '
  root=$1
  shift
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  # What testing says of itself holds for a week; a mirror that stands still for longer is as good here, and signed.
  chroot "$root" apt-get update -qq -o Acquire::Check-Valid-Until=false
  chroot "$root" apt-get install -y -qq --no-install-recommends "$@"
  chroot "$root" apt-get clean
' sh "$making" $packages
mv "$making" "$folder/root"
