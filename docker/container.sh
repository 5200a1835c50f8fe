# For docker/test.sh: starts a process in an image's files as Docker would. Namespaces of its own, no network but the loopback, Docker's
# capabilities, the image's own environment and entry point, a folder mounted at /notebooks.
#
#   bash docker/container.sh ROOT FOLDER USER|- [NAME=VALUE …] [-- ARGUMENT …]
#
# ROOT.env holds the image's environment, ROOT.entry its entry point, a word a line. The first process in the new namespace is PID 1 there,
# as in a container, so what tini does with signals is seen as it is.
set -euo pipefail
root=$1 folder=$2 user=$3
shift 3

if [ "$$" != 1 ]; then
  exec unshare --mount --net --pid --uts --ipc --fork --kill-child bash "$0" "$root" "$folder" "$user" "$@"
fi

mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind "$folder" "$root/notebooks"
hostname sparkglass
hosts=$(mktemp)
echo "127.0.0.1 localhost sparkglass" > "$hosts"
# mktemp makes it for root alone.
chmod 644 "$hosts"
touch "$root/etc/hosts"
mount --bind "$hosts" "$root/etc/hosts"
ip link set lo up

mapfile -t env < "$root.env"
mapfile -t entry < "$root.entry"
while [ $# -gt 0 ]; do
  [ "$1" = -- ] && { shift; break; }
  env+=("$1")
  shift
done
# What `docker run` leaves to a process without --privileged.
caps=-all
for cap in chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service net_raw sys_chroot mknod audit_write setfcap; do caps+=,+$cap; done
as=()
[ "$user" = - ] || as=(--userspec="$user")
# `env -C`: the image's WORKDIR.
exec env -i "${env[@]}" setpriv --bounding-set="$caps" chroot "${as[@]}" "$root" env -C /notebooks "${entry[@]}" "$@"
