#!/bin/sh
# Makes ROOT the root of the mount namespace that this runs in (`unshare --mount`), says so, and stays until it is killed.
# What engines mount is then in no other process' sight, and goes with the last one in here.
# SCRATCH is at the same path inside and outside, and the only place that can be written to but for the usual temporary ones.
set -eu
root=$1 scratch=$2

mount --bind "$root" "$root"
for kernel in proc sys dev; do mount --rbind "/$kernel" "$root/$kernel"; done
for temporary in tmp run var/tmp; do mount -t tmpfs tmpfs "$root/$temporary"; done
mkdir -p "$root$scratch"
mount --bind "$scratch" "$root$scratch"
# An engine that writes to its root would change what the next run starts with.
mount -o remount,bind,ro "$root"
cd "$root"
# The old root has to go somewhere for a moment.
pivot_root . mnt
umount -l /mnt
echo ready
exec sleep infinity
